using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.SigningIn;

/// <summary>Ends one of the caller's own sessions.</summary>
internal static class EndSession
{
    internal sealed record Command(long Id) : IWorkCommand<bool>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapDelete(
                    "/sessions/{id:long}",
                    (long id, Sender send, CancellationToken ct) => send.Work(new Command(id), _ => Results.NoContent(), ct)
                )
                .WithName(nameof(EndSession))
                .WithSummary("End one of your sessions")
                .WithDescription("The session's tokens stop working immediately.")
                .AllowOperators()
                .Produces(StatusCodes.Status204NoContent)
                .ProducesRefusals<NotFound>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).GreaterThan(0);
    }

    internal sealed class Handler(PasswordWrites writes, Sessions sessions, RequestContext request) : WorkHandler<Command, bool>
    {
        protected override async Task<Outcome<bool>> Run(Command command, CancellationToken ct)
        {
            var (own, id) = (request.Caller.OperatorId, command.Id);
            var ended = await writes.InTransaction(db => sessions.End(db, own, s => s.Id == id, "end-session", ct), ct);
            return ended == 0 ? new NotFound("session") : true;
        }
    }
}
