using Billing.TopUps.Carriers;

namespace Billing.TopUps.Pins;

/// <summary>Receives a batch of PINs into the encrypted stock (MT-05.1).</summary>
internal static class ReceivePins
{
    private const int MostBytes = 128 * 1024;

    internal sealed record Command(ReceivePinsRequest Body) : IBookingCommand<PinBatchResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-up-pin-batches",
                    (ReceivePinsRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(ReceivePins))
                .WithOperation("ReceivePins")
                .WithSummary("Receive prepaid PINs")
                .WithDescription(
                    "Takes a batch of at most 500 PINs into stock, all or none. The codes are encrypted. A batch is received once."
                )
                .WithMetadata(new BodyLimit(MostBytes))
                .RequireRight(TopUpRights.KeepPins)
                .Books<PinBatchResponse>()
                .ProducesRefusals<CarrierUnknown, PinBatchKnown, PinSerialKnown>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.CarrierCode).NotNull().CarrierCode();
            RuleFor(c => c.Body.BatchNumber).NotNull().PlainText(TopUpLimits.Serial);
            RuleFor(c => c.Body.Pins).NotNull().Count(1, TopUpLimits.Pins);
            RuleForEach(c => c.Body.Pins)
                .ChildRules(p =>
                {
                    p.RuleFor(x => x.Serial).NotNull().Matches("^[0-9A-Za-z]{1,40}$");
                    p.RuleFor(x => x.Pin).NotNull().Matches("^[0-9]{6,32}$");
                    p.RuleFor(x => x.FaceValue).InclusiveBetween(1, TopUpLimits.Fen);
                });
        }
    }

    internal sealed class Handler(AppDb db, PinVault vault, RequestContext request) : BookingHandler<Command, PinBatchResponse>
    {
        protected override async Task<Outcome<Booking<PinBatchResponse>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var carrier = await db.Set<TopUpCarrier>().AsNoTracking().SingleOrDefaultAsync(c => c.Code == body.CarrierCode, ct);
            if (carrier is null)
            {
                return new CarrierUnknown();
            }

            var serials = body.Pins.Select(p => p.Serial).Distinct(StringComparer.Ordinal).ToArray();
            if (
                serials.Length < body.Pins.Count
                || await db.Set<TopUpPin>().AnyAsync(p => p.CarrierId == carrier.Id && serials.Contains(p.Serial), ct)
            )
            {
                return new PinSerialKnown();
            }

            var (id, actor, amount) = (Ids.Next(), request.Actor, body.Pins.Sum(p => p.FaceValue));
            var count = body.Pins.Count;
            var booking = new Booking<PinBatchResponse>(
                id,
                actor,
                new AuditNote("receive-pins", $"pin-batch:{id}", new { body.BatchNumber, count }),
                _ =>
                    Answer.Created(
                        $"/v1/top-up-pin-batches/{IdText.Of(id)}",
                        new PinBatchResponse(IdText.Of(id), body.BatchNumber, carrier.Code, count, amount, count, 0, 0)
                    )
            )
                .WithHead(
                    new Transaction(id, TopUpTransactions.PinsReceived, actor) { Amount = amount, ReferenceNumber = body.BatchNumber }
                )
                .Move(new AccountRef(TopUpAccounts.PinStock, carrier.Id), new AccountRef(TopUpAccounts.PinPayable, carrier.Id), amount)
                .Insert(
                    new PinBatch
                    {
                        Id = id,
                        CarrierId = carrier.Id,
                        Number = body.BatchNumber,
                        Count = count,
                        Amount = amount,
                    }
                )
                .IfDuplicate(PinBatch.NumberIndex, new PinBatchKnown())
                .IfDuplicate(TopUpPin.SerialIndex, new PinSerialKnown());
            foreach (var pin in body.Pins)
            {
                booking.Insert(
                    new TopUpPin
                    {
                        Id = Ids.Next(),
                        BatchId = id,
                        CarrierId = carrier.Id,
                        Serial = pin.Serial,
                        Secret = vault.Encrypt(pin.Serial, pin.Pin),
                        FaceValue = pin.FaceValue,
                        ExpiresOn = pin.ExpiresOn,
                        Allowed = 1,
                        Version = 1,
                    }
                );
            }

            return booking;
        }
    }
}
