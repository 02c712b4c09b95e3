using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Funding.Consumption;

/// <summary>
/// Lists the records that were set aside and not booked since, with the reason of each; or those that a person decided (FC-39.1).
/// </summary>
internal static class ListSetAsideConsumption
{
    internal sealed record Query(bool Decided, bool AfterClosing, PageRequest Page) : IQuery<Page<SetAsideItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/consumption/set-aside",
                    (int? limit, string? after, Sender send, CancellationToken ct, bool decided = false, bool afterClosing = false) =>
                        send.Query(new Query(decided, afterClosing, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListSetAsideConsumption))
                .WithSummary("List set-aside consumption")
                .WithDescription(
                    "Lists each record of all stations once, oldest first. A record that was booked after another upload is no longer "
                        + "listed. Records already decided are listed with decided=true. Claims on customers that are closed are listed apart, with "
                        + "afterClosing=true."
                )
                .RequireRight(ConsumptionRights.See)
                .Reads<Page<SetAsideItem>>()
                .ProducesRefusals<PageInvalid>();
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, Page<SetAsideItem>>
    {
        protected override async Task<Outcome<Page<SetAsideItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var (after, decided, afterClosing) = (query.Page.AfterId, query.Decided, query.AfterClosing);
            var rows = db.Set<SetAsideConsumption>()
                .Where(r => r.Id > after && (decided ? r.Decision != null : r.ResolvedAt == null))
                .Where(r => afterClosing == (r.Reason == SetAsideReason.AfterClosing))
                .OrderBy(r => r.Id);
            return await query.Page.Read(rows, r => r.Id, Item, ct);
        }

        private static SetAsideItem Item(SetAsideConsumption row) =>
            new(
                IdText.Of(row.Id),
                row.Reason,
                JsonSerializer.Deserialize<StationConsumption>(row.Record, Json.Options)!,
                row.ReceivedAt.AtUtc(),
                DecideSetAsideConsumption.Shown(row)
            );
    }
}
