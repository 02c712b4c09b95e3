using Platform.Documents;
using Refunds.Refundable;

namespace Refunds.Deposits;

/// <summary>What becomes of a card's deposit.</summary>
public enum DepositOutcome
{
    /// <summary>The card has to be read first (POST /v1/closings/{closingId}/cards).</summary>
    ToRead,

    /// <summary>It is paid back: the card came back, or is expired.</summary>
    Refund,

    /// <summary>It goes to income: the card is lost, damaged or replaced.</summary>
    Forfeit,

    /// <summary>It was paid back or went to income.</summary>
    Settled,
}

/// <summary>A card with a deposit.</summary>
/// <param name="CardNumber" example="0000019000000000">16 digits.</param>
/// <param name="StateBefore">Its state before the customer was closed.</param>
/// <param name="Deposit" example="1000">押金, fen; of a settled one 0.</param>
/// <param name="Outcome">What becomes of it.</param>
public sealed record DepositCard(string CardNumber, CardState StateBefore, long Deposit, DepositOutcome Outcome);

/// <summary>The deposits of a closed customer.</summary>
/// <param name="ClosingId" example="126437891174400000">The closing.</param>
/// <param name="CustomerCode" example="1900000009">The customer code.</param>
/// <param name="Cards">The cards with a deposit, oldest first.</param>
/// <param name="Refund" example="3000">Fen that are paid back.</param>
/// <param name="Forfeit" example="1000">Fen that go to income.</param>
/// <param name="SerialNumber" example="00030150224112025701">The transaction; null if nothing was booked.</param>
/// <param name="Documents">The printable documents.</param>
public sealed record DepositsView(
    string ClosingId,
    string CustomerCode,
    IReadOnlyList<DepositCard> Cards,
    long Refund,
    long Forfeit,
    string? SerialNumber,
    IReadOnlyList<DocumentLink> Documents
);

/// <summary>A refund of deposits.</summary>
/// <param name="Way" example="cash">cash or bankCard.</param>
/// <param name="ReferenceNumber" example="TK-20261122-0004">The number of the refund, at most 40 characters.</param>
/// <param name="Remark" example="four cards">At most 200 characters.</param>
public sealed record RefundDepositsRequest(RefundWay Way, string? ReferenceNumber = null, string? Remark = null);

/// <summary>No deposit is to be paid back or to go to income.</summary>
public sealed record NoDeposits() : Refusal("no-deposits", 409, "No deposit is to be settled.", "没有待退的押金。");
