using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.SigningIn;

/// <summary>Ends all of the caller's own sessions but the one that asks.</summary>
internal static class EndOtherSessions
{
    internal sealed record Command : IWorkCommand<bool>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapDelete("/sessions", (Sender send, CancellationToken ct) => send.Work(new Command(), _ => Results.NoContent(), ct))
                .WithName(nameof(EndOtherSessions))
                .WithSummary("End all your other sessions")
                .WithDescription("The current session continues. `POST /v1/sign-out` ends it.")
                .AllowOperators()
                .Produces(StatusCodes.Status204NoContent);
    }

    internal sealed class Validator : AbstractValidator<Command>;

    internal sealed class Handler(PasswordWrites writes, Sessions sessions, RequestContext request) : WorkHandler<Command, bool>
    {
        protected override async Task<Outcome<bool>> Run(Command command, CancellationToken ct)
        {
            var (own, current) = (request.Caller.OperatorId, request.Caller.SessionId);
            await writes.InTransaction(db => sessions.End(db, own, s => s.Id != current, "end-session", ct), ct);
            return true;
        }
    }
}
