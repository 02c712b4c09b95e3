using System.Globalization;
using System.Text.Json;
using Access.Documents;
using Meters.Cards;
using Meters.Carriers.Cards;
using Platform.Documents;

namespace Meters.Documents;

/// <summary>What the head of a list keeps: short, since a transaction's details are.</summary>
/// <param name="Kind">The kind that was asked for.</param>
/// <param name="Makers">Logins.</param>
/// <param name="Cards">Serial number, kind, place among the makers, day as a number (20260701), how often it was recycled.</param>
internal sealed record MeterCardListDetails(MeterCardKind? Kind, IReadOnlyList<string> Makers, IReadOnlyList<long[]> Cards)
{
    public static MeterCardListDetails Of(MeterCardKind? kind, IReadOnlyList<MeterCard> cards, IReadOnlyDictionary<long, string> makers)
    {
        var logins = makers.Values.Distinct().ToList();
        return new(kind, logins, [.. cards.Select(Row)]);

        long[] Row(MeterCard card) =>
            [card.Serial, (long)card.Kind, logins.IndexOf(makers.GetValueOrDefault(card.MadeBy, "")), Day(card.MadeAt), card.Recycled];
    }

    /// <summary>China has one time zone.</summary>
    private static long Day(DateTime utc) =>
        long.Parse(utc.AddHours(8).ToString("yyyyMMdd", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}

/// <summary>A card on the list.</summary>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Kind">卡型.</param>
/// <param name="Maker">The login of who made it what it is.</param>
/// <param name="MadeOn">When.</param>
/// <param name="Recycled">How often it was recycled.</param>
public sealed record MeterCardListLine(string CardNumber, MeterCardKind Kind, string Maker, DateOnly MadeOn, long Recycled);

/// <summary>仪表卡清单.</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">0: nothing is paid.</param>
/// <param name="Kind">The kind that was asked for; null for all.</param>
/// <param name="Lines">One per card, at most 50.</param>
public sealed record MeterCardListData(DocumentHead Head, long Amount, MeterCardKind? Kind, IReadOnlyList<MeterCardListLine> Lines)
    : DocumentData(Head, Amount);

/// <summary>仪表卡清单 (PM-09.2): cards with kind and maker, as they were when the list was drawn up.</summary>
internal static class MeterCardList
{
    public const string Name = "meter-card-list";

    public static readonly DocumentKind Kind = new(Name, "仪表卡清单", "List of meter cards", Paper.Form, typeof(MeterCardListPaper), Load);

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        if (transaction.Details is not { } json || JsonSerializer.Deserialize<MeterCardListDetails>(json, Json.Options) is not { } details)
        {
            return null;
        }

        var lines = details.Cards.Select(c => new MeterCardListLine(
            MeterCard.NumberOf(c[0]),
            (MeterCardKind)c[1],
            c[2] < 0 ? "" : details.Makers[(int)c[2]],
            DateOnly.ParseExact(c[3].ToString(CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture),
            c[4]
        ));
        return new MeterCardListData(await db.DocumentHead(transaction, ct), transaction.Amount, details.Kind, [.. lines]);
    }

    /// <summary>What a kind is called at the counter.</summary>
    public static string Word(MeterCardKind kind) =>
        kind switch
        {
            MeterCardKind.New => "新卡",
            MeterCardKind.User => "用户卡",
            MeterCardKind.Setting => "设置卡",
            MeterCardKind.Clear => "清空卡",
            MeterCardKind.Zero => "清零卡",
            _ => "作废卡",
        };
}
