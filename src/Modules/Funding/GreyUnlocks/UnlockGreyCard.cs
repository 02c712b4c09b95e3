using Access.SystemParameters;
using FluentValidation;
using Funding.Consumption;
using Funding.Loads;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Funding.GreyUnlocks;

/// <summary>How to unlock a card that a station left locked.</summary>
/// <param name="WithoutRecord" example="false">True unlocks with amount 0 if no station uploaded the fill within the waiting time; needs an
/// approval.</param>
public sealed record UnlockGreyCardRequest(bool WithoutRecord);

/// <summary>An unlock is ready. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="CardNumber">The card that must be in the reader.</param>
/// <param name="KnownFills">The uploaded fills that the card has not paid yet.</param>
public sealed record GreyUnlockStarted(CardOperationTicket Operation, string CardNumber, int KnownFills);

/// <summary>灰锁解扣: frees a card that a station locked for a fill and left so; the card pays the amount of the station's record.</summary>
internal static class UnlockGreyCard
{
    public static readonly ApprovalAction EmptyApproval = new(
        "grey-unlock-without-record",
        "Unlock a grey card without a station's record",
        "无交易记录灰锁解扣"
    );
    private const int MaxFills = 10;

    internal sealed record Command(string CardNumber, UnlockGreyCardRequest Body) : IBookingCommand<GreyUnlockStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/grey-unlocks",
                    (string cardNumber, UnlockGreyCardRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(UnlockGreyCard))
                .WithOperation("UnlockGreyCard")
                .WithSummary("Unlock a card that a station left locked")
                .ForCards(
                    FundingFunctions.UnlockGreyCard,
                    "Returns the ticket of a card operation. Terminal and GTAC on the card identify the fill, and the card pays the "
                        + "amount of the station's record. Without a record, the operation ends as notDone with grey-record-missing or "
                        + "grey-wait-not-over. If the card is not locked, it ends with card-not-grey-locked."
                )
                .Books<GreyUnlockStarted>(StatusCodes.Status202Accepted)
                .TakesApproval()
                .Refuses(typeof(CardBusy));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.CardNumber).CardNumber();
    }

    internal sealed class Handler(
        AppDb db,
        Parameters parameters,
        CardOperationEngine engine,
        CardKeyRing keys,
        TimeProvider clock,
        RequestContext request
    ) : BookingHandler<Command, GreyUnlockStarted>
    {
        protected override async Task<Outcome<Booking<GreyUnlockStarted>>> Decide(Command command, CancellationToken ct)
        {
            var view = await db.CardView(command.CardNumber, ct);
            if (FundingFunctions.UnlockGreyCard.Check(view) is { } unusable)
            {
                return unusable;
            }

            var (card, empty) = (view!.Card, command.Body.WithoutRecord);
            if (empty && !request.IsApproved(EmptyApproval))
            {
                return request.ApprovalRequired(EmptyApproval, CardSubject.Of(view));
            }

            var days = (int)await parameters.Number(FundingParameters.LateConsumptionDays, request.Caller.BranchId, ct);
            var fills = await db.Set<ConsumptionRecord>()
                .Where(r => r.CardId == card.Id && r.State == ConsumptionState.AwaitingUnlock)
                .OrderByDescending(r => r.Counter)
                .Take(MaxFills)
                .Select(r => new GreyFill(r.Terminal, r.GreyTac!, r.Counter, r.Amount))
                .ToListAsync(ct);
            var serial = PublicFile.SerialOf(keys.Profile, card.Number);
            return Booking(card, new GreyUnlockOrder(serial, LoadOrders.Terminal, fills, empty, days));
        }

        private Booking<GreyUnlockStarted> Booking(Card card, GreyUnlockOrder unlock)
        {
            CardOperationTicket? ticket = null;
            var booking = new Booking<GreyUnlockStarted>(
                Ids.Next(),
                request.ApprovedActor(EmptyApproval),
                new AuditNote(FundingFunctions.UnlockGreyCard.Action, $"card:{card.Id}", new { unlock.WithoutRecord }),
                _ =>
                    Answer.Accepted(
                        $"/v1/card-operations/{ticket!.OperationId}",
                        new GreyUnlockStarted(ticket, card.Number, unlock.Fills.Count)
                    )
            );
            var order = new GreyCardOrder(card.Id, card.CustomerId, card.Number);
            var start = (ScriptStep.Send)GreyUnlockScript.Start(unlock, keys.Context(clock));
            ticket = engine.Create(
                booking,
                new NewCardOperation(GreyUnlockFlow.Name, card.Id, card.CustomerId, card.Number, 0, order, start)
            );
            return booking;
        }
    }
}
