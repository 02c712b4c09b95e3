namespace Meters.Reports;

/// <summary>Sales, added up.</summary>
/// <param name="Lines">At most 10,000.</param>
/// <param name="Quantity" example="240000">The sum: hundredths of a unit.</param>
/// <param name="Amount" example="129120">The sum: fen.</param>
public sealed record MeterSalesReport(IReadOnlyList<MeterSalesLine> Lines, long Quantity, long Amount);

/// <summary>Users by state, and cards by kind and maker.</summary>
/// <param name="Users">Users by state.</param>
/// <param name="Cards">Cards by kind and maker.</param>
public sealed record MeterStockReport(IReadOnlyList<MeterUsersLine> Users, IReadOnlyList<MeterCardsLine> Cards);

/// <summary>Suspicious users of an account.</summary>
/// <param name="Thresholds">What was held against; each is a parameter.</param>
/// <param name="Users">At most 10,000.</param>
public sealed record SuspiciousMeterUsersReport(SuspicionThresholds Thresholds, IReadOnlyList<SuspiciousMeterUser> Users);

/// <summary>Losses of an account.</summary>
/// <param name="Tolerance" example="500">Hundredths of a unit; a parameter.</param>
/// <param name="UnseenDays" example="180">A parameter.</param>
/// <param name="Beyond">Those beyond the tolerance, at most 10,000.</param>
/// <param name="Unseen">Those whose cards were not seen for long, at most 10,000.</param>
public sealed record MeterLossReport(
    long Tolerance,
    long UnseenDays,
    IReadOnlyList<MeterLossLine> Beyond,
    IReadOnlyList<MeterLossLine> Unseen
);

/// <summary>What a meter wrote back once. Quantities in hundredths of a unit.</summary>
/// <param name="MeterTime">The meter's clock: the horizontal axis of a plot.</param>
/// <param name="MeterNumber" example="202600000001">表号.</param>
/// <param name="Remaining" example="1250">What was left.</param>
/// <param name="TotalUse" example="86400">What was used since the meter was cleared.</param>
/// <param name="LastSeq" example="7">The counter of the last purchase that it took.</param>
/// <param name="Result" example="0">The result code of the card format.</param>
/// <param name="Flags">alarm, overdraft, valveClosed, tamper, lowBattery.</param>
/// <param name="Difference" example="0">Sold less used and remaining, as it was then.</param>
/// <param name="SeenAt">When the counter read it.</param>
public sealed record MeterReadingItem(
    DateTimeOffset MeterTime,
    string MeterNumber,
    long Remaining,
    long TotalUse,
    int LastSeq,
    int Result,
    IReadOnlyList<string> Flags,
    long Difference,
    DateTimeOffset SeenAt
);
