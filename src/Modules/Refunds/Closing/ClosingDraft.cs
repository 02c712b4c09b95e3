using Access.SystemParameters;
using Funding;
using Issuance;
using Issuance.Bonus;
using Refunds.Documents;

namespace Refunds.Closing;

/// <summary>What the end is worked out from.</summary>
/// <param name="QuotaVersion">Of the quota account, read before the entries that the bonus is worked out from.</param>
internal sealed record ClosingDraft(
    ClosingFacts Facts,
    EndClosingRequest Body,
    long Fee,
    long BonusLapsed,
    int QuotaVersion,
    DateTime RefundableFrom
)
{
    public long Reserve => Facts.Cards.Sum(c => Facts.Of(c.Reserve));

    public IReadOnlyList<Card> Closes =>
        [.. Facts.Cards.Where(c => c.State is not (CardState.Closed or CardState.Reserved or CardState.Released))];

    /// <summary>Accounts of points with a balance.</summary>
    public IEnumerable<(AccountRef Account, long Points)> Points =>
        Facts
            .Cards.SelectMany(c => new[] { c.ReservePoints, c.PursePoints })
            .Prepend(Facts.Customer.QuotaPoints)
            .Select(a => (a, Facts.Of(a)))
            .Where(a => a.Item2 > 0);

    public ClosingEnd Shown(string? serialNumber) =>
        new(
            IdText.Of(Facts.Closing.Id),
            serialNumber,
            Facts.Customer.Code,
            Closes.Count,
            Reserve,
            BonusLapsed,
            Points.Sum(p => p.Points),
            Fee,
            Facts.Of(Facts.Customer.Quota) + Reserve - BonusLapsed,
            Facts.Cards.Sum(c => Facts.Of(c.Purse)),
            RefundableFrom.AtUtc(),
            serialNumber is null ? [] : [RefundPapers.Link(ClosingNotice.Name, serialNumber)]
        );
}

/// <summary>Asks all that preview and booking ask alike.</summary>
internal sealed class ClosingAsked(
    AppDb db,
    ClosingReader reader,
    BonusLeft bonusLeft,
    Parameters parameters,
    RequestContext request,
    TimeProvider clock
)
{
    public async Task<Outcome<ClosingDraft>> Draft(long closingId, EndClosingRequest body, CancellationToken ct)
    {
        var found = await reader.FindOpen(closingId, ct);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var version = await db.VersionOf(new AccountRef(IssuanceAccounts.Quota, found.Value.CustomerId), ct);
        var facts = await reader.Read(found.Value, ct);
        if (facts.Customer.State != CustomerState.Active)
        {
            return new CustomerNotUsable(Json.Name(facts.Customer.State));
        }

        if (await reader.Obstacles(facts, ct) is { Count: > 0 } obstacles)
        {
            return new ClosingHasObstacles([.. obstacles.Select(ClosingReader.Shown)]);
        }

        var values = await parameters.Numbers(
            [RefundParameters.ClosingFee, FundingParameters.LateConsumptionDays],
            request.Caller.BranchId,
            ct
        );
        var fee = body.FeeWaived ? 0 : values[RefundParameters.ClosingFee];
        if (fee > 0 && body.Fee is null)
        {
            return new ClosingFeeRequired(fee);
        }

        var from = clock.GetUtcNow().UtcDateTime.AddDays(values[FundingParameters.LateConsumptionDays]);
        var draft = new ClosingDraft(facts, body, fee, BonusLapsed: 0, version, from);
        if (facts.Cards.Count > Limits.Cards || draft.Points.Count() + facts.Cards.Count(c => facts.Of(c.Reserve) > 0) > Limits.Balances)
        {
            return new ClosingTooLarge(Limits.Cards, Limits.Balances);
        }

        // The bonus as it is when the reserves have come back: what was set aside comes back as what it was.
        var swept = new MoneyMovement(Bonus: 0, draft.Reserve, -draft.Reserve);
        return draft with { BonusLapsed = await bonusLeft.After(facts.Customer.Id, [swept], ct) };
    }
}
