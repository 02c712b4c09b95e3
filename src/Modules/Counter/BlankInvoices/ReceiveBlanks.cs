using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Ledger.Requests;

namespace Counter.BlankInvoices;

/// <summary>入库: takes a range from the supplier into the branch's stock.</summary>
internal static class ReceiveBlanks
{
    internal sealed record Command(SupplierBlanksRequest Body) : IBookingCommand<BlankMovementResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/blank-invoices/receipts",
                    (SupplierBlanksRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(ReceiveBlanks))
                .WithOperation("ReceiveBlanks")
                .WithSummary("Receive blank invoices")
                .WithDescription(
                    "Takes a range of up to 1,000 numbers from the supplier into the branch's stock. A number is received once."
                )
                .RequireRight(BlankRights.Keep)
                .Books<BlankMovementResponse>()
                .ProducesRefusals<BlankKnown>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Body).SetValidator(new SupplierBlanksValidator());
    }

    internal sealed class Handler(RequestContext request, TimeProvider clock) : BookingHandler<Command, BlankMovementResponse>
    {
        protected override Task<Outcome<Booking<BlankMovementResponse>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var movement = BlankBookings.Movement(
                request,
                clock,
                BlankMove.Receipt,
                body.Range,
                null,
                request.Caller.OperatorId,
                body.SupplierPerson,
                body.Remark
            );
            var booking = BlankBookings
                .Booking(request.Actor, "receive-blanks", movement)
                .Insert(movement)
                .IfDuplicate(BlankInvoice.NumberIndex, new BlankKnown());
            foreach (var number in body.Range.Numbers())
            {
                booking.Insert(
                    new BlankInvoice
                    {
                        Id = Ids.Next(),
                        Code = body.Range.Code,
                        Number = number,
                        BranchId = request.Caller.BranchId,
                    }
                );
            }

            return Task.FromResult<Outcome<Booking<BlankMovementResponse>>>(booking);
        }
    }
}
