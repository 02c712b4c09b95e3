using Billing.TopUps.Sales;

namespace Billing.TopUps.Pins;

/// <summary>Shows the code of a sold PIN: once, and once more for each approval (MT-05.1).</summary>
internal static class ShowPin
{
    private const int Tries = 3;

    internal sealed record Command(string SerialNumber) : IWorkCommand<ShownPin>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-up-pin-sales/{serialNumber}/showing",
                    (string serialNumber, Sender send, CancellationToken ct) =>
                        send.Work(new Command(serialNumber), r => Results.Json(r, Json.Options), ct)
                )
                .WithName(nameof(ShowPin))
                .WithSummary("Show a sold PIN")
                .WithDescription(
                    "Returns the code for the PIN slip, once: the store that sold it counts the showing before it answers, and keeps no copy of the "
                        + "answer. After a failed printing allow a further showing, with an approval."
                )
                .RequireRight(TopUpRights.Sell)
                .Reads<ShownPin>()
                .ProducesRefusals<ValidationFailed, PinSaleUnknown, PinShownAlready, TopUpOfOtherBranch>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, Books books, PinVault vault, RequestContext request) : WorkHandler<Command, ShownPin>
    {
        protected override async Task<Outcome<ShownPin>> Run(Command command, CancellationToken ct)
        {
            var saleId = SerialNumber.Parse(command.SerialNumber);
            for (var i = 0; i < Tries; i++)
            {
                var pin = await db.Set<TopUpPin>().AsNoTracking().SingleOrDefaultAsync(p => p.SaleId == saleId, ct);
                if (pin is null)
                {
                    return new PinSaleUnknown();
                }

                if (pin.BranchId != request.Caller.BranchId)
                {
                    return new TopUpOfOtherBranch();
                }

                if (pin.Shown >= pin.Allowed)
                {
                    return new PinShownAlready();
                }

                pin.Shown++;
                var counted = new SilentBooking(Ids.Next(), request.Actor, new AuditNote("show-pin", $"top-up-pin:{pin.Id}")).Update(pin);
                if (await books.Post(counted) is BookingResult.Answered)
                {
                    return new ShownPin(pin.Serial, vault.Decrypt(pin.Serial, pin.Secret), pin.FaceValue);
                }
            }

            return new PinShownAlready();
        }
    }
}
