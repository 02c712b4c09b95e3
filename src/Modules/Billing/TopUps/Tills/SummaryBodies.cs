namespace Billing.TopUps.Tills;

/// <summary>A store's day and kind of top-ups beside the tills' total. Amounts are in fen.</summary>
/// <param name="BranchCode" example="10100001">The store.</param>
/// <param name="Date">The receipts' date.</param>
/// <param name="Kind" example="online">online, change or offline.</param>
/// <param name="SucceededCount" example="98">Succeeded.</param>
/// <param name="SucceededAmount" example="490000">Fen of them.</param>
/// <param name="FailedCount" example="2">Failed.</param>
/// <param name="FailedAmount" example="10000">Fen of them.</param>
/// <param name="OpenCount" example="0">Without an end.</param>
/// <param name="OpenAmount" example="0">Fen of them.</param>
/// <param name="RefundedAmount" example="5000">Fen of failed ones that were refunded.</param>
/// <param name="TillCount" example="99">The tills' count; null where none was taken in.</param>
/// <param name="TillAmount" example="495000">The tills' amount; null where none was taken in.</param>
/// <param name="Difference" example="5000">The tills' amount less what succeeded; null without one.</param>
/// <param name="DueToFailed" example="5000">Of it, failed and not refunded yet.</param>
/// <param name="DueToOpen" example="0">Of it, without an end yet.</param>
/// <param name="DueToNotUploaded" example="0">Of it, receipts here that the tills did not upload; 0 or less.</param>
/// <param name="DueToNotHere" example="0">Of it, receipts of the tills that are not here.</param>
/// <param name="Unexplained" example="0">What is left of it; null without one.</param>
public sealed record TopUpSummaryItem(
    string BranchCode,
    DateOnly Date,
    TillKind Kind,
    long SucceededCount,
    long SucceededAmount,
    long FailedCount,
    long FailedAmount,
    long OpenCount,
    long OpenAmount,
    long RefundedAmount,
    long? TillCount,
    long? TillAmount,
    long? Difference,
    long DueToFailed,
    long DueToOpen,
    long DueToNotUploaded,
    long DueToNotHere,
    long? Unexplained
);

/// <summary>A store's day of redemptions beside the over/short report. Amounts are in fen.</summary>
/// <param name="BranchCode" example="10100001">The store.</param>
/// <param name="Date">The tills' date.</param>
/// <param name="Kind" example="coupon">points or coupon.</param>
/// <param name="ConfirmedCount" example="12">Redeemed.</param>
/// <param name="ConfirmedAmount" example="36000">Fen redeemed.</param>
/// <param name="TillCount" example="12">The over/short report's count; null where none was taken in.</param>
/// <param name="TillAmount" example="36000">The over/short report's amount; null where none was taken in.</param>
/// <param name="Difference" example="0">The tills' amount less what was redeemed; null without one.</param>
public sealed record RedemptionSummaryItem(
    string BranchCode,
    DateOnly Date,
    TillKind Kind,
    long ConfirmedCount,
    long ConfirmedAmount,
    long? TillCount,
    long? TillAmount,
    long? Difference
);

/// <summary>A receipt, or a stretch of numbers, that is missing on one side.</summary>
/// <param name="BranchCode" example="10100001">The store.</param>
/// <param name="Date">The date.</param>
/// <param name="TillNumber" example="T01">The till.</param>
/// <param name="FromNumber" example="1030">The first receipt number.</param>
/// <param name="ToNumber" example="1031">The last receipt number.</param>
/// <param name="Reason" example="gap">gap: the till uploaded no receipt with these numbers. notUploaded: here, and not uploaded. notHere: uploaded
/// as a top-up or redemption, and not here.</param>
/// <param name="Amount" example="5000">Fen; 0 for a gap.</param>
public sealed record MissingReceipt(
    string BranchCode,
    DateOnly Date,
    string TillNumber,
    long FromNumber,
    long ToNumber,
    string Reason,
    long Amount
);

/// <summary>The summary of top-ups.</summary>
/// <param name="Items">By store, date and kind.</param>
public sealed record TopUpSummary(IReadOnlyList<TopUpSummaryItem> Items);

/// <summary>The summary of redemptions.</summary>
/// <param name="Items">By store, date and kind.</param>
public sealed record RedemptionSummary(IReadOnlyList<RedemptionSummaryItem> Items);

/// <summary>Receipts that are missing on one side.</summary>
/// <param name="Items">By store, date and till; at most 5,000.</param>
/// <param name="More" example="false">Are there more? Narrow the range.</param>
public sealed record MissingReceipts(IReadOnlyList<MissingReceipt> Items, bool More);
