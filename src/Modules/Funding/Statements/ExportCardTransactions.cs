using Counter;
using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;
using Platform.Tables;

namespace Funding.Statements;

/// <summary>Exports a card's transactions with running balances as CSV or xlsx (FC-43.2).</summary>
internal static class ExportCardTransactions
{
    internal sealed record Query(string CardNumber, string? Format, DateOnly? From, DateOnly? To, string? Type, string? BranchCode)
        : IQuery<StatementExport>,
            IStatementFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/cards/{cardNumber}/transactions/export",
                    (
                        string cardNumber,
                        string? format,
                        DateOnly? from,
                        DateOnly? to,
                        string? type,
                        string? branchCode,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(cardNumber, format, from, to, type, branchCode), e => e, ct)
                )
                .WithName(nameof(ExportCardTransactions))
                .WithSummary("Export a card's transactions")
                .WithDescription(ExportRules.Description)
                .RequireRight(CounterRights.SeeTransactions)
                .ExportsFile()
                .Refuses(typeof(CustomerOutOfReach), typeof(TooManyLookUps))
                .ProducesRefusals<CardNotFound>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.CardNumber).CardNumber();
            RuleFor(q => q.Format).ExportFormat();
            this.FilterRules();
        }
    }

    internal sealed class Handler(StatementReader statements) : QueryHandler<Query, StatementExport>
    {
        protected override async Task<Outcome<StatementExport>> Read(Query query, CancellationToken ct)
        {
            var rows = await statements.OfCard(query.CardNumber, query, ct);
            return rows.Refusal is { } refusal
                ? refusal
                : await new StatementExport(statements, rows.Value, $"card-{query.CardNumber}", query.Format ?? TableExport.Csv).Checked(
                    ct
                );
        }
    }
}
