using Counter.Documents;
using Customers;
using Funding.Documents;
using Funding.Invoices;
using Issuance;
using Platform.Approvals;
using Platform.Cards.Operations;

namespace Funding.Collections;

/// <summary>The two kinds of correction.</summary>
public enum CorrectionKind
{
    /// <summary>撤单: a void before the day-end, by the operator who took the payment.</summary>
    Void,

    /// <summary>冲销: a reversal after the day-end, by the branch that took the payment.</summary>
    Reversal,
}

/// <summary>Decides voids and reversals, and says beforehand what stands against one (FC-17.8): one set of rules for doing and for showing.</summary>
internal static class CorrectionDecision
{
    public static readonly ApprovalAction VoidAction = new("void-collection", "Void a collection", "收款撤单");
    public static readonly ApprovalAction ReversalAction = new("reverse-collection", "Reverse a collection", "收款冲销");

    /// <summary>Everything that stands against the correction, the hardest first.</summary>
    public static IReadOnlyList<Refusal> Obstacles(CorrectionKind kind, CorrectionFacts facts, Actor actor)
    {
        var found = new List<Refusal>();
        var collection = facts.Collection;
        if (facts.IsCorrected)
        {
            found.Add(new AlreadyCorrected());
        }

        if (collection.BranchId != actor.BranchId)
        {
            found.Add(new OtherBranchCollected());
        }
        else if (OnDate(kind, collection.BusinessDate, facts.OpenDate) is { } wrongDay)
        {
            found.Add(wrongDay);
        }
        else if (kind == CorrectionKind.Void && collection.OperatorId != actor.OperatorId)
        {
            found.Add(new OtherOperatorCollected());
        }

        if (!facts.IsCorrected && facts.IsBeingLoaded)
        {
            found.Add(new CardBusy());
        }

        if (!facts.IsCorrected && facts.StillOnCard > 0)
        {
            found.Add(new RechargeStillOnCard(facts.Needed, facts.StillOnCard, facts.Holding(c => c.Reserve), facts.Holding(c => c.Purse)));
        }
        else if (!facts.IsCorrected && facts.Missing > 0)
        {
            found.Add(TooSmall(facts, facts.Quota));
        }

        if (!facts.IsCorrected && facts.QuotaPoints < collection.Points)
        {
            found.Add(new PointsTooFewForVoid(collection.Points, facts.QuotaPoints));
        }

        return found;
    }

    /// <summary>The transaction that takes amount, bonus and points back, at the business date it lands on.</summary>
    public static Booking<CollectionCorrectionResponse> Decide(
        long id,
        CorrectionKind kind,
        Actor actor,
        CorrectionFacts facts,
        AccountRef receivedIn,
        Invoice? invoice
    )
    {
        var collection = facts.Collection;
        var quota = facts.Customer.Quota;
        var points = facts.Customer.QuotaPoints;
        var booking = new Booking<CollectionCorrectionResponse>(id, actor, Note(kind, collection), p => Answered(p, facts))
            .WithHead(Head(id, kind, actor, collection))
            .Move(quota, receivedIn, collection.Amount)
            .Move(quota, new AccountRef(IssuanceAccounts.Bonus, facts.Customer.Id), collection.Bonus)
            .Move(points, new AccountRef(FundingAccounts.PointsIssued, collection.BranchId), collection.Points)
            .IfShort(quota, balance => TooSmall(facts, balance))
            .IfShort(points, balance => new PointsTooFewForVoid(collection.Points, balance))
            .IfDuplicate(Transaction.CorrectsIndex, new AlreadyCorrected())
            .RefuseOn(date => OnDate(kind, collection.BusinessDate, date));
        if (invoice is not null)
        {
            invoice.Return(booking);
        }

        return booking;
    }

    private static Refusal? OnDate(CorrectionKind kind, DateOnly collected, DateOnly open) =>
        kind switch
        {
            CorrectionKind.Void => open == collected ? null : new DayAlreadyClosed(collected),
            _ => open > collected ? null : new DayStillOpen(collected),
        };

    private static QuotaTooSmallForVoid TooSmall(CorrectionFacts facts, long balance) =>
        new(
            facts.Needed,
            balance,
            facts.Needed - balance,
            facts.Cards.Sum(c => c.Reserve),
            facts.Cards.Sum(c => c.Purse),
            facts.Cards.Sum(c => c.InTransit)
        );

    private static AuditNote Note(CorrectionKind kind, Transaction collection) =>
        new((kind == CorrectionKind.Void ? VoidAction : ReversalAction).Name, $"transaction:{collection.Id}");

    private static Transaction Head(long id, CorrectionKind kind, Actor actor, Transaction collection) =>
        new(id, kind == CorrectionKind.Void ? FundingTransactions.VoidCollection : FundingTransactions.Reversal, actor)
        {
            CustomerId = collection.CustomerId,
            CardId = collection.CardId,
            Amount = collection.Amount,
            Bonus = collection.Bonus,
            Points = collection.Points,
            PaymentMethod = collection.PaymentMethod,
            ReferenceNumber = collection.ReferenceNumber,
            CorrectsId = collection.Id,
            Details = collection.Details,
        };

    private static Answer<CollectionCorrectionResponse> Answered(Posted posted, CorrectionFacts facts) =>
        Answer.Created(
            $"/v1/transactions/{posted.SerialNumber}",
            new CollectionCorrectionResponse(
                posted.SerialNumber,
                SerialNumber.Of(facts.Collection.Id),
                facts.Card.Number,
                facts.Customer.Code,
                facts.Collection.Amount,
                facts.Collection.Bonus,
                facts.Collection.Points,
                posted.Balance(IssuanceAccounts.Quota, facts.Customer.Id),
                posted.BusinessDate,
                posted.BookedAt,
                FundingPapers.AdvanceReceipt(posted.SerialNumber)
            )
        );
}
