using System.Text.Json;
using Access.Documents;
using Meters.Users;
using Platform.Documents;
using Platform.Languages;

namespace Meters.Documents;

/// <summary>What the head of a key change keeps for its paper.</summary>
internal sealed record MeterKeySlipDetails(
    long UserId,
    string MeterNumber,
    IReadOnlyList<string> Tokens,
    string TariffIndex,
    int KeyRevision
);

/// <summary>密钥更换单.</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">0: nothing is paid.</param>
/// <param name="UserNumber">用户编号.</param>
/// <param name="UserName">Masked.</param>
/// <param name="MeterNumber">表号.</param>
/// <param name="TariffIndex">费率索引.</param>
/// <param name="KeyRevision">密钥版本.</param>
/// <param name="Tokens">In groups of four digits.</param>
public sealed record MeterKeySlipData(
    DocumentHead Head,
    long Amount,
    string UserNumber,
    string UserName,
    string MeterNumber,
    string TariffIndex,
    int KeyRevision,
    IReadOnlyList<string> Tokens
) : DocumentData(Head, Amount);

/// <summary>密钥更换单: the tokens that change a meter's key, to be keyed in.</summary>
internal static class MeterKeySlip
{
    public const string Name = "meter-key-change";

    public static readonly DocumentKind Kind = new(Name, "密钥更换单", "Meter key change", Paper.Slip, typeof(MeterKeySlipPaper), Load);

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        if (transaction.Details is not { } json || JsonSerializer.Deserialize<MeterKeySlipDetails>(json, Json.Options) is not { } details)
        {
            return null;
        }

        var user = await db.Set<MeterUser>().SingleOrDefaultAsync(u => u.Id == details.UserId, ct);
        return new MeterKeySlipData(
            await db.DocumentHead(transaction, ct),
            transaction.Amount,
            user?.Number ?? "",
            user is null ? "" : Mask.Name(user.Name),
            details.MeterNumber,
            details.TariffIndex,
            details.KeyRevision,
            [.. details.Tokens.Select(MeterFigures.Token)]
        );
    }
}
