using Meters.Prices;

namespace Meters.Accounts;

/// <summary>Lists the meter accounts with their prices.</summary>
internal static class ListMeterAccounts
{
    internal sealed record Query(PageRequest Page) : IQuery<Page<MeterAccountItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-accounts",
                    (int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListMeterAccounts))
                .WithSummary("List the meter accounts")
                .WithDescription("Oldest first, each with its prices.")
                .RequireRight(MeterRights.See)
                .Reads<Page<MeterAccountItem>>()
                .ProducesRefusals<PageInvalid>();
    }

    internal sealed class Handler(AppDb db, PriceViews prices) : QueryHandler<Query, Page<MeterAccountItem>>
    {
        protected override async Task<Outcome<Page<MeterAccountItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var after = query.Page.AfterId;
            var rows = db.Set<MeterAccount>().Where(a => a.Id > after).OrderBy(a => a.Id);
            var page = await query.Page.Read(rows, a => a.Id, a => a, ct);
            var ids = page.Items.Select(a => a.Id).ToList();
            var ofAccounts = (await prices.Of(db.Set<MeterPrice>().Where(p => ids.Contains(p.AccountId)), ct)).ToLookup(p => p.AccountId);
            return new Page<MeterAccountItem>(
                [.. page.Items.Select(a => MeterAccountItem.Of(a, [.. ofAccounts[IdText.Of(a.Id)]]))],
                page.Next
            );
        }
    }
}
