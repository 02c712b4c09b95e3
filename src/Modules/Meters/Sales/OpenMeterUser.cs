using Counter.Payments;
using Meters.Accounts;
using Meters.Cards;
using Meters.Prices;
using Meters.Supplies;
using Meters.Users;

namespace Meters.Sales;

/// <summary>The account of a user to open. Give a quantity or an amount of money.</summary>
/// <param name="ReadId" example="126437891174400003">The reading of the card: a new card, or the user's own card for a further account.</param>
/// <param name="AccountId" example="126437891174400001">The account.</param>
/// <param name="PriceId" example="126437891174400000">One of the account's prices.</param>
/// <param name="MeterNumber" example="202600000001">表号, 12 digits.</param>
/// <param name="Quantity" example="5000">Hundredths of a unit, 1 to 200,000,000.</param>
/// <param name="Amount">Fen that the user gives, 1 to 100,000,000.</param>
/// <param name="PaymentMethod" example="cash">cash, bankCard or transfer.</param>
public sealed record OpenMeterUserRequest(
    string ReadId,
    string AccountId,
    string PriceId,
    string MeterNumber,
    long? Quantity = null,
    long? Amount = null,
    PaymentMethod PaymentMethod = PaymentMethod.Cash
) : IMeterSum;

/// <summary>A user opens once per account (PM-04.1).</summary>
public sealed record MeterUserOpenedBefore()
    : Refusal("meter-user-opened-before", 409, "The user has this account already.", "该用户已在此账户开户。");

/// <summary>The meter is open for another user of the account.</summary>
public sealed record MeterNumberTaken()
    : Refusal("meter-number-taken", 409, "Another user of the account has this meter.", "该表号已由其他用户使用。");

/// <summary>The card belongs to another user.</summary>
public sealed record MeterCardOfOtherUser()
    : Refusal("meter-card-of-other-user", 409, "The card belongs to another user.", "该卡属于其他用户。");

/// <summary>The user has a card: further accounts go onto it.</summary>
public sealed record MeterUserHasCard()
    : Refusal(
        "meter-user-has-card",
        409,
        "The user has a card of this area. Use it for the further account.",
        "该用户已有用户卡，请使用该卡开户。"
    );

/// <summary>The account's meters take tokens, not cards.</summary>
public sealed record MeterAccountTakesTokens()
    : Refusal("meter-account-takes-tokens", 409, "The account's meters take tokens, not cards.", "该账户为令牌表，不使用卡片。");

/// <summary>开户充值 (PM-04.1): account, price, meter, first purchase, onto a new card, or onto the user's card for a further account.</summary>
internal static class OpenMeterUser
{
    internal sealed record Command(long UserId, OpenMeterUserRequest Body) : IBookingCommand<MeterSaleStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-users/{userId:long}/openings",
                    (long userId, OpenMeterUserRequest body, Sender send, CancellationToken ct) => send.Book(new Command(userId, body), ct)
                )
                .WithName(nameof(OpenMeterUser))
                .WithOperation("OpenMeterUser")
                .WithSummary("Open a meter user and sell the first purchase")
                .WithDescription(
                    "Returns the ticket of a card operation that makes the user's card. The card in the reader must be a new card, or the "
                        + "user's own card for a further account of the same maintenance area. A user opens an account once."
                )
                .RequireRight(MeterRights.Sell)
                .Books<MeterSaleStarted>(StatusCodes.Status202Accepted)
                .RefusesOpenings();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UserId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new BodyValidator());
        }
    }

    internal sealed class BodyValidator : AbstractValidator<OpenMeterUserRequest>
    {
        public BodyValidator()
        {
            this.ReadId(b => b.ReadId);
            this.ReadId(b => b.AccountId);
            this.ReadId(b => b.PriceId);
            RuleFor(b => b.MeterNumber).NotNull().Matches("^[0-9]{12}$");
            this.Sum(b => b.Quantity, b => b.Amount);
            this.PaidBy(b => b.PaymentMethod);
        }
    }

    internal sealed class Handler(AppDb db, OpeningDesk desk, RequestContext request) : BookingHandler<Command, MeterSaleStarted>
    {
        protected override async Task<Outcome<Booking<MeterSaleStarted>>> Decide(Command command, CancellationToken ct)
        {
            var user = await db.Set<MeterUser>().SingleOrDefaultAsync(u => u.Id == command.UserId, ct);
            if (user is null)
            {
                return new MeterUserNotFound();
            }

            var opening = await desk.Decide(user, command.Body, ct);
            return opening.Refusal is { } refusal ? refusal : desk.Answer(opening.Value, request.Actor);
        }
    }
}
