using Meters.Accounts;
using Meters.Carriers.Sts;
using Meters.Prices;
using Meters.Sales;
using Meters.Supplies;
using Meters.Users;

namespace Meters.Tokens;

/// <summary>A meter that takes tokens, for a user.</summary>
/// <param name="AccountId" example="126437891174400001">An account whose meters take tokens.</param>
/// <param name="PriceId" example="126437891174400000">One of its prices.</param>
/// <param name="Pan" example="600727000000000009">MeterPAN, 18 digits with right check digits.</param>
/// <param name="TariffIndex" example="01">2 digits.</param>
/// <param name="KeyRevision" example="1">1 to 9.</param>
public sealed record OpenTokenMeterRequest(string AccountId, string PriceId, string Pan, string TariffIndex = "01", int KeyRevision = 1);

/// <summary>The account's meters take cards.</summary>
public sealed record MeterAccountTakesCards()
    : Refusal("meter-account-takes-cards", 409, "The account's meters take cards, not tokens.", "该账户为卡表，不使用令牌。");

/// <summary>Opens a user with a meter that takes tokens; nothing is sold yet.</summary>
internal static class OpenTokenMeter
{
    internal sealed record Command(long UserId, OpenTokenMeterRequest Body) : IBookingCommand<MeterSupplyChanged>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-users/{userId:long}/token-meters",
                    (long userId, OpenTokenMeterRequest body, Sender send, CancellationToken ct) => send.Book(new Command(userId, body), ct)
                )
                .WithName(nameof(OpenTokenMeter))
                .WithOperation("OpenTokenMeter")
                .WithSummary("Open a user with a token meter")
                .WithDescription("Opens an account whose meters take tokens of 20 digits. Sell the first token afterwards.")
                .RequireRight(MeterRights.Sell)
                .Books<MeterSupplyChanged>()
                .Refuses(
                    typeof(MeterUserNotFound),
                    typeof(MeterAccountNotFound),
                    typeof(MeterAccountTakesCards),
                    typeof(MeterAccountWithoutPrice),
                    typeof(MeterUserOpenedBefore),
                    typeof(MeterNumberTaken)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UserId).GreaterThan(0);
            this.ReadId(c => c.Body.AccountId);
            this.ReadId(c => c.Body.PriceId);
            RuleFor(c => c.Body.TariffIndex).NotNull().Matches("^[0-9]{2}$");
            RuleFor(c => c.Body.KeyRevision).InclusiveBetween(1, 9);
            RuleFor(c => c.Body.Pan)
                .NotNull()
                .Matches("^[0-9]{18}$")
                .DependentRules(() =>
                    RuleFor(c => c.Body.Pan)
                        .Must(pan => new StsMeter(pan, "000000", "01", 1, StsKeyType.Unique).HasValidPan)
                        .WithErrorCode("meter-pan-invalid")
                        .WithMessage("The check digits of the meter number are wrong.", "表号（PAN）校验码不正确。")
                );
        }
    }

    internal sealed class Handler(AppDb db, SaleDesk desk, RequestContext request) : BookingHandler<Command, MeterSupplyChanged>
    {
        protected override async Task<Outcome<Booking<MeterSupplyChanged>>> Decide(Command command, CancellationToken ct)
        {
            var (userId, accountId) = (command.UserId, IdText.Parse(command.Body.AccountId));
            if (await db.Set<MeterUser>().SingleOrDefaultAsync(u => u.Id == userId, ct) is not { } user)
            {
                return new MeterUserNotFound();
            }

            if (await db.Set<MeterAccount>().SingleOrDefaultAsync(a => a.Id == accountId, ct) is not { } account)
            {
                return new MeterAccountNotFound();
            }

            var today = await desk.Today(ct);
            var price = await desk.Price(IdText.Parse(command.Body.PriceId) ?? 0, today, ct);
            return account.Carrier != MeterCarrier.Token ? new MeterAccountTakesCards()
                : price.Refusal is { } noPrice ? noPrice
                : price.Value.Price.AccountId != account.Id ? new MeterAccountWithoutPrice()
                : Booking(user, account, price.Value.Price, command.Body, today);
        }

        private Booking<MeterSupplyChanged> Booking(
            MeterUser user,
            MeterAccount account,
            MeterPrice price,
            OpenTokenMeterRequest body,
            DateOnly today
        )
        {
            var supply = new MeterSupply
            {
                Id = Ids.Next(),
                UserId = user.Id,
                AccountId = account.Id,
                PriceId = price.Id,
                State = SupplyState.Opened,
                // The meter's own number: the PAN without issuer and last check digit.
                MeterNumber = body.Pan[5..17],
                YearStart = price.YearOf(today),
                BranchId = request.Caller.BranchId,
                OpenedOn = today,
                Swiped = true,
            };
            supply.SetOpen(true);
            user.State = MeterUserState.Opened;
            var meter = new TokenMeter
            {
                SupplyId = supply.Id,
                Pan = body.Pan,
                TariffIndex = body.TariffIndex,
                KeyRevision = body.KeyRevision,
            };
            return new Booking<MeterSupplyChanged>(
                Ids.Next(),
                request.Actor,
                new AuditNote("open-token-meter", $"meter-supply:{supply.Id}", new { body.Pan }),
                _ =>
                    Answer.Created(
                        $"/v1/meter-users/{user.Id}",
                        new MeterSupplyChanged(IdText.Of(supply.Id), IdText.Of(user.Id), IdText.Of(price.Id), null)
                    )
            )
                .Insert(supply)
                .Insert(meter)
                .Update(user)
                .Update(price)
                .IfDuplicate(MeterSupply.OnceIndex, new MeterUserOpenedBefore())
                .IfDuplicate(MeterSupply.MeterIndex, new MeterNumberTaken());
        }
    }
}
