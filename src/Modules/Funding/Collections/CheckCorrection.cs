using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform;
using Platform.CardOperations;

namespace Funding;

/// <summary>Whether a collection can be taken back, and what to do first.</summary>
/// <param name="SerialNumber" example="00030150224112025607">The collection.</param>
/// <param name="Kind" example="void">How it would be taken back now: by a void before its day-end, by a reversal after it.</param>
/// <param name="Possible" example="false">May the caller do it now (with an approval)?</param>
/// <param name="CardNumber" example="0000019000000000">The card it was paid by.</param>
/// <param name="PaymentMethod" example="cash">How it was paid.</param>
/// <param name="Amount" example="50000">Fen that were received.</param>
/// <param name="Bonus" example="500">Fen of bonus that would be taken back.</param>
/// <param name="Points" example="0">Points that would be taken back.</param>
/// <param name="QuotaBalance" example="10500">Fen in the quota account.</param>
/// <param name="Missing" example="40000">Fen that must first come back to it.</param>
/// <param name="Obstacles">Everything that stands against it, in the order to remove them.</param>
/// <param name="Steps">What brings the missing money back, in this order.</param>
/// <param name="Spent" example="0">Fen of the missing money that no step can bring back: they were spent.</param>
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

/// <summary>Something that stands against a correction.</summary>
/// <param name="Code" example="quota-too-small-for-void">The code with which the correction would be refused.</param>
/// <param name="Message" example="The quota balance is too small.">In the language of the request.</param>
/// <param name="OperationIds">The card operations that hold back what it needs: read their cards again; mostly empty.</param>
public sealed record CorrectionObstacle(string Code, string Message, IReadOnlyList<string> OperationIds);

/// <summary>How missing money comes back.</summary>
public enum CorrectionStepKind
{
    /// <summary>From a card's reserve account, at the counter alone.</summary>
    ReturnReserve,

    /// <summary>From a card's purse, with the card in the reader.</summary>
    Unload,

    /// <summary>The card is read again, which settles its open operation: then ask anew where the money is.</summary>
    RereadCard,
}

/// <summary>One step to bring missing money back.</summary>
/// <param name="Order" example="1">From 1.</param>
/// <param name="Kind" example="returnReserve">What to do.</param>
/// <param name="CardNumber" example="0000019000000000">With which card.</param>
/// <param name="Available" example="60000">Fen the card has there.</param>
/// <param name="Amount" example="40000">Fen that are needed of it.</param>
/// <param name="OperationId" example="126437891174400000">The card operation that reading the card again settles; null for the other steps.</param>
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
                .WithSummary("Check whether a collection can be taken back")
                .WithDescription("Every obstacle to a void or reversal by the caller, the amounts, and the order in which to remove them.")
                .RequireRight(FundingRights.SeeTransactions)
                .Reads<CorrectionCheckResponse>()
                .RefusesOutOfReach()
                .Refuses(typeof(TransactionNotFound), typeof(NotACollection), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, TransactionReach reach, RequestContext request) : QueryHandler<Query, CorrectionCheckResponse>
    {
        protected override async Task<Outcome<CorrectionCheckResponse>> Read(Query query, CancellationToken ct)
        {
            var read = await CorrectionFacts.Read(db, query.SerialNumber, request.Caller.BranchId, ct);
            return (read.Refusal ?? await reach.Whole(read.Value.Collection, ct)) is { } refusal
                ? refusal
                : Show(read.Value, request.Actor);
        }
    }

    internal static CorrectionCheckResponse Show(CorrectionFacts facts, Actor actor)
    {
        var collection = facts.Collection;
        var kind = facts.OpenDate > collection.BusinessDate ? CorrectionKind.Reversal : CorrectionKind.Void;
        var obstacles = CorrectionDecision.Obstacles(kind, facts, actor);
        var steps = facts.IsCorrected ? [] : Steps(facts);
        return new CorrectionCheckResponse(
            SerialNumber.Of(collection.Id),
            kind,
            obstacles.Count == 0,
            facts.Card.Number,
            collection.PaymentMethod,
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
