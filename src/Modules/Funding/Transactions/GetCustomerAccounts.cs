using FluentValidation;
using Issuance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Funding;

/// <summary>All accounts of a customer.</summary>
/// <param name="CustomerCode" example="1000000016">The customer.</param>
/// <param name="QuotaBalance" example="150500">Fen in the quota account.</param>
/// <param name="QuotaPoints" example="500">Points in the quota points account.</param>
/// <param name="BonusGiven" example="500">Fen of bonus given and not taken back.</param>
/// <param name="Cards">Each card's accounts; at most 1,000.</param>
public sealed record CustomerAccountsResponse(
    string CustomerCode,
    long QuotaBalance,
    long QuotaPoints,
    long BonusGiven,
    IReadOnlyList<CardAccounts> Cards
);

/// <summary>One card's accounts.</summary>
/// <param name="CardNumber" example="1000110000000014">The card.</param>
/// <param name="State" example="active">Its state.</param>
/// <param name="Reserve" example="20000">Fen in the reserve account, waiting to be loaded.</param>
/// <param name="Purse" example="30000">Fen on the chip, as the system knows.</param>
/// <param name="InTransit" example="0">Fen of a card operation under way.</param>
/// <param name="Deposit" example="1000">Fen of deposit.</param>
/// <param name="ReservePoints" example="0">Points waiting to be loaded.</param>
/// <param name="PursePoints" example="0">Points on the chip.</param>
public sealed record CardAccounts(
    string CardNumber,
    CardState State,
    long Reserve,
    long Purse,
    long InTransit,
    long Deposit,
    long ReservePoints,
    long PursePoints
);

/// <summary>Shows the numbers of a customer: every account with its balance, in one call (the accounts of FC-43.1).</summary>
internal static class GetCustomerAccounts
{
    internal sealed record Query(string CustomerCode) : IQuery<CustomerAccountsResponse>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/customers/{customerCode}/accounts",
                    (string customerCode, Sender send, CancellationToken ct) => send.Query(new Query(customerCode), ct)
                )
                .WithName(nameof(GetCustomerAccounts))
                .WithSummary("Show a customer's accounts")
                .WithDescription("Quota account, points, and each card's accounts.")
                .RequireRight(FundingRights.SeeTransactions)
                .Reads<CustomerAccountsResponse>()
                .Refuses(typeof(CustomerNotFound), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.CustomerCode).CustomerCode();
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, CustomerAccountsResponse>
    {
        protected override async Task<Outcome<CustomerAccountsResponse>> Read(Query query, CancellationToken ct)
        {
            var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == query.CustomerCode, ct);
            if (customer is null)
            {
                return new CustomerNotFound();
            }

            var cards = await db.Set<Card>()
                .Where(c => c.CustomerId == customer.Id && c.State != CardState.Released)
                .OrderBy(c => c.Id)
                .Take(Limits.CardsShown)
                .ToListAsync(ct);
            long[] owners = [customer.Id, .. cards.Select(c => c.Id)];
            var balances = await db.Set<Account>().Where(a => owners.Contains(a.Owner)).ToDictionaryAsync(a => a.Ref, a => a.Balance, ct);
            long Of(AccountRef account) => balances.GetValueOrDefault(account);
            return new CustomerAccountsResponse(
                customer.Code,
                Of(customer.Quota),
                Of(customer.QuotaPoints),
                -Of(new AccountRef(AccountKind.Bonus, customer.Id)),
                [
                    .. cards.Select(c => new CardAccounts(
                        c.Number,
                        c.State,
                        Of(c.Reserve),
                        Of(c.Purse),
                        Of(c.InTransit),
                        Of(c.Deposit),
                        Of(c.ReservePoints),
                        Of(c.PursePoints)
                    )),
                ]
            );
        }
    }
}
