using Microsoft.AspNetCore.Mvc;

namespace Meters.Prices;

/// <summary>修改价格: as long as no user has it or had it (PM-02.2).</summary>
internal static class ModifyMeterPrice
{
    internal sealed record Command(long PriceId, string? IfMatch, AddMeterPriceRequest Body) : IChangeCommand<MeterPriceItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/meter-prices/{priceId:long}",
                    (
                        long priceId,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        AddMeterPriceRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(priceId, ifMatch, body), ct)
                )
                .WithName(nameof(ModifyMeterPrice))
                .WithSummary("Modify an unused price")
                .WithDescription(
                    "Replaces name, tiers and dates of a price that no user has or had. If-Match carries the ETag that was read."
                )
                .RequireRight(MeterRights.ManagePrices)
                .Changes<MeterPriceItem>()
                .ProducesRefusals<MeterPriceNotFound, MeterPriceKnown, MeterPriceInUse>()
                .Refuses(typeof(PreconditionRequired), typeof(PreconditionFailed));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Name).NotNull().PlainText(Limits.Name);
            RuleFor(c => c.Body.YearStartMonth).InclusiveBetween(1, 12);
            RuleFor(c => c.Body.YearStartDay).InclusiveBetween(1, Limits.LastDayOfYearStart);
            this.TierRules(c => c.Body.Tiers);
        }
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

            var (price, body) = (found.Value, command.Body);
            var versions = await db.Set<MeterPriceVersion>().Where(v => v.PriceId == price.Id).OrderBy(v => v.ValidFrom).ToListAsync(ct);
            (price.Name, price.YearStartMonth, price.YearStartDay) = (body.Name, body.YearStartMonth ?? 1, body.YearStartDay ?? 1);
            var version = versions[0];
            (version.ValidFrom, version.Tiers) = (body.ValidFrom ?? version.ValidFrom, MeterPriceVersion.Store(body.Tiers.Rows()));
            var booking = new Booking<MeterPriceItem>(
                Ids.Next(),
                request.Actor,
                new AuditNote("modify-meter-price", $"meter-price:{price.Id}", new { version.ValidFrom, version.Tiers }),
                _ => Answer.Ok(PriceViews.Item(price, [version], 0, changes: 1))
            )
                .Update(price)
                .Update(version)
                .IfDuplicate(MeterPrice.NameIndex, new MeterPriceKnown());
            foreach (var later in versions.Skip(1))
            {
                booking.Delete(later);
            }

            return booking;
        }
    }
}

/// <summary>Knows whether users have a price.</summary>
internal sealed class PriceUse(AppDb db)
{
    /// <summary>
    /// The price, when no user has it or had it. Who opens a user writes the price's row, so that a price that is taken into use at the same moment
    /// is neither modified nor deleted.
    /// </summary>
    public async Task<Outcome<MeterPrice>> Unused(long priceId, CancellationToken ct)
    {
        var price = await db.Set<MeterPrice>().SingleOrDefaultAsync(p => p.Id == priceId, ct);
        if (price is null)
        {
            return new MeterPriceNotFound();
        }

        var users = await db.Set<Supplies.MeterSupply>().CountAsync(s => s.PriceId == priceId, ct);
        var sold = await db.Set<Sales.MeterSale>().AnyAsync(s => s.PriceId == priceId, ct);
        return users > 0 || sold ? new MeterPriceInUse(users) : price;
    }
}
