using System.Globalization;
using Meters.Sales;

namespace Meters.Users;

/// <summary>A user to register.</summary>
/// <param name="Name" example="王小明">1 to 60 characters.</param>
/// <param name="Phone" example="13800138000">联系方式, 5 to 20 digits, + and -.</param>
/// <param name="Address" example="1 号楼 2 单元 301">1 to 200 characters.</param>
/// <param name="CertificateNumber" example="11010519491231002X">Optional, at most 30 characters.</param>
/// <param name="Opening">Opens an account at once; null registers only.</param>
public sealed record RegisterMeterUserRequest(
    string Name,
    string Phone,
    string Address,
    string? CertificateNumber = null,
    OpenMeterUserRequest? Opening = null
);

/// <summary>A user was registered.</summary>
/// <param name="UserId" example="126437891174400004">The user's id.</param>
/// <param name="UserNumber" example="000000000042">用户编号, 12 digits.</param>
/// <param name="Opening">The opening that was asked for: hand its ticket to the agent. Null without one.</param>
public sealed record MeterUserRegistered(string UserId, string UserNumber, MeterSaleStarted? Opening);

/// <summary>There is no such user.</summary>
public sealed record MeterUserNotFound() : Refusal("meter-user-not-found", 404, "There is no such meter user.", "用户不存在。");

/// <summary>注册新用户 (PM-03.1), with or without opening an account at once.</summary>
internal static class RegisterMeterUser
{
    private const string Series = "meter-user";

    internal sealed record Command(RegisterMeterUserRequest Body) : IBookingCommand<MeterUserRegistered>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-users",
                    (RegisterMeterUserRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(RegisterMeterUser))
                .WithOperation("RegisterMeterUser")
                .WithSummary("Register a meter user")
                .WithDescription("With opening, the response carries the ticket of the card operation that opens the account.")
                .RequireRight(MeterRights.ManageUsers)
                .Books<MeterUserRegistered>()
                .RefusesOpenings();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Name).NotNull().PlainText(Limits.Name);
            RuleFor(c => c.Body.Phone).NotNull().Matches("^[0-9+-]{5,20}$");
            RuleFor(c => c.Body.Address).NotNull().PlainText(Limits.Address);
            RuleFor(c => c.Body.CertificateNumber).PlainText(Limits.Certificate);
            RuleFor(c => c.Body.Opening!).SetValidator(new OpenMeterUser.BodyValidator()).When(c => c.Body.Opening is not null);
        }
    }

    internal sealed class Handler(OpeningDesk desk, Numbers numbers, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, MeterUserRegistered>
    {
        protected override async Task<Outcome<Booking<MeterUserRegistered>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var number = await numbers.Next(Series, ct);
            var user = new MeterUser
            {
                Id = Ids.Next(),
                Number = number.ToString("D12", CultureInfo.InvariantCulture),
                Name = body.Name,
                Phone = body.Phone,
                Address = body.Address,
                CertificateNumber = body.CertificateNumber,
                BranchId = request.Caller.BranchId,
                RegisteredAt = clock.GetUtcNow().UtcDateTime,
            };
            if (body.Opening is null)
            {
                return Booking(user, null);
            }

            if (!request.Caller.Has(MeterRights.Sell))
            {
                return new RightMissing(MeterRights.Sell.Name);
            }

            var opening = await desk.Decide(user, body.Opening, ct);
            return opening.Refusal is { } refusal ? refusal : Booking(user, opening.Value);
        }

        private Booking<MeterUserRegistered> Booking(MeterUser user, DecidedOpening? opening)
        {
            MeterSaleStarted? started = null;
            var booking = new Booking<MeterUserRegistered>(
                Ids.Next(),
                request.Actor,
                new AuditNote("register-meter-user", $"meter-user:{user.Id}"),
                _ => Answer.Created($"/v1/meter-users/{user.Id}", new MeterUserRegistered(IdText.Of(user.Id), user.Number, started))
            ).Insert(user);
            if (opening is not null)
            {
                started = new MeterSaleStarted(desk.Begin(booking, opening), opening.Quote, opening.Card.Number);
            }

            return booking;
        }
    }
}
