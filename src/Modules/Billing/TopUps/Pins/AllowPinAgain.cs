using Billing.TopUps.Sales;

namespace Billing.TopUps.Pins;

/// <summary>Allows the same PIN to be shown again after a printing that failed, with approval (MT-05.1).</summary>
internal static class AllowPinAgain
{
    public static readonly ApprovalAction Action = new("show-pin-again", "Show a sold PIN again", "充值密码重新打印");

    internal sealed record Command(string SerialNumber, AllowPinAgainRequest Body) : IBookingCommand<PinAllowed>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-up-pin-sales/{serialNumber}/further-showings",
                    (string serialNumber, AllowPinAgainRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(AllowPinAgain))
                .WithOperation("AllowPinAgain")
                .WithSummary("Allow a sold PIN to be shown again")
                .WithDescription(
                    "Needs an approval (action show-pin-again). The same PIN is then shown once more at the store that sold it."
                )
                .RequireRight(TopUpRights.Sell)
                .Books<PinAllowed>()
                .TakesApproval()
                .ProducesRefusals<PinSaleUnknown, TopUpOfOtherBranch>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SerialNumber).SerialNumber();
            RuleFor(c => c.Body.Reason).NotNull().PlainText(TopUpLimits.Reason);
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, PinAllowed>
    {
        protected override async Task<Outcome<Booking<PinAllowed>>> Decide(Command command, CancellationToken ct)
        {
            var saleId = SerialNumber.Parse(command.SerialNumber);
            var pin = await db.Set<TopUpPin>().AsNoTracking().SingleOrDefaultAsync(p => p.SaleId == saleId, ct);
            if (pin is null)
            {
                return new PinSaleUnknown();
            }

            if (pin.BranchId != request.Caller.BranchId)
            {
                return new TopUpOfOtherBranch();
            }

            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject
                    {
                        Amount = pin.FaceValue,
                        Facts =
                        [
                            new ApprovalFact("PIN serial", "卡序列号", pin.Serial),
                            new ApprovalFact("Reason", "原因", command.Body.Reason),
                        ],
                    }
                );
            }

            pin.Allowed = Math.Max(pin.Allowed, pin.Shown + 1);
            var left = pin.Allowed - pin.Shown;
            return new Booking<PinAllowed>(
                Ids.Next(),
                request.ApprovedActor(Action),
                new AuditNote(Action.Name, $"top-up-pin:{pin.Id}"),
                _ => Answer.Created($"/v1/transactions/{command.SerialNumber}", new PinAllowed(pin.Serial, left))
            ).Update(pin);
        }
    }
}
