namespace Billing.TopUps.Carriers;

/// <summary>Lists the carriers with what they offer (MT-01.9).</summary>
internal static class ListTopUpCarriers
{
    internal sealed record Query(PageRequest Page) : IQuery<Page<TopUpCarrierResponse>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-up-carriers",
                    (int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListTopUpCarriers))
                .WithSummary("List carriers")
                .WithDescription("Lists the carriers with the amounts on offer, limits and hours.")
                .RequireRight(TopUpRights.Sell)
                .Reads<Page<TopUpCarrierResponse>>()
                .ProducesRefusals<PageInvalid>();
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, Page<TopUpCarrierResponse>>
    {
        protected override async Task<Outcome<Page<TopUpCarrierResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var after = query.Page.AfterId;
            var carriers = db.Set<TopUpCarrier>().AsNoTracking().Where(c => c.Id > after).OrderBy(c => c.Id);
            return await query.Page.Read(carriers, c => c.Id, c => TopUpCarrierResponse.Of(c, c.Version), ct);
        }
    }
}
