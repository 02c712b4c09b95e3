using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;
using Platform.Persistence;

namespace Platform.Cards.Operations;

/// <summary>
/// 重新读卡: gives a card operation whose end is unknown a new ticket; the agent then reads the card and the engine settles the operation by what the
/// chip proves (FC-15.5, FC-35.2).
/// </summary>
internal static class RereadCard
{
    internal sealed record Command(long OperationId) : IBookingCommand<CardOperationTicket>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-operations/{operationId:long}/re-reads",
                    (long operationId, Sender send, CancellationToken ct) => send.Book(new Command(operationId), ct)
                )
                .WithName(nameof(RereadCard))
                .WithOperation("RereadCard")
                .WithSummary("Read the card again to settle an unknown operation")
                .WithDescription(
                    "Returns a ticket for the agent. The chip's proof decides: the operation is booked, or released as not done."
                )
                .AllowSignedIn()
                .Books<CardOperationTicket>(StatusCodes.Status202Accepted)
                .ProducesRefusals<NotFound, CardOperationRunning, CardOperationNotUnknown, CardBusy>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.OperationId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, CardOperationEngine engine, RequestContext request)
        : BookingHandler<Command, CardOperationTicket>
    {
        protected override async Task<Outcome<Booking<CardOperationTicket>>> Decide(Command command, CancellationToken ct)
        {
            var (id, branch) = (command.OperationId, request.Caller.BranchId);
            if (!await db.Set<CardOperation>().AnyAsync(o => o.Id == id && o.BranchId == branch, ct))
            {
                return new NotFound("card operation");
            }

            var found = await engine.Reread(id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (operation, ticket) = found.Value;
            var note = new AuditNote("re-read-card", $"card-operation:{operation.Id}");
            return new Booking<CardOperationTicket>(
                Ids.Next(),
                request.Actor,
                note,
                _ => Answer.Accepted($"/v1/card-operations/{operation.Id}", ticket)
            )
                .Update(operation)
                .IfDuplicate(CardOperation.OpenCardIndex, new CardBusy());
        }
    }
}
