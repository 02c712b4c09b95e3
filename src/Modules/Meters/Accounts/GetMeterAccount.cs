using Meters.Prices;

namespace Meters.Accounts;

/// <summary>Shows a meter account with its prices.</summary>
internal static class GetMeterAccount
{
    internal sealed record Query(long AccountId) : IQuery<MeterAccountItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-accounts/{accountId:long}",
                    (long accountId, Sender send, CancellationToken ct) => send.Query(new Query(accountId), ct)
                )
                .WithName(nameof(GetMeterAccount))
                .WithSummary("Get a meter account")
                .WithDescription("Shows the account with all its prices and their history.")
                .RequireRight(MeterRights.See)
                .Reads<MeterAccountItem>()
                .ProducesRefusals<MeterAccountNotFound>();
    }

    internal sealed class Handler(AppDb db, PriceViews prices) : QueryHandler<Query, MeterAccountItem>
    {
        protected override async Task<Outcome<MeterAccountItem>> Read(Query query, CancellationToken ct)
        {
            var account = await db.Set<MeterAccount>().SingleOrDefaultAsync(a => a.Id == query.AccountId, ct);
            return account is null
                ? new MeterAccountNotFound()
                : MeterAccountItem.Of(account, await prices.Of(db.Set<MeterPrice>().Where(p => p.AccountId == account.Id), ct));
        }
    }
}
