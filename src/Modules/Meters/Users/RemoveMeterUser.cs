using Microsoft.AspNetCore.Mvc;

namespace Meters.Users;

/// <summary>A user that was removed.</summary>
/// <param name="UserNumber" example="000000000042">用户编号.</param>
public sealed record MeterUserRemoved(string UserNumber);

/// <summary>The user has or had an account.</summary>
public sealed record MeterUserWasOpened()
    : Refusal("meter-user-was-opened", 409, "The user has or had an account, and stays on record.", "该用户已开户或曾开户，不能删除。");

/// <summary>Removes a user who never opened an account.</summary>
internal static class RemoveMeterUser
{
    internal sealed record Command(long UserId, string? IfMatch) : IChangeCommand<MeterUserRemoved>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapDelete(
                    "/meter-users/{userId:long}",
                    (long userId, [FromHeader(Name = "If-Match")] string? ifMatch, Sender send, CancellationToken ct) =>
                        send.Change(new Command(userId, ifMatch), ct)
                )
                .WithName(nameof(RemoveMeterUser))
                .WithSummary("Remove a registered user")
                .WithDescription("Only a user who never opened an account can be removed. If-Match carries the ETag that was read.")
                .RequireRight(MeterRights.ManageUsers)
                .Changes<MeterUserRemoved>()
                .ProducesRefusals<MeterUserNotFound, MeterUserWasOpened>()
                .Refuses(typeof(PreconditionRequired), typeof(PreconditionFailed));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.UserId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, MeterUserRemoved>
    {
        protected override async Task<Outcome<Booking<MeterUserRemoved>>> Decide(Command command, CancellationToken ct)
        {
            var user = await db.Set<MeterUser>().SingleOrDefaultAsync(u => u.Id == command.UserId, ct);
            if (user is null)
            {
                return new MeterUserNotFound();
            }

            if (EntityTag.Check(command.IfMatch, user.Version) is { } stale)
            {
                return stale;
            }

            if (user.State != MeterUserState.Registered || await db.Set<Supplies.MeterSupply>().AnyAsync(s => s.UserId == user.Id, ct))
            {
                return new MeterUserWasOpened();
            }

            return new Booking<MeterUserRemoved>(
                Ids.Next(),
                request.Actor,
                new AuditNote("remove-meter-user", $"meter-user:{user.Id}"),
                _ => Answer.Ok(new MeterUserRemoved(user.Number))
            ).Delete(user);
        }
    }
}
