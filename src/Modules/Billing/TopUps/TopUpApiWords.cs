namespace Billing.TopUps;

/// <summary>Names of this business, as the description of the API has them.</summary>
internal static class TopUpApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("carrierCode") { Meaning = "The carrier's code, 2 to 8 capital letters.", Text = "CM" },
        new("prefix") { Meaning = "The first 3 to 5 digits of phone numbers.", Text = "1705" },
        new("phone", ApiPlace.Parameter) { Meaning = "Filter by phone number, 11 digits.", Text = "13800138000" },
        new("topUpKind") { Meaning = "Filter by kind: online or change.", Text = "online" },
        new("tillNumber") { Meaning = "The till, 1 to 12 digits and capital letters.", Text = "T01" },
        new("receiptNumber") { Meaning = "The till's receipt number, 1 to 12 digits.", Text = "1024" },
        new("topUpState") { Meaning = "Filter by state: all, or unprocessed, unfinished, applying, succeeded, failed.", Text = "failed" },
        new("overdue") { Meaning = "`true` lists the top-ups that should have an end by now and have none.", True = true },
        new("redemptionKind") { Meaning = "Filter by kind: points or coupon.", Text = "coupon" },
        new("redemptionState")
        {
            Meaning = "Filter by state: all, or authenticated, authenticationFailed, undone, confirmed.",
            Text = "confirmed",
        },
        new("codeHead") { Meaning = "The first eleven characters of the code.", Text = "ZQ202601050" },
        new("pinBatchId") { Meaning = "The batch's id.", Number = 150224112025602 },
        new("webhook-id") { Meaning = "The carrier's id of the call-back.", Text = "cb-0000000001" },
        new("webhook-timestamp") { Meaning = "When it was sent, in seconds since 1970.", Text = "1767571200" },
        new("webhook-signature") { Meaning = "v1, a comma, and the signature in base64.", Text = "v1,AAAA" },
        new("exceptionId") { Meaning = "The exception's id.", Number = 150224112025602 },
    ];
}
