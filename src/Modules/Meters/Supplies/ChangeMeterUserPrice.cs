using Meters.Accounts;
using Meters.Prices;
using Meters.Sales;

namespace Meters.Supplies;

/// <summary>The user's other price.</summary>
/// <param name="PriceId" example="126437891174400000">Another price of the account, in force today.</param>
public sealed record ChangeMeterUserPriceRequest(string PriceId);

/// <summary>A supply after a change.</summary>
/// <param name="SupplyId" example="126437891174400002">The supply.</param>
/// <param name="UserId" example="126437891174400004">Its user.</param>
/// <param name="PriceId" example="126437891174400000">Its price.</param>
/// <param name="SerialNumber">The transaction; null where none was booked.</param>
public sealed record MeterSupplyChanged(string SupplyId, string UserId, string PriceId, string? SerialNumber);

/// <summary>There is no such supply, or it is closed.</summary>
public sealed record MeterSupplyNotFound()
    : Refusal("meter-supply-not-found", 404, "There is no such open account of a user.", "未找到该用户的开户信息。");

/// <summary>Gives a user another price from today on; its tiers start at zero (PM-02.3, PM-06.2).</summary>
internal static class ChangeMeterUserPrice
{
    internal sealed record Command(long SupplyId, ChangeMeterUserPriceRequest Body) : IBookingCommand<MeterSupplyChanged>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-supplies/{supplyId:long}/price",
                    (long supplyId, ChangeMeterUserPriceRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(supplyId, body), ct)
                )
                .WithName(nameof(ChangeMeterUserPrice))
                .WithOperation("ChangeMeterUserPrice")
                .WithSummary("Give a user another price")
                .WithDescription("The new price holds from now on. Its price year starts at zero. Earlier sales keep their price.")
                .RequireRight(MeterRights.GiveBack)
                .Books<MeterSupplyChanged>(StatusCodes.Status200OK)
                .ProducesRefusals<MeterSupplyNotFound, MeterAccountWithoutPrice, Platform.Cards.Operations.CardBusy>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SupplyId).GreaterThan(0);
            this.ReadId(c => c.Body.PriceId);
        }
    }

    internal sealed class Handler(AppDb db, SaleDesk desk, Cards.CardsOnCounter cards, RequestContext request)
        : BookingHandler<Command, MeterSupplyChanged>
    {
        protected override async Task<Outcome<Booking<MeterSupplyChanged>>> Decide(Command command, CancellationToken ct)
        {
            var supply = await db.Set<MeterSupply>()
                .SingleOrDefaultAsync(s => s.Id == command.SupplyId && s.State == SupplyState.Opened, ct);
            if (supply is null)
            {
                return new MeterSupplyNotFound();
            }

            if (await cards.IsHeld(supply, ct))
            {
                return new Platform.Cards.Operations.CardBusy();
            }

            var today = await desk.Today(ct);
            var found = await desk.Price(IdText.Parse(command.Body.PriceId) ?? 0, today, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var price = found.Value.Price;
            if (price.AccountId != supply.AccountId)
            {
                return new MeterAccountWithoutPrice();
            }

            if (price.Id != supply.PriceId)
            {
                (supply.PriceId, supply.YearStart, supply.SoldInYear) = (price.Id, price.YearOf(today), 0);
            }

            return new Booking<MeterSupplyChanged>(
                Ids.Next(),
                request.Actor,
                new AuditNote("change-meter-user-price", $"meter-supply:{supply.Id}", new { supply.PriceId }),
                _ => Answer.Ok(new MeterSupplyChanged(IdText.Of(supply.Id), IdText.Of(supply.UserId), IdText.Of(price.Id), null))
            )
                .Update(supply)
                .Update(price);
        }
    }
}
