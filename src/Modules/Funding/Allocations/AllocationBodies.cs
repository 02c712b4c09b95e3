using Platform;

namespace Funding;

/// <summary>Money and points to be set aside for cards, all lines or none.</summary>
/// <param name="Lines" example='[{"cardNumber":"1000110000000013","amount":20000,"points":0}]'>1 to 200 lines, each card once;
/// null when a template fills them.</param>
/// <param name="Remark" example="week 47">At most 200 characters.</param>
/// <param name="TemplateId">One of the customer's templates, which fills the lines (FC-13.3); multi-user customers only.</param>
/// <param name="CardSessionId">A card's session: the main card's for a multi-user customer (FC-13.2), any card's for a customer of another
/// branch; a multi-user customer of your own branch needs none for a dry run.</param>
public sealed record AllocateRequest(
    IReadOnlyList<AllocationLine>? Lines = null,
    string? Remark = null,
    string? TemplateId = null,
    string? CardSessionId = null
);

/// <summary>The same for the customer of the card that is present (FC-14).</summary>
/// <param name="Lines" example='[{"cardNumber":"1000110000000013","amount":20000,"points":0}]'>1 to 200 lines, each card once;
/// null when a template fills them.</param>
/// <param name="Remark" example="week 47">At most 200 characters.</param>
/// <param name="TemplateId">One of the customer's templates, which fills the lines; multi-user customers only.</param>
public sealed record AllocateWithCardRequest(IReadOnlyList<AllocationLine>? Lines = null, string? Remark = null, string? TemplateId = null);

/// <summary>What one card is to get; at least one of both.</summary>
/// <param name="CardNumber" example="0000019000000000">A valid card of the customer.</param>
/// <param name="Amount" example="20000">Fen from quota account to the card's reserve account, 0 to 100,000,000.</param>
/// <param name="Points" example="0">Points from quota points to the card's reserve points, 0 to 1,000,000,000.</param>
public sealed record AllocationLine(string CardNumber, long Amount = 0, long Points = 0);

/// <summary>An allocation, booked or tried.</summary>
/// <param name="SerialNumber" example="00030150224112025607">Null when it was only tried (dryRun).</param>
/// <param name="CustomerCode" example="1900000009">The customer.</param>
/// <param name="Amount" example="20000">Fen of all lines.</param>
/// <param name="Points" example="0">Points of all lines.</param>
/// <param name="QuotaBalance" example="130500">The quota account after it, in fen; null when no money moved.</param>
/// <param name="QuotaPointsBalance" example="500">The quota points account after it; null when no points moved.</param>
/// <param name="Lines">Each card after it.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's date it was booked on; null when tried.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When it was booked; null when tried.</param>
/// <param name="Documents">What can be printed.</param>
public sealed record AllocateResponse(
    string? SerialNumber,
    string CustomerCode,
    long Amount,
    long Points,
    long? QuotaBalance,
    long? QuotaPointsBalance,
    IReadOnlyList<AllocatedLine> Lines,
    DateOnly? BusinessDate,
    DateTime? BookedAt,
    IReadOnlyList<DocumentLink> Documents
);

/// <summary>What one card got.</summary>
/// <param name="CardNumber" example="0000019000000000">The card.</param>
/// <param name="Amount" example="20000">Fen.</param>
/// <param name="Points" example="0">Points.</param>
/// <param name="ReserveBalance" example="20000">The card's reserve account after it, in fen; null when the line moves no money.</param>
/// <param name="ReservePointsBalance" example="0">The card's reserve points after it; null when the line moves no points.</param>
public sealed record AllocatedLine(string CardNumber, long Amount, long Points, long? ReserveBalance, long? ReservePointsBalance);

/// <summary>A line that cannot be booked.</summary>
/// <param name="Line" example="0">Its place, from 0.</param>
/// <param name="CardNumber" example="0000019000000000">Its card.</param>
/// <param name="Code" example="card-lost">What is wrong: <c>card-not-found</c>, <c>other-customers-card</c>, <c>card-twice</c>, or the state
/// that forbids it: <c>card-lost</c>, <c>card-damaged</c>, <c>card-expired</c>, <c>card-blocked</c>, <c>card-closed</c>.</param>
public sealed record BadAllocationLine(int Line, string CardNumber, string Code);

public sealed record CustomerNotFound() : Refusal("customer-not-found", 404, "There is no such customer.", "客户编码不存在。");

/// <summary>A multi-user customer's main card must be present (FC-13.2, FC-14.1).</summary>
public sealed record MainCardMustBePresent()
    : Refusal("main-card-must-be-present", 409, "The customer's main card must be present.", "多用户客户须插入主卡办理。");

/// <summary>The customer has no such template.</summary>
public sealed record TemplateNotFound()
    : Refusal("template-not-found", 404, "The customer has no such template.", "该客户无此预分配模板。");

/// <summary>Templates are for multi-user customers (FC-13.3).</summary>
public sealed record TemplatesAreForMultiUser()
    : Refusal("templates-are-for-multi-user", 409, "Only multi-user customers have templates.", "只有多用户客户可使用预分配模板。");

/// <summary>Some lines cannot be booked, so none is (FC-13.4).</summary>
public sealed record AllocationLinesInvalid(IReadOnlyList<BadAllocationLine> Lines)
    : Refusal("allocation-lines-invalid", 409, "Some lines name cards that cannot be allocated to.", "部分卡片不能预分配。");

/// <summary>The lines together are more than the quota account holds (FC-13.4).</summary>
/// <param name="Total">Fen of all lines.</param>
/// <param name="QuotaBalance">Fen in the quota account.</param>
public sealed record AllocationExceedsQuota(long Total, long QuotaBalance)
    : Refusal("allocation-exceeds-quota", 409, "The lines together exceed the quota balance.", "分配金额合计超过额度账余额。");

/// <summary>The lines together are more than the quota points account holds (FC-13.4).</summary>
public sealed record AllocationExceedsPoints(long Total, long QuotaPointsBalance)
    : Refusal("allocation-exceeds-points", 409, "The lines together exceed the quota points.", "分配积分合计超过额度积分余额。");
