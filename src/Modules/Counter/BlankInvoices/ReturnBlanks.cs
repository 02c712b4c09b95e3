using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Ledger.Requests;

namespace Counter.BlankInvoices;

/// <summary>上交: gives a range of the stock back to the supplier.</summary>
internal static class ReturnBlanks
{
    internal sealed record Command(SupplierBlanksRequest Body) : IBookingCommand<BlankMovementResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/blank-invoices/returns",
                    (SupplierBlanksRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(ReturnBlanks))
                .WithOperation("ReturnBlanks")
                .WithSummary("Return blank invoices to the supplier")
                .WithDescription("Gives a range of the branch's stock back. A returned number is never used again.")
                .RequireRight(BlankRights.Keep)
                .Books<BlankMovementResponse>()
                .ProducesRefusals<BlanksNotMovable>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Body).SetValidator(new SupplierBlanksValidator());
    }

    internal sealed class Handler(BlankStock stock, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, BlankMovementResponse>
    {
        protected override async Task<Outcome<Booking<BlankMovementResponse>>> Decide(Command command, CancellationToken ct)
        {
            var (body, branch) = (command.Body, request.Caller.BranchId);
            var (rows, missing) = await stock.Range(
                body.Range,
                b => b is { State: BlankState.Received, HandoverId: null } && b.BranchId == branch,
                ct
            );
            if (missing.Count > 0)
            {
                return BlankBookings.NotMovable(missing);
            }

            var movement = BlankBookings.Movement(
                request,
                clock,
                BlankMove.Return,
                body.Range,
                request.Caller.OperatorId,
                null,
                body.SupplierPerson,
                body.Remark
            );
            var booking = BlankBookings.Booking(request.Actor, "return-blanks", movement).Insert(movement);
            foreach (var row in rows)
            {
                row.State = BlankState.Returned;
                booking.Update(row);
            }

            return booking;
        }
    }
}
