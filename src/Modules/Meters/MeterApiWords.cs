namespace Meters;

/// <summary>Names of meters, as the description of the API has them.</summary>
internal static class MeterApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("by") { Meaning = "By what sales are added up: day, operator, account or price.", Text = "day" },
        new("report") { Meaning = "The report: sales, users, cards, suspicious or losses.", Text = "sales" },
        new("accountId") { Meaning = "The meter account's id; the response to creating it contains the id.", Text = "126437891174400001" },
        new("priceId") { Meaning = "The price's id; the response to adding it contains the id.", Text = "126437891174400000" },
        new("userId") { Meaning = "The meter user's id; the response to registering contains the id.", Text = "126437891174400004" },
        new("supplyId") { Meaning = "The supply's id: a user's meter under an account.", Text = "126437891174400002" },
        new("readId") { Meaning = "The reading of a card: the id of the card operation that read it.", Text = "126437891174400003" },
    ];
}
