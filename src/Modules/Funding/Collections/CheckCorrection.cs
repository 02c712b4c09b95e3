using Counter;
using Counter.Payments;
using Counter.Transactions;
using FluentValidation;
using Funding.Allocations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Cards.Operations;
using Platform.Documents;

namespace Funding.Collections;

/// <summary>Whether a collection can be voided or reversed, and the steps before it.</summary>
/// <param name="SerialNumber" example="00030150224112025607">The collection.</param>
/// <param name="Kind" example="void">The possible correction: a void before the day-end, a reversal after it.</param>
/// <param name="Possible" example="false">Whether the caller can do it now (with an approval).</param>
/// <param name="CardNumber" example="0000019000000000">The card of the collection.</param>
/// <param name="PaymentMethod" example="cash">The payment method.</param>
/// <param name="Amount" example="50000">The received amount in fen.</param>
/// <param name="Bonus" example="500">The bonus in fen that the correction takes back.</param>
/// <param name="Points" example="0">The points that the correction takes back.</param>
/// <param name="QuotaBalance" example="10500">Fen in the quota account.</param>
/// <param name="Missing" example="40000">The amount in fen that must first return to the quota account.</param>
/// <param name="Obstacles">All obstacles, in the order to remove them.</param>
/// <param name="Steps">The steps that return the missing money, in this order.</param>
/// <param name="Spent" example="0">The missing amount in fen that no step can return, because it was spent.</param>
public sealed record CorrectionCheckResponse(
    string SerialNumber,
    CorrectionKind Kind,
    bool Possible,
    string CardNumber,
    PaymentMethod? PaymentMethod,
    long Amount,
    long Bonus,
    long Points,
    long QuotaBalance,
    long Missing,
    IReadOnlyList<CorrectionObstacle> Obstacles,
    IReadOnlyList<CorrectionStep> Steps,
    long Spent
);

/// <summary>An obstacle to a correction.</summary>
/// <param name="Code" example="quota-too-small-for-void">The code of the refusal.</param>
/// <param name="Message" example="The quota balance is too small.">In the language of the request.</param>
/// <param name="OperationIds">The card operations that hold the needed money, usually none. Read their cards again.</param>
public sealed record CorrectionObstacle(string Code, string Message, IReadOnlyList<string> OperationIds);

/// <summary>A way to return missing money.</summary>
public enum CorrectionStepKind
{
    /// <summary>From a card's reserve account, without the card.</summary>
    ReturnReserve,

    /// <summary>From a card's purse, with the card in the reader.</summary>
    Unload,

    /// <summary>Read the card again to settle its open operation. Then repeat the check.</summary>
    RereadCard,
}

/// <summary>One step to return missing money.</summary>
/// <param name="Order" example="1">From 1.</param>
/// <param name="Kind" example="returnReserve">What to do.</param>
/// <param name="CardNumber" example="0000019000000000">The card of the step.</param>
/// <param name="Available" example="60000">The available amount in fen on the card.</param>
/// <param name="Amount" example="40000">The needed amount in fen.</param>
/// <param name="OperationId" example="126437891174400000">The card operation that a card re-read settles; null for other steps.</param>
public sealed record CorrectionStep(
    int Order,
    CorrectionStepKind Kind,
    string CardNumber,
    long Available,
    long Amount,
    string? OperationId = null
);

