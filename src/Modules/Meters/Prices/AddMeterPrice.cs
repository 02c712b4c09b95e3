using Meters.Accounts;

namespace Meters.Prices;

/// <summary>添加价格 (PM-02.1).</summary>
internal static class AddMeterPrice
{
    internal sealed record Command(long AccountId, AddMeterPriceRequest Body) : IBookingCommand<MeterPriceItem>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-accounts/{accountId:long}/prices",
                    (long accountId, AddMeterPriceRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(accountId, body), ct)
                )
                .WithName(nameof(AddMeterPrice))
                .WithOperation("AddMeterPrice")
                .WithSummary("Add a price to a meter account")
                .WithDescription("An account can have several prices, such as residential and commercial. A user has one of them.")
                .RequireRight(MeterRights.ManagePrices)
                .Books<MeterPriceItem>()
                .ProducesRefusals<MeterAccountNotFound, MeterPriceKnown>();
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

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : BookingHandler<Command, MeterPriceItem>
    {
        protected override async Task<Outcome<Booking<MeterPriceItem>>> Decide(Command command, CancellationToken ct)
        {
            if (!await db.Set<MeterAccount>().AnyAsync(a => a.Id == command.AccountId, ct))
            {
                return new MeterAccountNotFound();
            }

            var body = command.Body;
            var price = new MeterPrice
            {
                Id = Ids.Next(),
                AccountId = command.AccountId,
                Name = body.Name,
                YearStartMonth = body.YearStartMonth ?? 1,
                YearStartDay = body.YearStartDay ?? 1,
            };
            var version = new MeterPriceVersion
            {
                Id = Ids.Next(),
                PriceId = price.Id,
                ValidFrom = body.ValidFrom ?? ChinaCalendar.Today(clock),
                Tiers = MeterPriceVersion.Store(body.Tiers.Rows()),
            };
            return new Booking<MeterPriceItem>(
                Ids.Next(),
                request.Actor,
                new AuditNote(
                    "add-meter-price",
                    $"meter-price:{price.Id}",
                    new
                    {
                        price.AccountId,
                        version.ValidFrom,
                        version.Tiers,
                    }
                ),
                _ => Answer.Created($"/v1/meter-accounts/{price.AccountId}", PriceViews.Item(price, [version], 0))
            ).Insert(price).Insert(version).IfDuplicate(MeterPrice.NameIndex, new MeterPriceKnown());
        }
    }
}
