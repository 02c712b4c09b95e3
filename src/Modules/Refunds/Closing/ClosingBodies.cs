using Counter.Payments;
using Platform.Documents;

namespace Refunds.Closing;

/// <summary>A card that comes back.</summary>
/// <param name="CardSessionId" example="126437891174400000">The session of the card: its chip was just read.</param>
public sealed record TakeCardRequest(string CardSessionId);

/// <summary>How the handling fee is paid.</summary>
/// <param name="PaymentMethod" example="cash">cash, bankCard or transfer.</param>
/// <param name="ReferenceNumber" example="POS-20261122-0007">The number of the slip, at most 40 characters.</param>
/// <param name="InvoiceNumber" example="04412702">The fee's invoice, at most 20 characters; omit it for none.</param>
public sealed record ClosingFeePayment(PaymentMethod PaymentMethod, string? ReferenceNumber = null, string? InvoiceNumber = null);

/// <summary>The end of a closing.</summary>
/// <param name="FeeWaived" example="false">Waives the handling fee.</param>
/// <param name="Fee">How the handling fee is paid. Required if a fee is set and not waived.</param>
/// <param name="Remark" example="moved away">At most 200 characters.</param>
public sealed record EndClosingRequest(bool FeeWaived = false, ClosingFeePayment? Fee = null, string? Remark = null);

/// <summary>A card of the customer in a closing.</summary>
/// <param name="CardNumber" example="0000019000000000">16 digits.</param>
/// <param name="Type">The card type.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StateBefore">Its state before the customer was closed; null until then.</param>
/// <param name="Reserve" example="0">备付金账, fen.</param>
/// <param name="Purse" example="0">卡账, fen.</param>
/// <param name="PurseFrom">From when the purse goes to the quota account, where the card cannot be unloaded; null for others.</param>
/// <param name="Deposit" example="1000">押金, fen.</param>
/// <param name="Points" example="0">备付积分 and 卡积分 together.</param>
/// <param name="TakenAt">When the card was taken back; null if it was not.</param>
/// <param name="TakenBy" example="li.na">The login of the operator who took it back.</param>
public sealed record ClosingCardView(
    string CardNumber,
    CardType Type,
    CardState State,
    CardState? StateBefore,
    long Reserve,
    long Purse,
    DateTimeOffset? PurseFrom,
    long Deposit,
    long Points,
    DateTimeOffset? TakenAt,
    string? TakenBy
);

/// <summary>Something that keeps a customer from being closed.</summary>
/// <param name="Code" example="card-to-come">A stable code.</param>
/// <param name="Message" example="The card has not come back.">In the language of the request.</param>
/// <param name="CardNumber" example="0000019000000000">The card it is about; null for others.</param>
/// <param name="Method" example="POST">The call that removes it: its method. WAIT where only time removes it.</param>
/// <param name="Path" example="/v1/closings/126437891174400000/cards">The call that removes it: its path.</param>
public sealed record ClosingObstacleView(string Code, string Message, string? CardNumber, string Method, string Path);

/// <summary>A closing of a customer.</summary>
/// <param name="ClosingId" example="126437891174400000">Its id.</param>
/// <param name="SerialNumber" example="00030150224112025607">The serial number of its opening.</param>
/// <param name="State" example="open">Where it stands.</param>
/// <param name="CustomerCode" example="1900000009">The customer code.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Cards">Every card that the customer ever had, oldest first; at most 1,000.</param>
/// <param name="Obstacles">What keeps the customer from being closed now; empty after the end.</param>
/// <param name="ClosedBySerialNumber" example="00030150224112025701">The transaction that closed the customer.</param>
/// <param name="ClosedAt">When the customer was closed.</param>
/// <param name="Fee" example="500">The handling fee in fen that was taken.</param>
/// <param name="FeeWaived" example="false">Whether it was waived.</param>
/// <param name="ReserveSwept" example="12000">Fen that came from reserve accounts.</param>
/// <param name="PurseSwept" example="0">Fen that came from purses that could not be unloaded.</param>
/// <param name="BonusLapsed" example="3000">Fen of bonus that lapsed.</param>
/// <param name="PointsLapsed" example="40">Points that lapsed.</param>
/// <param name="RefundableFrom">From when refunds are possible.</param>
/// <param name="Documents">The printable documents.</param>
public sealed record ClosingView(
    string ClosingId,
    string SerialNumber,
    ClosingState State,
    string CustomerCode,
    DateTimeOffset OpenedAt,
    IReadOnlyList<ClosingCardView> Cards,
    IReadOnlyList<ClosingObstacleView> Obstacles,
    string? ClosedBySerialNumber,
    DateTimeOffset? ClosedAt,
    long Fee,
    bool FeeWaived,
    long ReserveSwept,
    long PurseSwept,
    long BonusLapsed,
    long PointsLapsed,
    DateTimeOffset? RefundableFrom,
    IReadOnlyList<DocumentLink> Documents
);

/// <summary>What the end of a closing would do, or did.</summary>
/// <param name="ClosingId" example="126437891174400000">The closing.</param>
/// <param name="SerialNumber" example="00030150224112025701">The transaction that closed the customer; null if nothing was booked.</param>
/// <param name="CustomerCode" example="1900000009">The customer code.</param>
/// <param name="CardsClosed" example="3">The number of cards that are closed with it.</param>
/// <param name="ReserveSwept" example="12000">Fen from reserve accounts into the quota account.</param>
/// <param name="BonusLapsed" example="3000">Fen of bonus that lapse.</param>
/// <param name="PointsLapsed" example="40">Points that lapse.</param>
/// <param name="Fee" example="500">The handling fee in fen.</param>
/// <param name="Quota" example="40000">The quota balance after it in fen.</param>
/// <param name="PurseWaiting" example="0">Fen on cards that could not be unloaded; they come to the quota account after the waiting time.</param>
/// <param name="RefundableFrom">From when refunds are possible.</param>
/// <param name="Documents">The printable documents.</param>
public sealed record ClosingEnd(
    string ClosingId,
    string? SerialNumber,
    string CustomerCode,
    int CardsClosed,
    long ReserveSwept,
    long BonusLapsed,
    long PointsLapsed,
    long Fee,
    long Quota,
    long PurseWaiting,
    DateTimeOffset RefundableFrom,
    IReadOnlyList<DocumentLink> Documents
);
