using System.Collections.Concurrent;
using System.Globalization;
using Billing.TopUps.Carriers;
using Billing.TopUps.Sales;

namespace Billing.TopUps.Pins;

/// <summary>
/// PINs that this process is selling now: tills that sell at once take one after the other, the oldest first, instead of losing to each other. That a
/// PIN is sold once is held by its row's version.
/// </summary>
internal sealed class PinReservations(TimeProvider clock)
{
    private static readonly TimeSpan s_held = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<long, long> _taken = new();

    public bool TryTake(long pinId)
    {
        foreach (var (id, at) in _taken)
        {
            if (clock.GetElapsedTime(at) > s_held)
            {
                _taken.TryRemove(id, out _);
            }
        }

        return _taken.TryAdd(pinId, clock.GetTimestamp());
    }
}

/// <summary>离线充值: sells a PIN from stock, the oldest first, never twice, never an expired one (MT-01.5, MT-05.1).</summary>
internal static class SellPin
{
    private const int Candidates = 64;

    internal sealed record Command(SellPinRequest Body) : IBookingCommand<PinSold>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/top-up-pin-sales", (SellPinRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct))
                .WithName(nameof(SellPin))
                .WithOperation("SellPin")
                .WithSummary("Sell a prepaid PIN")
                .WithDescription(
                    "Sells the oldest PIN of the carrier and value that has not expired. The answer does not carry the code: the till shows it by "
                        + "the sale's showing, once. A receipt sells one PIN."
                )
                .RequireRight(TopUpRights.Sell)
                .Books<PinSold>()
                .Refuses(
                    typeof(CarrierUnknown),
                    typeof(CarrierClosed),
                    typeof(PinsSoldOut),
                    typeof(ReceiptTaken),
                    typeof(ReceiptDateWrong)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.CarrierCode).NotNull().CarrierCode();
            RuleFor(c => c.Body.FaceValue).InclusiveBetween(1, TopUpLimits.Fen);
            RuleFor(c => c.Body.TillNumber).NotNull().TillNumber();
            RuleFor(c => c.Body.ReceiptNumber).NotNull().ReceiptNumber();
        }
    }

    internal sealed class Handler(AppDb db, PinReservations reservations, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, PinSold>
    {
        protected override async Task<Outcome<Booking<PinSold>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var carrier = await db.Set<TopUpCarrier>().AsNoTracking().SingleOrDefaultAsync(c => c.Code == body.CarrierCode, ct);
            if (carrier is null)
            {
                return new CarrierUnknown();
            }

            var today = ChinaCalendar.Today(clock);
            if (!carrier.IsOpen)
            {
                return new CarrierClosed();
            }

            if (Math.Abs(body.ReceiptDate.DayNumber - today.DayNumber) > 1)
            {
                return new ReceiptDateWrong();
            }

            var (branchId, receipt) = (request.Caller.BranchId, long.Parse(body.ReceiptNumber, CultureInfo.InvariantCulture));
            var earlier = await db.Set<TopUpPin>()
                .Where(p => p.BranchId == branchId && p.ReceiptDate == body.ReceiptDate)
                .Where(p => p.TillNumber == body.TillNumber && p.ReceiptNumber == receipt)
                .Select(p => p.SaleId)
                .SingleOrDefaultAsync(ct);
            if (earlier is { } sale)
            {
                return new ReceiptTaken(SerialNumber.Of(sale));
            }

            var oldest = await db.Set<TopUpPin>()
                .AsNoTracking()
                .Where(p => p.CarrierId == carrier.Id && p.FaceValue == body.FaceValue && p.State == PinState.Stock && p.ExpiresOn >= today)
                .OrderBy(p => p.Id)
                .Take(Candidates)
                .ToListAsync(ct);
            return oldest.Count == 0 ? new PinsSoldOut()
                : oldest.Find(p => reservations.TryTake(p.Id)) is { } pin ? Booking(pin, body, branchId, receipt)
                : new ConcurrentChange();
        }

        private Booking<PinSold> Booking(TopUpPin pin, SellPinRequest body, long branchId, long receipt)
        {
            var (id, actor) = (Ids.Next(), request.Actor);
            (pin.State, pin.SaleId, pin.BranchId) = (PinState.Sold, id, branchId);
            (pin.TillNumber, pin.ReceiptNumber, pin.ReceiptDate) = (body.TillNumber, receipt, body.ReceiptDate);
            return new Booking<PinSold>(
                id,
                actor,
                new AuditNote("sell-pin", $"top-up-pin:{pin.Id}"),
                p =>
                    Answer.Created(
                        $"/v1/transactions/{p.SerialNumber}",
                        new PinSold(p.SerialNumber, pin.Serial, pin.FaceValue, pin.ExpiresOn)
                    )
            )
                .WithHead(
                    new Transaction(id, TopUpTransactions.PinSale, actor)
                    {
                        Amount = pin.FaceValue,
                        ReferenceNumber = $"{body.TillNumber}-{receipt.ToString(CultureInfo.InvariantCulture)}",
                    }
                )
                .Move(
                    new AccountRef(TopUpAccounts.TillClaim, branchId),
                    new AccountRef(TopUpAccounts.PinStock, pin.CarrierId),
                    pin.FaceValue
                )
                .Update(pin)
                .IfDuplicate(TopUpPin.ReceiptIndex, new ConcurrentChange());
        }
    }
}
