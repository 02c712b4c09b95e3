using Counter;
using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;

namespace Funding.Statements;

/// <summary>Lists a card's transactions with running balances (FC-43.2).</summary>
internal static class ListCardTransactions
{
    internal sealed record Query(
        string CardNumber,
        DateOnly? From,
        DateOnly? To,
        string? Type,
        string? BranchCode,
        int? Limit,
        string? After
    ) : IQuery<Page<StatementLine>>, IStatementFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/cards/{cardNumber}/transactions",
                    (
                        string cardNumber,
                        DateOnly? from,
                        DateOnly? to,
                        string? type,
                        string? branchCode,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(cardNumber, from, to, type, branchCode, limit, after), ct)
                )
                .WithName(nameof(ListCardTransactions))
                .WithSummary("List a card's transactions")
                .WithDescription(
                    "Filters: business date (`from`, `to`), `type` and `branchCode`. Lists transactions of all branches, oldest first. A "
                        + "customer of another branch must present a card or the certificate first. "
                        + "Lists transactions made with the card and transactions on its accounts. `balances` are those of the "
                        + "card and its customer."
                )
                .RequireRight(CounterRights.SeeTransactions)
                .Reads<Page<StatementLine>>()
                .Refuses(typeof(CustomerOutOfReach), typeof(TooManyLookUps))
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(CardNotFound));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.CardNumber).CardNumber();
            this.FilterRules();
        }
    }

    internal sealed class Handler(StatementReader statements) : QueryHandler<Query, Page<StatementLine>>
    {
        protected override async Task<Outcome<Page<StatementLine>>> Read(Query query, CancellationToken ct)
        {
            var rows = await statements.OfCard(query.CardNumber, query, ct);
            return rows.Refusal is { } refusal ? refusal : await statements.Page(rows.Value, query.Limit, query.After, ct);
        }
    }
}
