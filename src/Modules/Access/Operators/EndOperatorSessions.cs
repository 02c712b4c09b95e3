using Access.SigningIn;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Operators;

/// <summary>Ends all sessions of an operator; the operator may sign in again.</summary>
internal static class EndOperatorSessions
{
    internal sealed record Command(long Id) : IWorkCommand<bool>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapDelete(
                    "/operators/{id:long}/sessions",
                    (long id, Sender send, CancellationToken ct) => send.Work(new Command(id), _ => Results.NoContent(), ct)
                )
                .WithName(nameof(EndOperatorSessions))
                .WithSummary("End an operator's sessions")
                .WithDescription("Ends all sessions immediately on every instance. The operator may sign in again.")
                .RequireRight(AccessRights.Administer)
                .Produces(StatusCodes.Status204NoContent)
                .ProducesRefusals<NotFound, BranchOutOfReach, OwnAccount, RightNotYours>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).GreaterThan(0);
    }

    internal sealed class Handler(OperatorRecords operators, PasswordWrites writes, Sessions sessions) : WorkHandler<Command, bool>
    {
        protected override async Task<Outcome<bool>> Run(Command command, CancellationToken ct)
        {
            var found = await operators.FindOther(command.Id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var id = command.Id;
            await writes.InTransaction(db => sessions.End(db, id, s => s.OperatorId == id, "end-session", ct), ct);
            return true;
        }
    }
}
