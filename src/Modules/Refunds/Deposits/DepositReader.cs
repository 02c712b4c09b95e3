using Refunds.Closing;
using Refunds.Documents;

namespace Refunds.Deposits;

/// <summary>A card with a deposit, and what becomes of it.</summary>
internal sealed record DepositLine(Card Card, ClosingCard? Row, CardState Before, long Deposit, DepositOutcome Outcome)
{
    /// <summary>
    /// A card that came back counts, also one reported lost and found again; an expired one counts as well; a lost or damaged one that did not come
    /// back, and one that another took the place of, do not (FC-30.1).
    /// </summary>
    public static DepositOutcome OutcomeOf(CardState before, bool cameBack, long deposit) =>
        deposit == 0 ? DepositOutcome.Settled
        : before == CardState.Damaged ? DepositOutcome.Forfeit
        : cameBack || before == CardState.Expired ? DepositOutcome.Refund
        : before is CardState.Lost or CardState.Closed ? DepositOutcome.Forfeit
        : DepositOutcome.ToRead;
}

/// <summary>Reads the deposits of a closing.</summary>
internal sealed class DepositReader(ClosingReader reader)
{
    public async Task<Outcome<(ClosingFacts Facts, IReadOnlyList<DepositLine> Lines)>> Read(long closingId, CancellationToken ct)
    {
        var found = await reader.Find(closingId, ct);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        if (found.Value.State != ClosingState.Closed)
        {
            return new ClosingStateForbids(found.Value.State);
        }

        var facts = await reader.Read(found.Value, ct);
        return (facts, [.. facts.Cards.Select(c => Line(facts, c)).Where(l => l.Deposit > 0 || l.Row?.DepositSettledById is not null)]);
    }

    /// <summary>Those that a refund settles: paid out, or to income. A refusal where there are none.</summary>
    public async Task<Outcome<(ClosingFacts Facts, List<DepositLine> Lines)>> ToSettle(long closingId, CancellationToken ct)
    {
        var read = await Read(closingId, ct);
        if (read.Refusal is { } refusal)
        {
            return refusal;
        }

        var lines = read.Value.Lines.Where(l => l.Outcome is DepositOutcome.Refund or DepositOutcome.Forfeit).ToList();
        return lines.Count == 0 ? new NoDeposits() : (read.Value.Facts, lines);
    }

    private static DepositLine Line(ClosingFacts facts, Card card)
    {
        var row = facts.Taken.GetValueOrDefault(card.Id);
        var (before, deposit) = (row?.StateBefore ?? CardState.Closed, facts.Of(card.Deposit));
        return new DepositLine(card, row, before, deposit, DepositLine.OutcomeOf(before, row?.TakenAt is not null, deposit));
    }

    public static DepositsView View(ClosingFacts facts, IReadOnlyList<DepositLine> lines, string? serialNumber) =>
        new(
            IdText.Of(facts.Closing.Id),
            facts.Customer.Code,
            [.. lines.Select(l => new DepositCard(l.Card.Number, l.Before, l.Deposit, l.Outcome))],
            Sum(lines, DepositOutcome.Refund),
            Sum(lines, DepositOutcome.Forfeit),
            serialNumber,
            serialNumber is null ? [] : [RefundPapers.Link(DepositList.Name, serialNumber)]
        );

    public static long Sum(IReadOnlyList<DepositLine> lines, DepositOutcome outcome) =>
        lines.Where(l => l.Outcome == outcome).Sum(l => l.Deposit);
}
