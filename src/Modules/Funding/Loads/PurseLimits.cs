using Access.SystemParameters;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;

namespace Funding.Loads;

/// <summary>What a card has, and the most its purse may hold (FC-15.6). Fen, points.</summary>
internal sealed record PurseRoom(long Limit, long Purse, long Reserve, long ReservePoints)
{
    /// <summary>The refusal of an amount that does not fit; null when it does.</summary>
    public Refusal? Refuse(long amount) => Purse + amount > Limit ? new OverPurseLimit(Limit, Purse) : null;
}

/// <summary>The purse would hold more than the card may (FC-15.6).</summary>
public sealed record OverPurseLimit(long Limit, long Balance)
    : Refusal("over-purse-limit", 409, "The purse would exceed the card's limit.", "圈存后超过卡钱包限额。");

/// <summary>Reads them: the parameter of the branch, and what the chip can hold.</summary>
internal sealed class PurseLimits(AppDb db, Parameters parameters, LoadOrders orders)
{
    public async Task<PurseRoom> Of(Card card, long branchId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(card);
        var balances = await db.BalancesOf(card.Id, ct);
        return new PurseRoom(
            await Limit(branchId, ct),
            balances.Of(IssuanceAccounts.Card),
            balances.Of(IssuanceAccounts.Reserve),
            balances.Of(IssuanceAccounts.ReservePoints)
        );
    }

    /// <summary>Fen.</summary>
    public async Task<long> Limit(long branchId, CancellationToken ct) =>
        Math.Min(await parameters.Number(FundingParameters.PurseLimit, branchId, ct), orders.Maximum(CardApplication.Money));
}
