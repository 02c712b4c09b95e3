using Counter.Documents;
using Platform.Documents;

namespace Counter.BusinessDay;

/// <summary>The closing of a branch's business date.</summary>
/// <param name="BusinessDate" example="2026-11-22">The date to close. It prevents two simultaneous requests from closing two dates.</param>
/// <param name="CountedCash">The counted cash of every operator who handled cash on this date, at most 200.</param>
/// <param name="CarryOver" example="false">Close although something holds the date open; needs an approval.</param>
public sealed record CloseDayRequest(DateOnly BusinessDate, IReadOnlyList<CountedCash> CountedCash, bool CarryOver = false);

/// <summary>The counted cash of one operator.</summary>
/// <param name="Operator" example="li.na">The operator's login.</param>
/// <param name="Amount" example="50000">Counted cash in fen without the float. Negative if more was paid out than taken in.</param>
public sealed record CountedCash(string Operator, long Amount);

/// <summary>A closed business date with its frozen totals.</summary>
/// <param name="SerialNumber" example="00030150224112025607">The day-end's serial number.</param>
/// <param name="BusinessDate" example="2026-11-22">The closed date.</param>
/// <param name="NextDate" example="2026-11-23">The newly opened date.</param>
/// <param name="ClosedAt" example="2026-11-22T10:15:30.1234567Z">When the date was closed.</param>
/// <param name="ClosedBy" example="li.na">The login of the operator who closed it.</param>
/// <param name="Totals">Per operator, type and payment method.</param>
/// <param name="Cash">Per operator.</param>
/// <param name="Seal">The newest seal of the audit chain when the day was closed. An auditor checks the chain against it.</param>
/// <param name="Documents">The printable documents.</param>
public sealed record DayEndResponse(
    string SerialNumber,
    DateOnly BusinessDate,
    DateOnly NextDate,
    DateTime ClosedAt,
    string ClosedBy,
    IReadOnlyList<DayTotalLine> Totals,
    IReadOnlyList<DayCashLine> Cash,
    SealMark? Seal,
    IReadOnlyList<DocumentLink> Documents
);

/// <summary>What one operator booked of one type by one payment method.</summary>
/// <param name="Operator" example="li.na">The operator's login.</param>
/// <param name="OperatorName" example="Li Na">The operator's name.</param>
/// <param name="Type" example="collection">The type of transaction.</param>
/// <param name="PaymentMethod" example="cash">Null for types that take no payment.</param>
/// <param name="Count" example="12">The number of transactions.</param>
/// <param name="Amount" example="600000">Fen.</param>
/// <param name="Bonus" example="0">Fen of bonus.</param>
/// <param name="Points" example="0">Points.</param>
/// <param name="Fee" example="0">Fen of fees.</param>
/// <param name="Deposit" example="0">Fen of deposits.</param>
public sealed record DayTotalLine(
    string Operator,
    string OperatorName,
    string Type,
    PaymentMethod? PaymentMethod,
    int Count,
    long Amount,
    long Bonus,
    long Points,
    long Fee,
    long Deposit
);

/// <summary>One operator's cash.</summary>
/// <param name="Operator" example="li.na">The operator's login.</param>
/// <param name="OperatorName" example="Li Na">The operator's name.</param>
/// <param name="Booked" example="600000">Amount in fen: received minus paid out.</param>
/// <param name="Counted" example="599900">Fen counted.</param>
/// <param name="Difference" example="-100">Difference in fen: positive is a surplus, negative a shortage.</param>
public sealed record DayCashLine(string Operator, string OperatorName, long Booked, long Counted, long Difference);

/// <summary>The open business date with its bookings.</summary>
/// <param name="BusinessDate" example="2026-11-22">The open date.</param>
/// <param name="Totals">Per operator, type and payment method, up to now.</param>
/// <param name="Cash">Per operator, up to now.</param>
public sealed record CurrentDayResponse(DateOnly BusinessDate, IReadOnlyList<DayTotalLine> Totals, IReadOnlyList<RunningCashLine> Cash);

/// <summary>One operator's cash up to now.</summary>
/// <param name="Operator" example="li.na">The operator's login.</param>
/// <param name="OperatorName" example="Li Na">The operator's name.</param>
/// <param name="Booked" example="600000">Amount in fen: received minus paid out.</param>
public sealed record RunningCashLine(string Operator, string OperatorName, long Booked);

/// <summary>Another date is open than the one to be closed.</summary>
/// <param name="OpenDate">The open one.</param>
public sealed record DayNotOpen(DateOnly OpenDate)
    : Refusal("day-not-open", 409, $"The open business date is {OpenDate:yyyy-MM-dd}.", $"当前营业日为 {OpenDate:yyyy-MM-dd}。");

/// <summary>The next date would run too far ahead of the calendar.</summary>
public sealed record BusinessDateTooFarAhead(DateOnly NextDate)
    : Refusal(
        "business-date-too-far-ahead",
        409,
        "The next business date would be more than 31 days ahead.",
        "下一营业日超前日历 31 天以上。"
    );

/// <summary>Some operators took or paid out cash, and their drawers were not counted (PL-04.4).</summary>
/// <param name="Operators">Their logins.</param>
public sealed record CashNotCounted(IReadOnlyList<string> Operators)
    : Refusal("cash-not-counted", 409, "Count the cash of every operator who handled cash.", "有现金业务的操作员尚未清点现金。");

/// <summary>The branch has no such operators.</summary>
/// <param name="Operators">The unknown logins.</param>
public sealed record CountedOperatorUnknown(IReadOnlyList<string> Operators)
    : Refusal("counted-operator-unknown", 422, "The branch has no such operators.", "本网点没有这些操作员。");

public sealed record DayEndNotFound() : Refusal("day-end-not-found", 404, "This business date is not closed.", "该营业日尚未日结。");
