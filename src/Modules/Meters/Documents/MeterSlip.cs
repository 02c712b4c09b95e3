using System.Text.Json;
using Access.Documents;
using Meters.Prices;
using Meters.Users;
using Platform.Documents;
using Platform.Languages;

namespace Meters.Documents;

/// <summary>What the head of a sale keeps for its receipt.</summary>
internal sealed record MeterSlipDetails(
    long UserId,
    string UserNumber,
    string AccountName,
    string PriceName,
    string MeterNumber,
    string? CardNumber,
    long Quantity,
    IReadOnlyList<PricedPart> Parts,
    long OwedTaken,
    long OwedAfter,
    string? Token = null
);

/// <summary>A part of a sale on its receipt.</summary>
/// <param name="Quantity" example="60.00">Units.</param>
/// <param name="Price" example="0.5380">Yuan for one unit.</param>
/// <param name="Amount" example="32.28">Yuan; the sum alone is rounded once.</param>
public sealed record MeterSlipPart(string Quantity, string Price, string Amount);

/// <summary>充值凭证.</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Title">What was done.</param>
/// <param name="UserNumber">用户编号.</param>
/// <param name="UserName">Masked.</param>
/// <param name="AccountName">账户.</param>
/// <param name="PriceName">价格类型.</param>
/// <param name="MeterNumber">表号.</param>
/// <param name="CardNumber">卡号; null for a token.</param>
/// <param name="Quantity">Units.</param>
/// <param name="Parts">By tier.</param>
/// <param name="OwedTaken">Units that were owed and taken off; null for none.</param>
/// <param name="Token">The token, in groups of four digits; null for a card.</param>
public sealed record MeterSlipData(
    DocumentHead Head,
    long Amount,
    string Title,
    string UserNumber,
    string UserName,
    string AccountName,
    string PriceName,
    string MeterNumber,
    string? CardNumber,
    string Quantity,
    IReadOnlyList<MeterSlipPart> Parts,
    string? OwedTaken,
    string? Token
) : DocumentData(Head, Amount);

/// <summary>充值凭证: the receipt of a sale with its tiers, and of what changed one.</summary>
internal static class MeterSlip
{
    public const string Name = "meter-receipt";

    public static readonly DocumentKind Kind = new(Name, "仪表充值凭证", "Meter receipt", Paper.Slip, typeof(MeterSlipPaper), Load);

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        if (transaction.Details is not { } json || JsonSerializer.Deserialize<MeterSlipDetails>(json, Json.Options) is not { } details)
        {
            return null;
        }

        var user = await db.Set<MeterUser>().SingleOrDefaultAsync(u => u.Id == details.UserId, ct);
        return new MeterSlipData(
            await db.DocumentHead(transaction, ct),
            transaction.Amount,
            MeterTransactions.All.First(t => t.Name == transaction.Type).Zh,
            details.UserNumber,
            user is null ? "" : Mask.Name(user.Name),
            details.AccountName,
            details.PriceName,
            details.MeterNumber,
            details.CardNumber,
            MeterFigures.Units(details.Quantity),
            [
                .. details.Parts.Select(p => new MeterSlipPart(
                    MeterFigures.Units(p.Quantity),
                    MeterFigures.Price(p.Price),
                    MeterFigures.Part(p)
                )),
            ],
            details.OwedTaken == 0 ? null : MeterFigures.Units(details.OwedTaken),
            details.Token is { } token ? MeterFigures.Token(token) : null
        );
    }
}

/// <summary>Figures of meters as papers and files show them.</summary>
internal static class MeterFigures
{
    private static readonly System.Globalization.CultureInfo s_plain = System.Globalization.CultureInfo.InvariantCulture;

    /// <summary>Hundredths of a unit as units with two decimals.</summary>
    public static string Units(long hundredths) => (hundredths / 100m).ToString("0.00", s_plain);

    /// <summary>Ten-thousandths of a yuan as yuan with four decimals.</summary>
    public static string Price(long tenThousandths) => (tenThousandths / 10_000m).ToString("0.0000", s_plain);

    /// <summary>A token in groups of four digits, as it is keyed in.</summary>
    public static string Token(string token) => string.Join(' ', token.Chunk(4).Select(c => new string(c)));

    /// <summary>What a part costs, not rounded: up to six decimals.</summary>
    public static string Part(PricedPart part) => (part.Quantity / 100m * (part.Price / 10_000m)).ToString("0.00####", s_plain);
}
