using Counter;
using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;

namespace Funding.Statements;

/// <summary>Lists a customer's transactions with running balances (FC-43.2).</summary>
internal static class ListCustomerTransactions
{
    internal sealed record Query(
        string CustomerCode,
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
                    "/customers/{customerCode}/transactions",
                    (
                        string customerCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? type,
                        string? branchCode,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(customerCode, from, to, type, branchCode, limit, after), ct)
                )
                .WithName(nameof(ListCustomerTransactions))
                .WithSummary("List a customer's transactions")
                .WithDescription(
                    "Filters: business date (`from`, `to`), `type` and `branchCode`. Lists transactions of all branches, oldest first. A "
                        + "customer of another branch must present a card or the certificate first. "
                        + "`balances` are those of the customer and of the card that the transaction names."
                )
                .RequireRight(CounterRights.SeeTransactions)
                .Reads<Page<StatementLine>>()
                .Refuses(typeof(CustomerOutOfReach), typeof(TooManyLookUps))
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.CustomerCode).CustomerCode();
            this.FilterRules();
        }
    }

    internal sealed class Handler(StatementReader statements) : QueryHandler<Query, Page<StatementLine>>
    {
        protected override async Task<Outcome<Page<StatementLine>>> Read(Query query, CancellationToken ct)
        {
            var rows = await statements.OfCustomer(query.CustomerCode, query, ct);
            return rows.Refusal is { } refusal ? refusal : await statements.Page(rows.Value, query.Limit, query.After, ct);
        }
    }
}
