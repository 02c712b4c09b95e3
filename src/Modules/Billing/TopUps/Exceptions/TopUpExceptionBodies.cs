using Billing.TopUps.Sales;

namespace Billing.TopUps.Exceptions;

/// <summary>An exception with both sides. Amount in fen.</summary>
/// <param name="ExceptionId" example="150224112025602">Its id.</param>
/// <param name="SerialNumber" example="00150224112025602057">Of the top-up.</param>
/// <param name="Kind" example="successAfterFailure">What is wrong.</param>
/// <param name="OurState" example="failed">Our state when it was found.</param>
/// <param name="TheirAnswer" example="succeeded YD0000000001">The carrier's answer; null without one.</param>
/// <param name="Amount" example="5000">Fen.</param>
/// <param name="Refunded" example="true">Was the money given back? Accepting the carrier's answer is then a loss to claim.</param>
/// <param name="FoundAt">When it was found.</param>
/// <param name="State" example="open">How it was settled.</param>
/// <param name="Evidence" example="运营商账单核对">What it was settled by; null before.</param>
/// <param name="BranchCode" example="10100001">The store.</param>
public sealed record TopUpExceptionResponse(
    string ExceptionId,
    string SerialNumber,
    TopUpExceptionKind Kind,
    TopUpState OurState,
    string? TheirAnswer,
    long Amount,
    bool Refunded,
    DateTimeOffset FoundAt,
    TopUpExceptionState State,
    string? Evidence,
    string BranchCode
)
{
    internal static TopUpExceptionResponse Of(TopUpException e, TopUp t, string branchCode) =>
        new(
            IdText.Of(e.Id),
            t.SerialNumber,
            e.Kind,
            e.OurState,
            e.TheirAnswer,
            t.Amount,
            t.RefundId is not null,
            e.FoundAt.AtUtc(),
            e.State,
            e.Evidence,
            branchCode
        );
}

/// <summary>How an exception is settled.</summary>
/// <param name="Accept" example="true">true: the carrier's answer counts. false: our end stands.</param>
/// <param name="Evidence" example="运营商账单核对">What it is settled by, 1 to 200 characters.</param>
public sealed record SettleTopUpExceptionRequest(bool Accept, string Evidence);

/// <summary>There is no such exception.</summary>
public sealed record TopUpExceptionUnknown() : Refusal("top-up-exception-unknown", 404, "There is no such exception.", "无此充值异常。");

/// <summary>It is settled already, or the top-up has moved on.</summary>
/// <param name="State">Its state.</param>
public sealed record TopUpExceptionStateForbids(TopUpExceptionState State)
    : Refusal("top-up-exception-state-forbids", 409, "The exception cannot be settled so.", "该充值异常的状态不允许此操作。");
