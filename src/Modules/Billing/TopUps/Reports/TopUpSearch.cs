using Billing.TopUps.Sales;

namespace Billing.TopUps.Reports;

/// <summary>What top-ups are found by.</summary>
internal interface ITopUpFilter
{
    string? BranchCode { get; }
    DateOnly? From { get; }
    DateOnly? To { get; }
    string? TopUpKind { get; }
    string? TopUpState { get; }
    string? Phone { get; }
    string? TillNumber { get; }
    string? ReceiptNumber { get; }
    bool? Overdue { get; }
}

/// <summary>Finds top-ups: one filter for the list, its totals and its file, so that they agree (MT-03.3, MT-03.4).</summary>
internal sealed class TopUpSearch(AppDb db, BranchScope scope, Parameters parameters, RequestContext request, TimeProvider clock)
{
    public async Task<Outcome<FoundTopUps>> Find(ITopUpFilter filter, CancellationToken ct)
    {
        var found = await scope.Find(filter.BranchCode, ct);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }

        var branches = db.Set<Branch>().Within(found.Value, filter.BranchCode).Select(b => b.Id);
        var topUps = db.Set<TopUp>().AsNoTracking().Where(t => branches.Contains(t.BranchId)).InState(filter.TopUpState);
        if (filter.From is { } from)
        {
            topUps = topUps.Where(t => t.ReceiptDate >= from);
        }

        if (filter.To is { } to)
        {
            topUps = topUps.Where(t => t.ReceiptDate <= to);
        }

        if (Json.Value<TopUpKind>(filter.TopUpKind) is { } kind)
        {
            topUps = topUps.Where(t => t.Kind == kind);
        }

        if (filter.Phone is { } phone)
        {
            topUps = topUps.Where(t => t.Phone == phone);
        }

        if (filter.TillNumber is { } till)
        {
            topUps = topUps.Where(t => t.TillNumber == till);
        }

        if (filter.ReceiptNumber is { } receipt)
        {
            var number = long.Parse(receipt, System.Globalization.CultureInfo.InvariantCulture);
            topUps = topUps.Where(t => t.ReceiptNumber == number);
        }

        if (filter.Overdue == true)
        {
            var minutes = await parameters.Number(TopUpParameters.OverdueMinutes, request.Caller.BranchId, ct);
            topUps = topUps.Overdue(clock.GetUtcNow().UtcDateTime.AddMinutes(-minutes));
        }

        return new FoundTopUps(topUps);
    }
}

/// <summary>What was found.</summary>
internal sealed record FoundTopUps(IQueryable<TopUp> TopUps);
