using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;

namespace Counter.BlankInvoices;

/// <summary>Accepts or declines an offered handover: the second signature.</summary>
internal static class AnswerHandover
{
    internal sealed record Command(long MovementId, bool Accept) : IBookingCommand<BlankMovementResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app)
        {
            Map(app, true, "acceptance", "AcceptBlanks", "Accept handed-over blank invoices");
            Map(app, false, "withdrawal", "DeclineBlanks", "Decline or withdraw a handover");
        }

        private static void Map(IEndpointRouteBuilder app, bool accept, string path, string name, string summary) =>
            app.MapPost(
                    $"/blank-invoices/movements/{{movementId:long}}/{path}",
                    (long movementId, Sender send, CancellationToken ct) => send.Book(new Command(movementId, accept), ct)
                )
                .WithName(name)
                .WithOperation(name)
                .WithSummary(summary)
                .WithDescription("Only the operator to whom the numbers are offered accepts. Giver and receiver may both end the offer.")
                .RequireRight(BlankRights.Hold)
                .Books<BlankMovementResponse>()
                .ProducesRefusals<HandoverUnknown>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.MovementId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : BookingHandler<Command, BlankMovementResponse>
    {
        protected override async Task<Outcome<Booking<BlankMovementResponse>>> Decide(Command command, CancellationToken ct)
        {
            var caller = request.Caller.OperatorId;
            var movement = await db.Set<BlankMovement>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == command.MovementId, ct);
            if (movement is not { IsOpen: true } || (movement.ReceiverId != caller && (command.Accept || movement.GiverId != caller)))
            {
                return new HandoverUnknown();
            }

            movement.State = command.Accept ? BlankMoveState.Done : BlankMoveState.Withdrawn;
            movement.AcceptedAt = clock.GetUtcNow().UtcDateTime;
            var booking = BlankBookings
                .Booking(request.Actor, command.Accept ? "accept-blanks" : "decline-blanks", movement)
                .Update(movement);
            var rows = await db.Set<BlankInvoice>().AsNoTracking().Where(b => b.HandoverId == movement.Id).ToListAsync(ct);
            foreach (var row in rows)
            {
                row.HandoverId = null;
                if (command.Accept)
                {
                    var issued = movement.Move == BlankMove.Issue;
                    (row.State, row.HolderId) = issued ? (BlankState.Issued, caller) : (BlankState.Received, (long?)null);
                }

                booking.Update(row);
            }

            return booking;
        }
    }
}
