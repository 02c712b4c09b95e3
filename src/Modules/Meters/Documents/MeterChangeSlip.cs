using Access.Documents;
using Meters.Changes;
using Meters.Users;
using Platform.Documents;
using Platform.Languages;

namespace Meters.Documents;

/// <summary>换表单.</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen: what the old meter's remaining quantity is worth.</param>
/// <param name="UserNumber">用户编号.</param>
/// <param name="UserName">Masked.</param>
/// <param name="OldMeter">旧表号.</param>
/// <param name="NewMeter">新表号.</param>
/// <param name="OldRemaining">Units.</param>
/// <param name="OldTotal">Units.</param>
/// <param name="PreStored">Units.</param>
/// <param name="OnCard">Units on the card for the new meter.</param>
/// <param name="Shortfall">Units owed at the next sale.</param>
/// <param name="Reason">Why.</param>
/// <param name="ReadBy">Who read the old meter.</param>
public sealed record MeterChangeSlipData(
    DocumentHead Head,
    long Amount,
    string UserNumber,
    string UserName,
    string OldMeter,
    string NewMeter,
    string OldRemaining,
    string OldTotal,
    string PreStored,
    string OnCard,
    string Shortfall,
    string Reason,
    string ReadBy
) : DocumentData(Head, Amount);

/// <summary>换表单 (PM-08.2).</summary>
internal static class MeterChangeSlip
{
    public const string Name = "meter-change";

    public static readonly DocumentKind Kind = new(Name, "换表单", "Meter change", Paper.Slip, typeof(MeterChangeSlipPaper), Load);

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var change = await db.Set<MeterChange>().SingleOrDefaultAsync(c => c.Id == transaction.Id, ct);
        if (change is null)
        {
            return null;
        }

        var user = await db.Set<MeterUser>().SingleAsync(u => u.Id == change.UserId, ct);
        return new MeterChangeSlipData(
            await db.DocumentHead(transaction, ct),
            transaction.Amount,
            user.Number,
            Mask.Name(user.Name),
            change.OldMeter,
            change.NewMeter,
            MeterFigures.Units(change.OldRemaining),
            MeterFigures.Units(change.OldTotal),
            MeterFigures.Units(change.PreStored),
            MeterFigures.Units(change.OnCard),
            MeterFigures.Units(change.Shortfall),
            change.Reason,
            change.ReadBy
        );
    }
}
