namespace Billing.TopUps.Redemptions;

/// <summary>What redemptions are found by.</summary>
internal interface IRedemptionFilter
{
    string? BranchCode { get; }
    DateOnly? From { get; }
    DateOnly? To { get; }
    string? RedemptionKind { get; }
    string? RedemptionState { get; }
    string? CodeHead { get; }
    string? TillNumber { get; }
}

internal static class RedemptionFilterRules
{
    public static void FilterRules<T>(this AbstractValidator<T> validator)
        where T : IRedemptionFilter
    {
        validator.RuleFor(q => q.BranchCode).BranchCode();
        validator.RuleFor(q => q.RedemptionKind).NameOf<T, RedemptionKind>();
        validator.RuleFor(q => q.RedemptionState).Matches("^(all|authenticated|authenticationFailed|undone|confirmed)$");
        validator.RuleFor(q => q.CodeHead).Matches("^[0-9A-Za-z]{11}$");
        validator.RuleFor(q => q.TillNumber).TillNumber();
    }
}

/// <summary>What was found.</summary>
internal sealed record FoundRedemptions(IQueryable<Redemption> Redemptions);

/// <summary>A redemption with its store's code.</summary>
internal sealed record RedemptionRow(Redemption Redemption, string BranchCode);

/// <summary>Finds redemptions: one filter for the list, its totals and its file, so that they agree (MT-03.3, MT-03.4).</summary>
internal sealed class RedemptionSearch(AppDb db, BranchScope scope)
{
    public async Task<Outcome<FoundRedemptions>> Find(IRedemptionFilter filter, CancellationToken ct)
    {
        var found = await scope.Find(filter.BranchCode, ct);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var branches = db.Set<Branch>().Within(found.Value, filter.BranchCode).Select(b => b.Id);
        var redemptions = db.Set<Redemption>()
            .AsNoTracking()
            .Where(r => r.State != RedemptionState.Checking && branches.Contains(r.BranchId));
        if (filter.From is { } from)
        {
            redemptions = redemptions.Where(r => r.ReceiptDate >= from);
        }

        if (filter.To is { } to)
        {
            redemptions = redemptions.Where(r => r.ReceiptDate <= to);
        }

        if (Json.Value<RedemptionKind>(filter.RedemptionKind) is { } kind)
        {
            redemptions = redemptions.Where(r => r.Kind == kind);
        }

        if (Json.Value<RedemptionState>(filter.RedemptionState) is { } state)
        {
            redemptions = redemptions.Where(r => r.State == state);
        }

        if (filter.CodeHead is { } head)
        {
            redemptions = redemptions.Where(r => r.CodeHead == head);
        }

        if (filter.TillNumber is { } till)
        {
            redemptions = redemptions.Where(r => r.TillNumber == till);
        }

        return new FoundRedemptions(redemptions);
    }

    public IQueryable<RedemptionRow> Rows(IQueryable<Redemption> redemptions) =>
        from redemption in redemptions
        join branch in db.Set<Branch>() on redemption.BranchId equals branch.Id
        orderby redemption.Id
        select new RedemptionRow(redemption, branch.Code);
}
