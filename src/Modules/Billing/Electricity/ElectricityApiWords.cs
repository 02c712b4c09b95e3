namespace Billing.Electricity;

/// <summary>Names of this business, as the description of the API has them.</summary>
internal static class ElectricityApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("merchantCode") { Meaning = "The power group's code, 4 digits.", Text = "0006" },
        new("unitCode") { Meaning = "The accounting unit: a supply company's code, 5 to 9 digits.", Text = "37010" },
        new("admissionId") { Meaning = "The admission's id.", Number = 150224112025602 },
        new("accountNumber") { Meaning = "A payer's account, 19 digits.", Text = "6223201234567890123" },
        new("customerNumber") { Meaning = "The electricity customer's number, 6 to 13 digits.", Text = "0123456789" },
        new("depositNumber") { Meaning = "The power company's payment number of a deposit.", Text = "JK20100105001" },
        new("agreementNumber") { Meaning = "The number of the three-party agreement.", Text = "XY20100001" },
        new("differenceId") { Meaning = "The difference's id.", Number = 150224112025602 },
        new("month") { Meaning = "The month of the bill, as yyyyMM.", Text = "200912" },
        new("channel") { Meaning = "Filter by channel." },
        new("kind", ApiPlace.Parameter) { Meaning = "Filter by kind.", Text = "bankOnly" },
        new("search") { Meaning = "A part of a code or of a name.", Text = "4623" },
    ];
}
