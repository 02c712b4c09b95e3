using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.SigningIn;

/// <summary>Ends the session: its tokens stop working at once, on every instance (PL-01.7).</summary>
internal static class SignOut
{
    internal sealed record Command : IWorkCommand<bool>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/sign-out", (Sender send, CancellationToken ct) => send.Work(new Command(), _ => Results.NoContent(), ct))
                .WithName(nameof(SignOut))
                .WithSummary("Sign out")
                .WithDescription("The access token and the refresh token stop working immediately.")
                .AllowOperators()
                .Produces(StatusCodes.Status204NoContent);
    }

    internal sealed class Validator : AbstractValidator<Command>;

    internal sealed class Handler(PasswordWrites writes, Sessions sessions, RequestContext request) : WorkHandler<Command, bool>
    {
        protected override async Task<Outcome<bool>> Run(Command command, CancellationToken ct)
        {
            var (operatorId, id) = (request.Caller.OperatorId, request.Caller.SessionId);
            return await writes.InTransaction(
                async db =>
                {
                    await sessions.End(db, operatorId, s => s.Id == id, "sign-out", ct);
                    return true;
                },
                ct
            );
        }
    }
}
