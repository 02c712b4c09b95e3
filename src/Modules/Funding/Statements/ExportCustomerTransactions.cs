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

/// <summary>Exports a customer's transactions with running balances as CSV or xlsx (FC-43.2).</summary>
internal static class ExportCustomerTransactions
{
    internal sealed record Query(string CustomerCode, string? Format, DateOnly? From, DateOnly? To, string? Type, string? BranchCode)
        : IQuery<StatementExport>,
            IStatementFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/customers/{customerCode}/transactions/export",
                    (
                        string customerCode,
                        string? format,
                        DateOnly? from,
                        DateOnly? to,
                        string? type,
                        string? branchCode,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(customerCode, format, from, to, type, branchCode), e => e, ct)
                )
                .WithName(nameof(ExportCustomerTransactions))
                .WithSummary("Export a customer's transactions")
                .WithDescription(ExportRules.Description)
                .RequireRight(CounterRights.SeeTransactions)
                .ExportsFile()
                .Refuses(typeof(CustomerOutOfReach), typeof(TooManyLookUps));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.CustomerCode).CustomerCode();
            RuleFor(q => q.Format).ExportFormat();
            this.FilterRules();
        }
    }

    internal sealed class Handler(StatementReader statements) : QueryHandler<Query, StatementExport>
    {
        protected override async Task<Outcome<StatementExport>> Read(Query query, CancellationToken ct)
        {
            var rows = await statements.OfCustomer(query.CustomerCode, query, ct);
            return rows.Refusal is { } refusal
                ? refusal
                : await new StatementExport(
                    statements,
                    rows.Value,
                    $"customer-{query.CustomerCode}",
                    query.Format ?? TableExport.Csv
                ).Checked(ct);
        }
    }
}
