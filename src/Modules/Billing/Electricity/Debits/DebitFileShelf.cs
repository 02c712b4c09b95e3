using Billing.Electricity.Files;
using Billing.Electricity.Merchants;
using Billing.Electricity.Power;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Debits;

/// <summary>The power side's shelf of debit files: what is whole there, and taking it, for an operator or by the schedule.</summary>
internal sealed class DebitFileShelf(AppDb db, Books books, DebitFileIntake intake, PowerClient power)
{
    /// <summary>Files that the schedule takes of one date.</summary>
    private const int MostFiles = 100;

    /// <summary>The names of whole files of a date that are not too large; null where the power side did not answer.</summary>
    public async Task<List<string>?> Complete(DateOnly date, CancellationToken ct) =>
        (await power.Files(date, ct)).Value is { } files
            ? [.. files.Where(f => f.Complete && f.Bytes <= DebitFileLimits.FileBytes).Select(f => f.Name)]
            : null;

    public async Task<Outcome<Booking<DebitFileResponse>>> Take(DateOnly date, string name, Actor actor, CancellationToken ct)
    {
        await using var content = ScratchFile.Open();
        if (!await power.File(date, name, content, ct))
        {
            return new PowerSideSilent();
        }

        content.Position = 0;
        return await intake.Take(name, content, content.Length, actor, ct);
    }

    /// <summary>
    /// Takes what a date has and was not taken before, each for its unit's union. False where the power side did not answer: it is tried again. A
    /// file that is not whole yet is taken at the next time.
    /// </summary>
    public async Task<bool> TakeAll(DateOnly date, CancellationToken ct)
    {
        if (await Complete(date, ct) is not { } names)
        {
            return false;
        }

        var taken = await db.Set<DebitFile>().Where(f => f.Date == date).Select(f => f.Name).ToListAsync(ct);
        var heard = true;
        foreach (var name in names.Except(taken, StringComparer.Ordinal).Take(MostFiles))
        {
            if (ElectricityFileName.Parse(name) is not { Kind: ElectricityFileKind.DebitRequest } parsed)
            {
                continue;
            }

            var union = await db.Set<AccountingUnit>()
                .Where(u => u.Code == parsed.Unit && u.MerchantCode == parsed.Merchant)
                .Select(u => (long?)u.UnionId)
                .SingleOrDefaultAsync(ct);
            if (union is not { } branchId)
            {
                continue;
            }

            // A job has no operator: documents show 系统. What is refused here is refused to an operator, too: he asks, and hears why.
            var file = await Take(date, name, new Actor(branchId, 0), ct);
            heard &= file.Refusal is not PowerSideSilent;
            if (file.Refusal is null)
            {
                await books.Post(file.Value);
            }
        }

        return heard;
    }
}
