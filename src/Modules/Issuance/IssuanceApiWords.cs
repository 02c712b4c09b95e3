namespace Issuance;

/// <summary>Names of customers and cards, as the description of the API has them.</summary>
internal static class IssuanceApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("batchId") { Meaning = "The batch of sub-cards; the response to opening it contains the id." },
        new("cardNumber") { Meaning = "16 digits, printed on the card.", Text = "1000110000000013" },
        new("certificateNumber") { Text = "11010519491231002X" },
        new("customerCode") { Meaning = "Customer code, 10 digits.", Text = "1000000016" },
        new("customerName") { Text = "王小明" },
        new("email") { Text = "xiaoming@example.com" },
        new("name") { Text = "王小明" },
        new("number") { Text = "10001100", Number = 1 },
        new("phone") { Text = "13800138000" },
        new("plate") { Text = "京A12345" },
        new("sessionId") { Meaning = "The card session; the response to opening it contains the id." },
        new("since") { Meaning = "The version that the station has. Omit it for the whole list." },
    ];
}
