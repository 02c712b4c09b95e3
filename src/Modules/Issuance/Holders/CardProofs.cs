using Customers.Reach;
using Issuance.CardSessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Issuance.Holders;

/// <summary>Checks that whoever asks is the card's holder, or has the card (FC-36.4).</summary>
internal sealed class CardProofs(AppDb db, CardPresence presence, LookUps lookUps)
{
    /// <summary>By what the holder is known; the refusal when he is not.</summary>
    public async Task<Outcome<ProvedBy>> Check(CardView view, ICardProof proof, CancellationToken ct)
    {
        if (proof.CardSessionId is { } session)
        {
            var present = await presence.Find(session, ct);
            return present.Refusal is { } refusal ? refusal
                : present.Value.Card.Id != view.Card.Id ? new CardSessionDiffers()
                : ProvedBy.CardSession;
        }

        if (proof.Holder is { } holder)
        {
            return await Check(view, holder.CertificateNumber, holder.Name, holder.CertificateType, ct) is { } refusal
                ? refusal
                : ProvedBy.HolderCertificate;
        }

        return await SaleOf(view.Card, proof.SaleSerialNumber, ct) ? ProvedBy.SaleSerialNumber : await Wrong(new SaleDiffers(), ct);
    }

    /// <summary>Are certificate and name the holder's? Wrong tries count as look-ups, so that nobody finds them out by trying.</summary>
    public async Task<Refusal?> Check(CardView view, string certificateNumber, string name, CertificateType? type, CancellationToken ct) =>
        view.Card.Type == CardType.Bearer ? new CardHasNoHolder()
        : IsHolder(view.Customer, certificateNumber, name, type) ? null
        : await Wrong(new HolderDiffers(), ct);

    public static bool IsHolder(Customer customer, string certificateNumber, string name, CertificateType? type = null) =>
        string.Equals(customer.CertificateNumber, certificateNumber, StringComparison.OrdinalIgnoreCase)
        && string.Equals(customer.Name.Trim(), name.Trim(), StringComparison.Ordinal)
        && (type is null || type == customer.CertificateType);

    private async Task<Refusal> Wrong(Refusal refusal, CancellationToken ct) => (Refusal?)await lookUps.Count(ct) ?? refusal;

    /// <summary>A bearer card was sold by the transaction that issued it; a replaced one by that of its replacement.</summary>
    private async Task<bool> SaleOf(Card card, string? serialNumber, CancellationToken ct)
    {
        var id = SerialNumber.Parse(serialNumber ?? "");
        return card.Type == CardType.Bearer
            && id is not null
            && await db.Set<Transaction>()
                .AnyAsync(
                    t =>
                        t.Id == id
                        && t.CardId == card.Id
                        && (
                            t.Type == IssuanceTransactions.Issue.Name
                            || t.Type == IssuanceTransactions.Replacement.Name
                            || t.Type == IssuanceTransactions.Recharge.Name
                        ),
                    ct
                );
    }
}

/// <summary>What the routes say that ask for a proof.</summary>
internal static class CardProofRoutes
{
    public const string Description =
        "With the card present, give its session. Without it, give the holder's certificate, or the sale's serial number for a bearer "
        + "card; this needs an approval.";

    public static RouteHandlerBuilder AsksForProof(this RouteHandlerBuilder route) =>
        route
            .TakesApproval()
            .Refuses(typeof(CardSessionNotFound), typeof(CardSessionExpired), typeof(CardSessionDiffers))
            .Refuses(typeof(HolderDiffers), typeof(CardHasNoHolder), typeof(SaleDiffers), typeof(TooManyLookUps));
}
