namespace Billing.TopUps.Tills;

/// <summary>What the summaries are asked by: stores, and a range of receipt dates.</summary>
internal interface ISummaryFilter
{
    string? BranchCode { get; }
    DateOnly From { get; }
    DateOnly To { get; }
}

internal static class SummaryFilterRules
{
    public const int Days = 93;

    public static void FilterRules<T>(this AbstractValidator<T> validator)
        where T : ISummaryFilter
    {
        validator.RuleFor(q => q.BranchCode).BranchCode();
        validator
            .RuleFor(q => q.To)
            .Must((q, to) => to >= q.From && to.DayNumber - q.From.DayNumber < Days)
            .WithErrorCode("period")
            .WithMessage("At most 93 days, and not before the first date.", "最多 93 天，且不得早于起始日期。");
    }
}

/// <summary>The stores of a summary, where it is not too large.</summary>
internal sealed class SummaryScope(AppDb db, BranchScope scope, TopUpSummaryReport report)
{
    public async Task<Outcome<FoundStores>> Find(ISummaryFilter filter, CancellationToken ct)
    {
        var found = await scope.Find(filter.BranchCode, ct);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var stores = db.Set<Branch>().Within(found.Value, filter.BranchCode).Select(b => b.Id);
        return await report.IsTooLarge(stores, filter.From, filter.To, ct)
            ? new ExportTooLarge(TopUpSummaryReport.MostReceipts)
            : new FoundStores(stores);
    }
}

/// <summary>What was found.</summary>
internal sealed record FoundStores(IQueryable<long> Ids);