/// <summary>Shows beforehand whether a collection can be voided or reversed (FC-17.8).</summary>
internal static class CheckCorrection
{
    internal sealed record Query(string SerialNumber) : IQuery<CorrectionCheckResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/transactions/{serialNumber}/correction",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Query(new Query(serialNumber), ct)
                )
                .WithName(nameof(CheckCorrection))
                .WithSummary("Check whether a collection can be corrected")
                .WithDescription("Returns every obstacle to a void or reversal by the caller, the amounts, and the order of the steps.")
                .RequireRight(CounterRights.SeeTransactions)
                .Reads<CorrectionCheckResponse>()
                .RefusesOutOfReach()
                .Refuses(typeof(TransactionNotFound), typeof(NotACollection), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(
        AppDb db,
        TransactionTypes types,
        TransactionReach reach,
        IEnumerable<ICorrectionGuard> guards,
        RequestContext request
    ) : QueryHandler<Query, CorrectionCheckResponse>
    {
        protected override async Task<Outcome<CorrectionCheckResponse>> Read(Query query, CancellationToken ct)
        {
            var read = await CorrectionFacts.Read(db, types, query.SerialNumber, request.Caller.BranchId, ct);
            if ((read.Refusal ?? await reach.Whole(read.Value.Collection, ct)) is { } refusal)
            {
                return refusal;
            }

            var held = new List<Refusal>();
            foreach (var guard in guards)
            {
                held.AddRange(await guard.Obstacle(db, read.Value.Collection, ct) is { } obstacle ? [obstacle] : []);
            }

            return Show(read.Value, request.Actor, held);
        }
    }

    /// <param name="held">What later modules hold against it.</param>
    internal static CorrectionCheckResponse Show(CorrectionFacts facts, Actor actor, IReadOnlyList<Refusal>? held = null)
    {
        var collection = facts.Collection;
        var kind = facts.OpenDate > collection.BusinessDate ? CorrectionKind.Reversal : CorrectionKind.Void;
        IReadOnlyList<Refusal> obstacles = [.. CorrectionDecision.Obstacles(kind, facts, actor), .. held ?? []];
        var steps = facts.IsCorrected ? [] : Steps(facts);
        return new CorrectionCheckResponse(
            SerialNumber.Of(collection.Id),
            kind,
            obstacles.Count == 0,
            facts.Card.Number,
            collection.PaidBy(),
            collection.Amount,
            collection.Bonus,
            collection.Points,
            facts.Quota,
            facts.IsCorrected ? 0 : facts.Missing,
            [.. obstacles.Select(o => new CorrectionObstacle(o.Code, Language.IsChinese ? o.Zh : o.En, HeldBackBy(o, facts)))],
            steps,
            facts.IsCorrected ? 0 : facts.Missing - steps.Sum(s => s.Amount)
        );
    }

    /// <summary>The open card operations, for an obstacle that settling them may remove.</summary>
    private static List<string> HeldBackBy(Refusal obstacle, CorrectionFacts facts) =>
        obstacle is QuotaTooSmallForVoid or RechargeStillOnCard or CardBusy
            ? [.. Sources(facts).Select(c => c.OperationId).OfType<long>().Select(IdText.Of)]
            : [];

    /// <summary>What went into a card's purse must come back from that card.</summary>
    private static IEnumerable<CardHolding> Sources(CorrectionFacts facts) =>
        facts.StillOnCard > 0 ? facts.Cards.Where(c => c.CardNumber == facts.Card.Number) : facts.Cards;

    /// <summary>
    /// Reserve accounts first, since they need no card in the reader; the fullest first, so that the steps are few. A card with an open operation is
    /// read again before it is unloaded.
    /// </summary>
    private static List<CorrectionStep> Steps(CorrectionFacts facts)
    {
        var steps = new List<CorrectionStep>();
        var missing = facts.Missing;
        var cards = Sources(facts).ToList();
        foreach (var card in cards.OrderByDescending(c => c.Reserve))
        {
            Take(CorrectionStepKind.ReturnReserve, card, card.Reserve);
        }

        foreach (var card in cards.OrderByDescending(c => c.InTransit))
        {
            Take(CorrectionStepKind.RereadCard, card, card.InTransit);
        }

        foreach (var card in cards.OrderByDescending(c => c.Purse))
        {
            if (missing > 0 && card is { Purse: > 0, InTransit: 0, OperationId: { } operation })
            {
                steps.Add(new CorrectionStep(steps.Count + 1, CorrectionStepKind.RereadCard, card.CardNumber, 0, 0, IdText.Of(operation)));
            }

            Take(CorrectionStepKind.Unload, card, card.Purse);
        }

        return steps;

        void Take(CorrectionStepKind kind, CardHolding card, long available)
        {
            var amount = Math.Min(missing, available);
            if (amount == 0)
            {
                return;
            }

            var operation = kind == CorrectionStepKind.RereadCard && card.OperationId is { } id ? IdText.Of(id) : null;
            steps.Add(new CorrectionStep(steps.Count + 1, kind, card.CardNumber, available, amount, operation));
            missing -= amount;
        }
    }
}
