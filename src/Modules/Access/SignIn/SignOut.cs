using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Access;

/// <summary>Ends the session: its tokens stop working at once, on every instance (PL-01.7).</summary>
internal static class SignOut
{
    internal sealed record Command : ISignInCommand<bool>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/sign-out", (Sender send, CancellationToken ct) => send.SignIn(new Command(), _ => Results.NoContent(), ct))
                .WithName(nameof(SignOut))
                .WithSummary("Sign out")
                .WithDescription("Access and refresh token stop working at once.")
                .AllowSignedIn()
                .Produces(StatusCodes.Status204NoContent);
    }

    internal sealed class Validator : AbstractValidator<Command>;

    internal sealed class Handler(Passwords passwords, Stamps stamps, RequestContext request, TimeProvider clock)
        : SignInHandler<Command, bool>
    {
        protected override async Task<Outcome<bool>> Run(Command command, CancellationToken ct)
        {
            var caller = request.Caller;
            var now = clock.GetUtcNow().UtcDateTime;
            return await passwords.InTransaction(
                async db =>
                {
                    var ended = await db.Set<Session>()
                        .Where(s => s.Id == caller.SessionId && s.EndedAt == null)
                        .ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, (DateTime?)now), ct);
                    if (ended == 1)
                    {
                        await stamps.Raise(db, AccessStamps.Of(caller.OperatorId), ct);
                        db.Add(
                            new AuditRecord
                            {
                                Id = Ids.Next(),
                                At = now,
                                BranchId = caller.BranchId,
                                OperatorId = caller.OperatorId,
                                Action = "sign-out",
                                Subject = $"operator:{caller.OperatorId}",
                                Outcome = "done",
                            }
                        );
                    }

                    return true;
                },
                ct
            );
        }
    }
}
