using Counter.Payments;
using Issuance.Issuing;
using Issuance.Restrictions;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Scripts;

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
    ReplacementFees Fees,
    long ServiceFee
);

/// <summary>What is received for a replacement, as its order keeps it: without what proved who asked for it.</summary>
internal sealed record ReplacementFees(
    long CardFee,
    bool ServiceFeeWaived,
    bool FeeInvoice,
    PaymentMethod PaymentMethod,
    string? ReferenceNumber = null
)
{
    public static ReplacementFees Of(ReplaceCardRequest body) =>
        new(body.CardFee, body.ServiceFeeWaived, body.FeeInvoice, body.PaymentMethod, body.ReferenceNumber);
}

/// <summary>Makes the order of a replacement, and what is written onto the new chip.</summary>
internal sealed class ReplaceOrders(AppDb db, IssueOrders issue, ChipNames names)
{
    public async Task<ReplaceOrder> Make(Card old, ReplacementFees fees, long serviceFee, int validYears, CancellationToken ct)
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

    /// <summary>What is written onto the new chip; a refusal where it cannot hold the holder's name.</summary>
    public async Task<Outcome<ScriptStep.Send>> Script(ReplaceOrder order, Customer customer, CancellationToken ct)
    {
        var holder = order.Type == CardType.Bearer ? Holder.None : await names.OnChip(Holder.Of(customer), ct);
        return holder.Refusal is { } refusal
            ? refusal
            : issue.Script(order.CardNumber, order.Type, holder.Value, order.ValidFrom, order.ValidTo, Restrictions(order.Restrictions));
    }

    private static RestrictionFile Restrictions(string? file) =>
        file is null
            ? RestrictionFile.None
            : RestrictionFile.Decode(Convert.FromHexString(file))
                ?? throw new InvalidOperationException("The old card's kept restrictions are not a restriction file.");
}
