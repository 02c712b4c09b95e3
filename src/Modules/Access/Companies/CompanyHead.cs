using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Access.Companies;

/// <summary>The company as it holds at a branch: each detail its own, else the nearest set above it (PL-05.5).</summary>
internal sealed record CompanyHead(string? Name, string? Address, string? Phone, string? TaxNumber, CompanyLogo? Logo)
{
    /// <param name="upToTop">The branch's id and those above it, nearest first.</param>
    public static async Task<CompanyHead> Read(AppDb db, IReadOnlyList<long> upToTop, CancellationToken ct)
    {
        var set = await db.Set<CompanyDetails>().AsNoTracking().Where(c => upToTop.Contains(c.BranchId)).ToListAsync(ct);
        var logos = await db.Set<CompanyLogo>().Where(l => upToTop.Contains(l.BranchId)).Select(l => l.BranchId).ToListAsync(ct);
        var nearest = upToTop.Where(logos.Contains).Cast<long?>().FirstOrDefault();
        var logo = nearest is null ? null : await db.Set<CompanyLogo>().AsNoTracking().SingleOrDefaultAsync(l => l.BranchId == nearest, ct);
        var inOrder = upToTop.Select(id => set.Find(c => c.BranchId == id)).OfType<CompanyDetails>().ToList();
        return new CompanyHead(
            inOrder.Find(c => c.Name is not null)?.Name,
            inOrder.Find(c => c.Address is not null)?.Address,
            inOrder.Find(c => c.Phone is not null)?.Phone,
            inOrder.Find(c => c.TaxNumber is not null)?.TaxNumber,
            logo
        );
    }

    /// <summary>As documents take it; null where nothing is set.</summary>
    public DocumentCompany? ForPaper() =>
        (Name ?? Address ?? Phone ?? TaxNumber) is null && Logo is null
            ? null
            : new DocumentCompany(
                Name,
                Address,
                Phone,
                TaxNumber,
                Logo is null ? null : $"data:{Logo.MediaType};base64,{Convert.ToBase64String(Logo.Content)}"
            );
}
