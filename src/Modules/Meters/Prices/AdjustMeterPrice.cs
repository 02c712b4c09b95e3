namespace Meters.Prices;

/// <summary>调整价格: from a date, for all who have it; what it cost before stays on record (PM-02.2).</summary>
internal static class AdjustMeterPrice
{
    internal sealed record Command(long PriceId, AdjustMeterPriceRequest Body) : IBookingCommand<MeterPriceItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-prices/{priceId:long}/adjustments",
                    (long priceId, AdjustMeterPriceRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(priceId, body), ct)
                )
                .WithName(nameof(AdjustMeterPrice))
                .WithOperation("AdjustMeterPrice")
                .WithSummary("Adjust a price from a date")
                .WithDescription("Changes the price for all its users from a date on. Earlier sales and the history of the price are kept.")
                .RequireRight(MeterRights.ManagePrices)
                .Books<MeterPriceItem>()
                .ProducesRefusals<MeterPriceNotFound, MeterPriceAdjustedBefore>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock)
        {
            this.TierRules(c => c.Body.Tiers);
            RuleFor(c => c.Body.ValidFrom)
                .Must(date => date >= ChinaCalendar.Today(clock))
                .WithErrorCode("meter-price-date-past")
                .WithMessage("A price is adjusted from today on or later.", "调整日期不得早于今天。");
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, MeterPriceItem>
    {
        protected override async Task<Outcome<Booking<MeterPriceItem>>> Decide(Command command, CancellationToken ct)
        {
            var price = await db.Set<MeterPrice>().SingleOrDefaultAsync(p => p.Id == command.PriceId, ct);
            if (price is null)
            {
                return new MeterPriceNotFound();
            }

            var before = await db.Set<MeterPriceVersion>().Where(v => v.PriceId == price.Id).ToListAsync(ct);
            var version = new MeterPriceVersion
            {
                Id = Ids.Next(),
                PriceId = price.Id,
                ValidFrom = command.Body.ValidFrom,
                Tiers = MeterPriceVersion.Store(command.Body.Tiers.Rows()),
            };
            var users = await db.Set<Supplies.MeterSupply>()
                .CountAsync(s => s.PriceId == price.Id && s.State == Supplies.SupplyState.Opened, ct);
            return new Booking<MeterPriceItem>(
                Ids.Next(),
                request.Actor,
                new AuditNote("adjust-meter-price", $"meter-price:{price.Id}", new { version.ValidFrom, version.Tiers }),
                _ => Answer.Created($"/v1/meter-accounts/{price.AccountId}", PriceViews.Item(price, [.. before, version], users))
            )
                .Insert(version)
                .IfDuplicate(MeterPriceVersion.FromIndex, new MeterPriceAdjustedBefore());
        }
    }
}
