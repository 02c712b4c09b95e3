using Microsoft.AspNetCore.Mvc;

namespace Meters.Prices;

/// <summary>删除价格: one that no user has or had (PM-02.2).</summary>
internal static class DeleteMeterPrice
{
    internal sealed record Command(long PriceId, string? IfMatch) : IChangeCommand<MeterPriceItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapDelete(
                    "/meter-prices/{priceId:long}",
                    (long priceId, [FromHeader(Name = "If-Match")] string? ifMatch, Sender send, CancellationToken ct) =>
                        send.Change(new Command(priceId, ifMatch), ct)
                )
                .WithName(nameof(DeleteMeterPrice))
                .WithSummary("Delete an unused price")
                .WithDescription(
                    "Deletes a price that no user has or had. Returns the deleted price. If-Match carries the ETag that was read."
                )
                .RequireRight(MeterRights.ManagePrices)
                .Changes<MeterPriceItem>()
                .ProducesRefusals<MeterPriceNotFound, MeterPriceInUse>()
                .Refuses(typeof(PreconditionRequired), typeof(PreconditionFailed));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.PriceId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, PriceUse use, RequestContext request) : BookingHandler<Command, MeterPriceItem>
    {
        protected override async Task<Outcome<Booking<MeterPriceItem>>> Decide(Command command, CancellationToken ct)
        {
            var found = await use.Unused(command.PriceId, ct);
            if ((found.Refusal ?? EntityTag.Check(command.IfMatch, found.Value.Version)) is { } refusal)
            {
                return refusal;
            }

            var price = found.Value;
            var versions = await db.Set<MeterPriceVersion>().Where(v => v.PriceId == price.Id).ToListAsync(ct);
            var booking = new Booking<MeterPriceItem>(
                Ids.Next(),
                request.Actor,
                new AuditNote("delete-meter-price", $"meter-price:{price.Id}"),
                _ => Answer.Ok(PriceViews.Item(price, versions, 0))
            );
            foreach (var version in versions)
            {
                booking.Delete(version);
            }

            return booking.Delete(price);
        }
    }
}
