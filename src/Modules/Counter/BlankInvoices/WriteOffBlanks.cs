using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;
using Platform.Ledger.Requests;

namespace Counter.BlankInvoices;

/// <summary>作废 and 遗失: writes numbers off. Losing needs an approval.</summary>
internal static class WriteOffBlanks
{
    public static readonly ApprovalAction Lose = new("lose-blanks", "Report blank invoices lost", "空白发票遗失");

    internal sealed record Command(bool Lost, WriteOffBlanksRequest Body) : IBookingCommand<BlankMovementResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app)
        {
            app.MapPost(
                    "/blank-invoices/voids",
                    (WriteOffBlanksRequest body, Sender send, CancellationToken ct) => send.Book(new Command(false, body), ct)
                )
                .WithName("VoidBlanks")
                .WithOperation("VoidBlanks")
                .WithSummary("Void blank invoices")
                .WithDescription("Voids numbers that the caller holds. The paper is handed in with the next count.")
                .RequireRight(BlankRights.Hold)
                .Books<BlankMovementResponse>()
                .ProducesRefusals<BlanksNotMovable>();
            app.MapPost(
                    "/blank-invoices/losses",
                    (WriteOffBlanksRequest body, Sender send, CancellationToken ct) => send.Book(new Command(true, body), ct)
                )
                .WithName("ReportBlanksLost")
                .WithOperation("ReportBlanksLost")
                .WithSummary("Report blank invoices lost")
                .WithDescription("Numbers in the branch's stock or with the caller. Needs an approval (action lose-blanks).")
                .RequireRight(BlankRights.Hold)
                .Books<BlankMovementResponse>()
                .TakesApproval()
                .ProducesRefusals<BlanksNotMovable>();
        }
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Range).NotNull().SetValidator(new BlankRangeValidator());
            RuleFor(c => c.Body.Reason).NotNull().PlainText(200);
        }
    }

    internal sealed class Handler(BlankStock stock, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, BlankMovementResponse>
    {
        protected override async Task<Outcome<Booking<BlankMovementResponse>>> Decide(Command command, CancellationToken ct)
        {
            var (body, caller) = (command.Body, request.Caller);
            var (rows, missing) = await stock.Range(
                body.Range,
                b =>
                    b.HandoverId is null
                    && b.BranchId == caller.BranchId
                    && (
                        (b.State == BlankState.Issued && b.HolderId == caller.OperatorId)
                        || (command.Lost && b.State == BlankState.Received)
                    ),
                ct
            );
            if (missing.Count > 0)
            {
                return BlankBookings.NotMovable(missing);
            }

            if (command.Lost && !request.IsApproved(Lose))
            {
                return request.ApprovalRequired(
                    Lose,
                    new ApprovalSubject
                    {
                        Facts =
                        [
                            new ApprovalFact("Numbers", "号码", $"{body.Range.Code} {body.Range.From}-{body.Range.To}"),
                            new ApprovalFact("Report", "报告", body.Reason),
                        ],
                    }
                );
            }

            var movement = BlankBookings.Movement(
                request,
                clock,
                command.Lost ? BlankMove.Loss : BlankMove.Void,
                body.Range,
                caller.OperatorId,
                null,
                remark: body.Reason
            );
            var actor = command.Lost ? request.ApprovedActor(Lose) : request.Actor;
            var booking = BlankBookings.Booking(actor, command.Lost ? "lose-blanks" : "void-blanks", movement).Insert(movement);
            foreach (var row in rows)
            {
                (row.State, row.Reason) = (command.Lost ? BlankState.Lost : BlankState.Void, body.Reason);
                booking.Update(row);
            }

            return booking;
        }
    }
}
