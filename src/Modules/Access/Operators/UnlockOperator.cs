using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Operators;

/// <summary>Opens a locked password and forgets its wrong tries (PL-01.3). Sessions go on, before and after.</summary>
internal static class UnlockOperator
{
    internal sealed record Command(long Id) : IChangeCommand<OperatorDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/operators/{id:long}/unlock", (long id, Sender send, CancellationToken ct) => send.Change(new Command(id), ct))
                .WithName(nameof(UnlockOperator))
                .WithSummary("Unlock an operator's password")
                .WithDescription("Clears the count of wrong passwords. The password stays the same.")
                .RequireRight(AccessRights.Administer)
                .Changes<OperatorDetail>()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(OwnAccount), typeof(RightNotYours));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).GreaterThan(0);
    }

    internal sealed class Handler(OperatorRecords operators, RequestContext request) : BookingHandler<Command, OperatorDetail>
    {
        protected override async Task<Outcome<Booking<OperatorDetail>>> Decide(Command command, CancellationToken ct)
        {
            var found = await operators.FindOther(command.Id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (record, caller) = (found.Value, request.Caller);
            (record.Credential.FailedTries, record.Credential.LockedAt) = (0, null);
            var note = new AuditNote("unlock-password", $"operator:{command.Id}");
            return new Booking<OperatorDetail>(Ids.Next(), request.Actor, note, _ => Answer.Ok(record.Detail(caller))).Update(
                record.Credential
            );
        }
    }
}
