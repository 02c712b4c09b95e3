using Issuance.Issuing;
using Issuance.Restrictions;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.CardCryptography.Layouts;
using Platform.CardOperations;
using Platform.CardOperations.Scripts;

namespace Issuance.Replacing;

/// <summary>What a replacement remembers until its card is confirmed. <c>Restrictions</c>: EF1C as hex; null where the old card has none.</summary>
internal sealed record ReplaceOrder(
    long NewCardId,
    long OldCardId,
    long CustomerId,
    CardType Type,
    string OldCardNumber,
    string CardNumber,
    string IssuerCode,
    string Profile,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    string? Plate,
    string? Restrictions,
    ReplaceCardRequest Fees,
    long ServiceFee
);

/// <summary>Makes the order of a replacement, and what is written onto the new chip.</summary>
internal sealed class ReplaceOrders(AppDb db, IssueOrders issue, CardKeyRing keys, TimeProvider clock)
{
    public async Task<ReplaceOrder> Make(Card old, ReplaceCardRequest fees, long serviceFee, int validYears, CancellationToken ct)
    {
        var restrictions = await db.Set<CardRestriction>().Where(r => r.CardId == old.Id).Select(r => r.File).SingleOrDefaultAsync(ct);
        return new ReplaceOrder(
            Ids.Next(),
            old.Id,
            old.CustomerId,
            old.Type,
            old.Number,
            await issue.CardNumber(ct),
            issue.IssuerCode,
            issue.Profile,
            issue.Today,
            issue.Today.AddYears(validYears),
            old.Plate,
            restrictions,
            fees,
            serviceFee
        );
    }

    public ScriptStep.Send Script(ReplaceOrder order, Customer customer)
    {
        var file = new PublicFile
        {
            IssuerId = keys.Profile.IssuerId,
            ApplicationType = 1,
            ApplicationVersion = 1,
            ApplicationSerial = PublicFile.SerialOf(keys.Profile, order.CardNumber),
            Start = order.ValidFrom,
            Expiry = order.ValidTo,
        };
        var bearer = order.Type == CardType.Bearer;
        var certificate = !bearer && customer.CertificateNumber.Length <= 18 ? customer.CertificateNumber : "";
        var holder = new HolderFile((byte)order.Type, false, bearer ? "" : customer.Name, certificate, (byte)customer.CertificateType);
        var written = new IssueOrder(
            file.ApplicationSerial,
            Convert.ToHexString(file.Encode()),
            Convert.ToHexString((file with { ApplicationType = 2 }).Encode()),
            Convert.ToHexString(holder.Encode()),
            order.Restrictions ?? Convert.ToHexString(RestrictionFile.None.Encode())
        );
        return (ScriptStep.Send)IssueScript.Start(written, keys.Context(clock));
    }
}
