using Platform.Parameters;

namespace Platform.Requests;

/// <summary>Names of what every module stands on: pages, versions, problems, transactions.</summary>
public static class PlatformApiWords
{
    private const string Page = "AAAAAAAAAAE";

    /// <summary>A token as examples show one.</summary>
    public const string Token = "q8b5xk1V3rM0s7TqYwHc2n9dZ4uLfJ6eGpAoXiBvRtE";

    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("after") { Meaning = "The `next` of the previous page. Omit it for the first page.", Text = Page },
        new("amount") { Number = 50_000 },
        new("approvalToken") { Text = Token },
        new("approverLogin") { Text = "li.na" },
        new("approverName") { Text = "李娜" },
        new("branchCode")
        {
            Meaning = "Branch code, 8 digits: the caller's own branch or one below it. The operation describes the default.",
            Text = "10000000",
        },
        new("branchName") { Text = "总部" },
        new("code") { Text = "insufficient-balance" },
        new("data") { Text = "00000000" },
        new("dryRun") { Meaning = "`true` validates the request and returns the expected result without booking anything.", True = true },
        new("field") { Text = "amount" },
        new("format") { Meaning = "The format of the file. The operation lists the supported formats." },
        new("from") { Meaning = "The first business date." },
        new("id")
        {
            Meaning = "The id in decimal digits.",
            Text = "126437891174400000",
            Number = 126_437_891_174_400_000,
        },
        new("If-Match")
        {
            Meaning = "The ETag of the version that was read. If the version has changed, the response is 412.",
            Text = "\"3\"",
        },
        new("If-None-Match") { Meaning = "The ETag of the version that was read. If the version is unchanged, the response is 304." },
        new("kind") { Text = "load" },
        new("limit") { Meaning = "The maximum number of rows.", Number = 100 },
        new("message") { Text = "余额不足。" },
        new("next") { Text = Page },
        new("operatorLogin") { Text = "wang.fang" },
        new("operatorName") { Text = "王芳" },
        new("outcome") { Meaning = "Filter by outcome.", Text = "none" },
        new("rule") { Text = "inclusive-between" },
        new("serialNumber")
        {
            Meaning = "The transaction's serial number, 20 digits. Every document of the transaction shows it.",
            Text = "00030150224112025607",
        },
        new("state") { Meaning = "Filter by state.", Text = "completed" },
        new("status") { Number = 409 },
        new("title") { Text = "余额不足。" },
        new("to") { Meaning = "The last business date." },
        new("token") { Text = Token },
        new("traceId") { Text = "4bf92f3577b34da6a3ce929d0e0e4736" },
        new("transactionType") { Text = "collection" },
        new("type") { Text = "/problems/insufficient-balance" },
        new("type", ApiPlace.Parameter) { Meaning = "Filter by type.", Text = "collection" },
        new("version") { Number = 3 },
    ];
}
