using Counter.Documents;
using Platform.Documents;

namespace Funding.Allocations;

/// <summary>Money and points to allocate to cards, all lines or none.</summary>
/// <param name="Lines" example='[{"cardNumber":"1000110000000013","amount":20000,"points":0}]'>1 to 200 lines, each card once; null with a
/// template.</param>
/// <param name="Remark" example="week 47">At most 200 characters.</param>
/// <param name="TemplateId">A template of the customer that provides the lines; multi-user customers only.</param>
/// <param name="CardSessionId">A card session: of the main card for a multi-user customer, of any card for a customer of another branch. A
/// dry run for a multi-user customer of your own branch needs none.</param>
public sealed record AllocateRequest(
    IReadOnlyList<AllocationLine>? Lines = null,
    string? Remark = null,
    string? TemplateId = null,
    string? CardSessionId = null
);

/// <summary>An allocation for the customer of the present card.</summary>
/// <param name="Lines" example='[{"cardNumber":"1000110000000013","amount":20000,"points":0}]'>1 to 200 lines, each card once; null with a
/// template.</param>
/// <param name="Remark" example="week 47">At most 200 characters.</param>
/// <param name="TemplateId">A template of the customer that provides the lines; multi-user customers only.</param>
public sealed record AllocateWithCardRequest(IReadOnlyList<AllocationLine>? Lines = null, string? Remark = null, string? TemplateId = null);

/// <summary>The amount and points for one card; at least one of them.</summary>
/// <param name="CardNumber" example="0000019000000000">A valid card of the customer.</param>
/// <param name="Amount" example="20000">Fen from quota account to the card's reserve account, 0 to 100,000,000.</param>
/// <param name="Points" example="0">Points from quota points to the card's reserve points, 0 to 1,000,000,000.</param>
public sealed record AllocationLine(string CardNumber, long Amount = 0, long Points = 0);

/// <summary>An allocation, booked or as a dry run.</summary>
/// <param name="SerialNumber" example="00030150224112025607">The serial number; null for a dry run.</param>
/// <param name="CustomerCode" example="1900000009">The customer.</param>
/// <param name="Amount" example="20000">The total amount in fen.</param>
/// <param name="Points" example="0">The total points.</param>
/// <param name="QuotaBalance" example="130500">The new quota balance in fen; null if no money moved.</param>
/// <param name="QuotaPointsBalance" example="500">The new quota points balance; null if no points moved.</param>
/// <param name="Lines">The new balances of each card.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking; null for a dry run.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When the allocation was booked; null for a dry run.</param>
/// <param name="Documents">The printable documents.</param>
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

/// <summary>The amount and points of one card.</summary>
/// <param name="CardNumber" example="0000019000000000">The card.</param>
/// <param name="Amount" example="20000">Fen.</param>
/// <param name="Points" example="0">Points.</param>
/// <param name="ReserveBalance" example="20000">The card's new reserve balance in fen; null if the line moves no money.</param>
/// <param name="ReservePointsBalance" example="0">The card's new reserve points balance; null if the line moves no points.</param>
public sealed record AllocatedLine(string CardNumber, long Amount, long Points, long? ReserveBalance, long? ReservePointsBalance);

/// <summary>A line that cannot be booked.</summary>
/// <param name="Line" example="0">Its place, from 0.</param>
/// <param name="CardNumber" example="0000019000000000">Its card.</param>
/// <param name="Code" example="card-lost">What is wrong: <c>card-not-found</c>, <c>other-customers-card</c>, <c>card-twice</c>, or the state
/// that forbids it: <c>card-lost</c>, <c>card-damaged</c>, <c>card-expired</c>, <c>card-blocked</c>, <c>card-closed</c>.</param>
public sealed record BadAllocationLine(int Line, string CardNumber, string Code);

public sealed record CustomerNotFound() : Refusal("customer-not-found", 404, "There is no such customer.", "客户编码不存在。");

/// <summary>A multi-user customer's main card must be present.</summary>
public sealed record MainCardMustBePresent()
    : Refusal("main-card-must-be-present", 409, "The customer's main card must be present.", "多用户客户须插入主卡办理。");

/// <summary>The customer has no such template.</summary>
public sealed record TemplateNotFound()
    : Refusal("template-not-found", 404, "The customer has no such template.", "该客户无此预分配模板。");

/// <summary>Templates are for multi-user customers.</summary>
public sealed record TemplatesAreForMultiUser()
    : Refusal("templates-are-for-multi-user", 409, "Only multi-user customers have templates.", "只有多用户客户可使用预分配模板。");

/// <summary>Some lines cannot be booked, so none is (FC-13.4).</summary>
public sealed record AllocationLinesInvalid(IReadOnlyList<BadAllocationLine> Lines)
    : Refusal("allocation-lines-invalid", 409, "Some lines name cards that cannot receive an allocation.", "部分卡片不能预分配。");

/// <summary>The lines together are more than the quota account holds (FC-13.4).</summary>
/// <param name="Total">The total amount in fen.</param>
/// <param name="QuotaBalance">Fen in the quota account.</param>
public sealed record AllocationExceedsQuota(long Total, long QuotaBalance)
    : Refusal("allocation-exceeds-quota", 409, "The lines together exceed the quota balance.", "分配金额合计超过额度账余额。");

/// <summary>The lines together are more than the quota points account holds (FC-13.4).</summary>
public sealed record AllocationExceedsPoints(long Total, long QuotaPointsBalance)
    : Refusal("allocation-exceeds-points", 409, "The lines together exceed the quota points.", "分配积分合计超过额度积分余额。");
