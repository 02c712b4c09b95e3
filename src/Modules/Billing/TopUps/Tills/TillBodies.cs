namespace Billing.TopUps.Tills;

/// <summary>A till's total of a kind.</summary>
/// <param name="TillNumber" example="T01">The till.</param>
/// <param name="Kind" example="online">online, change, offline, points or coupon.</param>
/// <param name="Count" example="100">Receipts, 0 to 1,000,000.</param>
/// <param name="Amount" example="500000">Fen less what was returned, 0 to 100,000,000,000.</param>
public sealed record TillTotalLine(string TillNumber, TillKind Kind, long Count, long Amount);

/// <summary>A receipt of a till.</summary>
/// <param name="TillNumber" example="T01">The till.</param>
/// <param name="ReceiptNumber" example="1024">1 to 12 digits.</param>
/// <param name="Kind" example="online">What was sold; other for sales that are no top-up and no redemption.</param>
/// <param name="Amount" example="5000">Fen of it, 0 to 100,000,000,000.</param>
public sealed record TillReceiptLine(string TillNumber, string ReceiptNumber, TillKind Kind, long Amount);

/// <summary>A day of the till system. What is sent again replaces what was there.</summary>
/// <param name="Date">The tills' date.</param>
/// <param name="Totals">Totals by till and kind, at most 1,000.</param>
/// <param name="Receipts">Receipts, at most 1,000.</param>
public sealed record TakeTillDataRequest(DateOnly Date, IReadOnlyList<TillTotalLine> Totals, IReadOnlyList<TillReceiptLine> Receipts);

/// <summary>What was taken in.</summary>
/// <param name="Date">The tills' date.</param>
/// <param name="Totals" example="3">Totals.</param>
/// <param name="Receipts" example="120">Receipts.</param>
public sealed record TillDataTaken(DateOnly Date, int Totals, int Receipts);

/// <summary>A line of the file cannot be read.</summary>
/// <param name="Line">From 1.</param>
public sealed record TillFileInvalid(int Line)
    : Refusal("till-file-invalid", 422, "A line of the file cannot be read.", "文件中有无法识别的行。");
