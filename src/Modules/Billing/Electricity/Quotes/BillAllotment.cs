namespace Billing.Electricity.Quotes;

/// <summary>What a payment pays of which receivable, and what it pays over. Amounts are in fen.</summary>
internal sealed record AllottedBill(IReadOnlyList<AllottedItem> Items, long Prepaid)
{
    public long Principal => Items.Sum(i => i.Principal) + Prepaid;

    public long LateFee => Items.Sum(i => i.LateFee);
}

/// <summary>What is paid of one receivable. Stored with the payment; short names keep the row small.</summary>
/// <param name="R">The receivable's id.</param>
/// <param name="M">Its month.</param>
/// <param name="P">Fen of principal.</param>
/// <param name="F">Fen of late fee.</param>
/// <param name="W">Whole: nothing of it is left.</param>
internal sealed record AllottedItem(string R, string M, long P, long F, bool W)
{
    public string Receivable => R;

    public string Month => M;

    public long Principal => P;

    public long LateFee => F;

    public bool IsWhole => W;

    public long Total => P + F;
}

/// <summary>
/// Allots an amount to receivables (EB-02.4): whole ones, oldest first; a part of the last only where the supply company takes parts, its late fee
/// before its principal; more than is owed only where the company keeps a balance.
/// </summary>
internal static class BillAllotment
{
    public static Outcome<AllottedBill> Of(BillQuote quote, IReadOnlyList<string> chosen, long amount)
    {
        var owed = quote.Receivables;
        if (chosen.Count == 0 || chosen.Count > owed.Count || !chosen.SequenceEqual(owed.Take(chosen.Count).Select(r => r.Id)))
        {
            return new ReceivablesNotOldestFirst();
        }

        var due = owed.Take(chosen.Count).Sum(r => r.Total);
        if (amount > due && !(quote.KeepsBalance && chosen.Count == owed.Count))
        {
            return new MoreThanOwed(due);
        }

        var items = new List<AllottedItem>(chosen.Count);
        var left = amount;
        for (var i = 0; i < chosen.Count; i++)
        {
            var receivable = owed[i];
            var part = left < receivable.Total;
            if (part && (!quote.PartsAllowed || i != chosen.Count - 1 || left <= 0))
            {
                return new PartNotTaken(due);
            }

            var fee = Math.Min(receivable.LateFee, left);
            var principal = Math.Min(receivable.Principal, left - fee);
            items.Add(new AllottedItem(receivable.Id, receivable.Month, principal, fee, !part));
            left -= fee + principal;
        }

        return new AllottedBill(items, left);
    }
}

/// <summary>Receivables are skipped.</summary>
public sealed record ReceivablesNotOldestFirst()
    : Refusal("receivables-not-oldest-first", 422, "Pay the oldest receivables of the quote first.", "须按先后顺序缴纳最早的欠费。");

/// <summary>A part of a receivable is not taken here.</summary>
/// <param name="Owed">Fen of the chosen receivables.</param>
public sealed record PartNotTaken(long Owed)
    : Refusal("part-not-taken", 422, "The supply company takes whole receivables only.", "该供电公司不受理部分缴费。");

/// <summary>More than is owed is not taken here.</summary>
/// <param name="Owed">Fen of the chosen receivables.</param>
public sealed record MoreThanOwed(long Owed) : Refusal("more-than-owed", 422, "The amount is more than is owed.", "金额超过应缴电费。");
