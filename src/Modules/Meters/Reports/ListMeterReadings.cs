using Meters.Accounts;
using Meters.Supplies;
using Microsoft.EntityFrameworkCore;

namespace Meters.Reports;

/// <summary>Shows what a meter wrote back over time, as data for a plot (PM-11.1).</summary>
internal static class ListMeterReadings
{
    internal sealed record Query(long SupplyId, PageRequest Page) : IQuery<Page<MeterReadingItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/meter-supplies/{supplyId:long}/readings",
                    (long supplyId, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(supplyId, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListMeterReadings))
                .WithSummary("List what a meter wrote back")
                .WithDescription("Oldest first: remaining, total use, flags and the difference, each time the card came back.")
                .RequireRight(MeterRights.See)
                .Reads<Page<MeterReadingItem>>()
                .ProducesRefusals<PageInvalid, MeterSupplyNotFound>();
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, Page<MeterReadingItem>>
    {
        protected override async Task<Outcome<Page<MeterReadingItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            if (!await db.Set<MeterSupply>().AnyAsync(s => s.Id == query.SupplyId, ct))
            {
                return new MeterSupplyNotFound();
            }

            var after = query.Page.AfterId;
            var rows = db.Set<MeterReading>().Where(r => r.SupplyId == query.SupplyId && r.Id > after).OrderBy(r => r.Id);
            return await query.Page.Read(rows, r => r.Id, Item, ct);
        }

        private static MeterReadingItem Item(MeterReading r) =>
            new(
                r.MeterTime.AtUtc(),
                r.MeterNumber,
                r.Remaining,
                r.TotalUse,
                r.LastSeq,
                r.Result,
                Cards.MeterFlagNames.Of((Carriers.Cards.MeterFlags)r.Flags),
                r.Difference,
                r.SeenAt.AtUtc()
            );
    }
}
