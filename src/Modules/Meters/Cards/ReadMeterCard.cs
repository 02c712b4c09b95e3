using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Meters.Cards;

/// <summary>A reading of a card is ready. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket. Its id is the <c>readId</c> of what follows.</param>
public sealed record MeterCardReadStarted(CardOperationTicket Operation);

/// <summary>读卡 (PM-05.1, PM-09.1): any card; what it is and what is wrong with it says <see cref="GetMeterCardRead"/>.</summary>
internal static class ReadMeterCard
{
    public const string OperationKind = "meter-card-read";

    internal sealed record Command : IBookingCommand<MeterCardReadStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/meter-card-reads", (Sender send, CancellationToken ct) => send.Book(new Command(), ct))
                .WithName(nameof(ReadMeterCard))
                .WithOperation("ReadMeterCard")
                .WithSummary("Read the meter card in the reader")
                .WithDescription(
                    "Returns the ticket of a card operation. Every step at the counter begins with it: the operation's id is the readId "
                        + "of sales, corrections and the others, for ten minutes. What the meter wrote back is stored."
                )
                .RequireRight(MeterRights.See)
                .Books<MeterCardReadStarted>(StatusCodes.Status202Accepted);
    }

    internal sealed class Validator : AbstractValidator<Command>;

    internal sealed class Handler(CardOperationEngine engine, RequestContext request) : BookingHandler<Command, MeterCardReadStarted>
    {
        protected override Task<Outcome<Booking<MeterCardReadStarted>>> Decide(Command command, CancellationToken ct)
        {
            CardOperationTicket? ticket = null;
            var booking = new Booking<MeterCardReadStarted>(
                Ids.Next(),
                request.Actor,
                new AuditNote("read-meter-card", "meter-card"),
                _ => Answer.Accepted($"/v1/meter-card-reads/{ticket!.OperationId}", new MeterCardReadStarted(ticket))
            );
            ticket = engine.Create(
                booking,
                new NewCardOperation(OperationKind, null, null, null, 0, new { }, MeterCardScript.Start(new MeterCardTask(null)))
            );
            return Task.FromResult<Outcome<Booking<MeterCardReadStarted>>>(booking);
        }
    }
}

/// <summary>Keeps what was read, and what the meters wrote back.</summary>
internal sealed class ReadMeterCardFlow(CardsOnCounter cards, MeterSightings sightings, TimeProvider clock) : CardOperationFlow
{
    public override string Kind => ReadMeterCard.OperationKind;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        if (point is MeterCardScript.Seen seen)
        {
            booking.Insert(
                new MeterCardRead
                {
                    Id = operation.Id,
                    BranchId = operation.BranchId,
                    OperatorId = operation.OperatorId,
                    Image = Convert.ToHexString(seen.Image.Bytes),
                    At = clock.GetUtcNow().UtcDateTime,
                }
            );
            foreach (var supply in sightings.Keep(booking, await cards.Of(seen.Image, ct)))
            {
                booking.Update(supply);
            }
        }

        return null;
    }
}
