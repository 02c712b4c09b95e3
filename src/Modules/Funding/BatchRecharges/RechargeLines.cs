namespace Funding.BatchRecharges;

/// <summary>A line with what became of it, if anything has.</summary>
internal sealed record RechargeLineRow(ListedRecharge Line, long? TransactionId, string? FailureCode, string? FailureEn, string? FailureZh)
{
    public RechargeLineOutcome Outcome =>
        Line.ReasonCode is not null ? RechargeLineOutcome.Bad
        : TransactionId is not null ? RechargeLineOutcome.Posted
        : FailureCode is not null ? RechargeLineOutcome.Failed
        : RechargeLineOutcome.Waiting;

    /// <summary>Why the line is bad or failed.</summary>
    public string? ReasonCode => FailureCode ?? Line.ReasonCode;

    public string? ReasonEn => FailureEn ?? Line.ReasonEn;

    public string? ReasonZh => FailureZh ?? Line.ReasonZh;

    /// <summary>Of the line's transaction.</summary>
    public string? SerialNumber => TransactionId is { } id ? Platform.Persistence.SerialNumber.Of(id) : null;

    /// <summary>Fen; null where the file's amount is none.</summary>
    public long? Amount => Line.AmountText is null ? Line.Amount : null;
}

/// <summary>
/// Reads a list's lines. Their outcomes are looked up line by line, in subqueries, and never joined: a database whose statistics do not know the
/// newest list yet takes it for a few lines, joins by the list's number alone and compares each line with each (seen on PostgreSQL: 100,000 times
/// 100,000).
/// </summary>
internal static class RechargeLines
{
    /// <summary>A list's lines with one outcome, or with any, in no order.</summary>
    public static IQueryable<ListedRecharge> WithOutcome(AppDb db, long listId, RechargeLineOutcome? only)
    {
        var outcomes = db.Set<RechargeOutcome>();
        var lines = db.Set<ListedRecharge>().Where(l => l.ListId == listId);
        return only switch
        {
            RechargeLineOutcome.Bad => lines.Where(l => l.ReasonCode != null),
            RechargeLineOutcome.Waiting => lines.Where(l =>
                l.ReasonCode == null
                && outcomes.Where(o => o.ListId == l.ListId && o.Number == l.Number).Select(o => (int?)o.Number).FirstOrDefault() == null
            ),
            RechargeLineOutcome.Posted => lines.Where(l =>
                outcomes.Where(o => o.ListId == l.ListId && o.Number == l.Number).Select(o => o.TransactionId).FirstOrDefault() != null
            ),
            RechargeLineOutcome.Failed => lines.Where(l =>
                outcomes.Where(o => o.ListId == l.ListId && o.Number == l.Number).Select(o => o.ReasonCode).FirstOrDefault() != null
            ),
            _ => lines,
        };
    }

    /// <summary>The lines after a number in the order of the file, with what became of each.</summary>
    public static IQueryable<RechargeLineRow> Of(AppDb db, long listId, long after, RechargeLineOutcome? only = null)
    {
        var outcomes = db.Set<RechargeOutcome>();
        return WithOutcome(db, listId, only)
            .Where(l => l.Number > after)
            .OrderBy(l => l.Number)
            .Select(l => new RechargeLineRow(
                l,
                outcomes.Where(o => o.ListId == l.ListId && o.Number == l.Number).Select(o => o.TransactionId).FirstOrDefault(),
                outcomes.Where(o => o.ListId == l.ListId && o.Number == l.Number).Select(o => o.ReasonCode).FirstOrDefault(),
                outcomes.Where(o => o.ListId == l.ListId && o.Number == l.Number).Select(o => o.ReasonEn).FirstOrDefault(),
                outcomes.Where(o => o.ListId == l.ListId && o.Number == l.Number).Select(o => o.ReasonZh).FirstOrDefault()
            ));
    }
}
