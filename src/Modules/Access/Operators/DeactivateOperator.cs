using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Operators;

/// <summary>Puts an operator out at once, whatever version of it was read: who must go must go now (PL-01.10). An edit takes it back.</summary>
internal static class DeactivateOperator
{
    internal sealed record Command(long Id) : IChangeCommand<OperatorDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/operators/{id:long}/deactivate", (long id, Sender send, CancellationToken ct) => send.Change(new Command(id), ct))
                .WithName(nameof(DeactivateOperator))
                .WithSummary("Deactivate an operator")
                .WithDescription("The operator's sessions end immediately on every instance.")
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
            record.Operator.Active = false;
            var note = new AuditNote("deactivate-operator", $"operator:{command.Id}");
            return new Booking<OperatorDetail>(Ids.Next(), request.Actor, note, _ => Answer.Ok(record.Detail(caller))).Update(
                record.Operator
            );
        }
    }
}
