using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;

namespace Counter.BlankInvoices;

/// <summary>
/// 领用 and 退回: one operator offers, the other accepts, so that each handover has two signatures. From stock by the keeper; back by the operator who
/// holds the numbers.
/// </summary>
internal static class OfferBlanks
{
    internal sealed record Command(bool Back, OfferBlanksRequest Body) : IBookingCommand<BlankMovementResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app)
        {
            Map(app, false, "issues", "IssueBlanks", "Issue blank invoices to an operator", BlankRights.Keep);
            Map(app, true, "backs", "GiveBlanksBack", "Give blank invoices back to stock", BlankRights.Hold);
        }

        private static void Map(IEndpointRouteBuilder app, bool back, string path, string name, string summary, Right right) =>
            app.MapPost(
                    $"/blank-invoices/{path}",
                    (OfferBlanksRequest body, Sender send, CancellationToken ct) => send.Book(new Command(back, body), ct)
                )
                .WithName(name)
                .WithOperation(name)
                .WithSummary(summary)
                .WithDescription("Offers a range to another operator of the branch. The numbers move when that operator accepts.")
                .RequireRight(right)
                .Books<BlankMovementResponse>()
                .ProducesRefusals<BlanksNotMovable, NotFound>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Range).NotNull().SetValidator(new BlankRangeValidator());
            RuleFor(c => c.Body.Receiver).NotNull().PlainText(Operator.LoginLength);
        }
    }

    internal sealed class Handler(AppDb db, BlankStock stock, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, BlankMovementResponse>
    {
        protected override async Task<Outcome<Booking<BlankMovementResponse>>> Decide(Command command, CancellationToken ct)
        {
            var (body, caller) = (command.Body, request.Caller);
            var receiver = await db.Set<Operator>()
                .Where(o => o.BranchId == caller.BranchId && o.Login == body.Receiver && o.Id != caller.OperatorId)
                .Select(o => (long?)o.Id)
                .SingleOrDefaultAsync(ct);
            if (receiver is null)
            {
                return new NotFound("operator");
            }

            var (rows, missing) = await stock.Range(
                body.Range,
                b =>
                    b.HandoverId is null
                    && b.BranchId == caller.BranchId
                    && (command.Back ? b.State == BlankState.Issued && b.HolderId == caller.OperatorId : b.State == BlankState.Received),
                ct
            );
            if (missing.Count > 0)
            {
                return BlankBookings.NotMovable(missing);
            }

            var movement = BlankBookings.Movement(
                request,
                clock,
                command.Back ? BlankMove.Back : BlankMove.Issue,
                body.Range,
                caller.OperatorId,
                receiver,
                state: BlankMoveState.Offered
            );
            var booking = BlankBookings
                .Booking(request.Actor, command.Back ? "give-blanks-back" : "issue-blanks", movement)
                .Insert(movement);
            foreach (var row in rows)
            {
                row.HandoverId = movement.Id;
                booking.Update(row);
            }

            return booking;
        }
    }
}
