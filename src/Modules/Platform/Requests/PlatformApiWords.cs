namespace Platform;

/// <summary>Names of what every module stands on: pages, versions, problems, transactions.</summary>
public static class PlatformApiWords
{
    private const string Page = "AAAAAAAAAAE";

    /// <summary>A token as examples show one.</summary>
    public const string Token = "q8b5xk1V3rM0s7TqYwHc2n9dZ4uLfJ6eGpAoXiBvRtE";

    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("after") { Meaning = "The `next` of the page before; left out: the first page.", Text = Page },
        new("amount") { Number = 50_000 },
        new("approvalToken") { Text = Token },
        new("approverLogin") { Text = "li.na" },
        new("approverName") { Text = "李娜" },
        new("branchCode")
        {
            Meaning = "8 digits of a branch, the caller's own or one below it; the operation says what counts when it is left out.",
            Text = "10000000",
        },
        new("branchName") { Text = "总部" },
        new("code") { Text = "insufficient-balance" },
        new("data") { Text = "00000000" },
        new("dryRun") { Meaning = "true: try it, show what would be, and book nothing.", True = true },
        new("field") { Text = "amount" },
        new("format") { Meaning = "The format of the file; the operation names those it knows." },
        new("from") { Meaning = "The first business date." },
        new("id")
        {
            Meaning = "Decimal digits, as lists and answers show it.",
            Text = "126437891174400000",
            Number = 126_437_891_174_400_000,
        },
        new("If-Match") { Meaning = "The ETag that was read; another version by now is answered 412.", Text = "\"3\"" },
        new("If-None-Match") { Meaning = "The ETag that was read; the same version still is answered 304." },
        new("kind") { Text = "load" },
        new("limit") { Meaning = "How many rows at most.", Number = 100 },
        new("message") { Text = "余额不足。" },
        new("next") { Text = Page },
        new("operatorLogin") { Text = "wang.fang" },
        new("operatorName") { Text = "王芳" },
        new("outcome") { Meaning = "Only those with this outcome.", Text = "none" },
        new("rule") { Text = "inclusive-between" },
        new("serialNumber")
        {
            Meaning = "20 digits: the number that every document of the transaction shows.",
            Text = "00030150224112025607",
        },
        new("state") { Meaning = "Only what stands so.", Text = "completed" },
        new("status") { Number = 409 },
        new("title") { Text = "余额不足。" },
        new("to") { Meaning = "The last business date." },
        new("token") { Text = Token },
        new("traceId") { Text = "4bf92f3577b34da6a3ce929d0e0e4736" },
        new("transactionType") { Text = "collection" },
        new("type") { Text = "/problems/insufficient-balance" },
        new("type", ApiPlace.Parameter) { Meaning = "Only those of this type.", Text = "collection" },
        new("version") { Number = 3 },
    ];
}
