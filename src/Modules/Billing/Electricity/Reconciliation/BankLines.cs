using System.Globalization;
using Billing.Electricity.Files;
using Billing.Electricity.Merchants;
using Billing.Electricity.Payments;

namespace Billing.Electricity.Reconciliation;

/// <summary>The bank's lines of a work date: one for each receivable of each payment that the bank has or had.</summary>
internal sealed class BankLines(AppDb db)
{
    private const int AtOnce = 2_000;

    /// <summary>Writes DZBNK to a stream; gives its sums.</summary>
    public async Task<LineSums> Write(DateOnly date, AccountingUnit unit, Stream target, CancellationToken ct)
    {
        var sums = await Sums(date, unit.Id, ct);
        await using var writer = new LineFileWriter(target);
        await writer.Header(new LineFileHeader(ElectricityFileKind.BankLines, unit.MerchantCode, unit.Code, date, sums));
        await foreach (var line in Lines(date, unit.Id, ct))
        {
            await writer.Line(line);
        }

        await writer.Trailer(sums);
        return sums;
    }

    public async Task<LineSums> Sums(DateOnly date, long unitId, CancellationToken ct)
    {
        var sums = default(LineSums);
        await foreach (var line in Lines(date, unitId, ct))
        {
            sums = sums.Plus(line.Total, line.State == CollectionLine.Reversed);
        }

        return sums;
    }

    /// <summary>The lines of one payment; none where the bank never had it.</summary>
    public static IEnumerable<CollectionLine> Of(ElectricityPayment payment)
    {
        var state =
            payment.State == PaymentState.Reversed ? CollectionLine.Reversed
            : payment.State is PaymentState.Paid or PaymentState.Reversing ? CollectionLine.Done
            : (char?)null;
        if (state is not { } known)
        {
            yield break;
        }

        foreach (var item in payment.AllItems)
        {
            yield return new CollectionLine(
                payment.WorkDate,
                payment.SerialNumber,
                payment.PowerSerial ?? "",
                payment.Customer,
                item.Receivable,
                item.Month,
                item.Principal,
                item.LateFee,
                item.Total,
                payment.Mode,
                Time(payment.BookedAt),
                known
            );
        }

        if (payment.Prepaid > 0)
        {
            yield return new CollectionLine(
                payment.WorkDate,
                payment.SerialNumber,
                payment.PowerSerial ?? "",
                payment.Customer,
                "",
                "",
                payment.Prepaid,
                0,
                payment.Prepaid,
                payment.Mode,
                Time(payment.BookedAt),
                known
            );
        }
    }

    private async IAsyncEnumerable<CollectionLine> Lines(
        DateOnly date,
        long unitId,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct
    )
    {
        for (long after = 0; ; )
        {
            var from = after;
            var page = await db.Set<ElectricityPayment>()
                .AsNoTracking()
                .Where(p => p.WorkDate == date && p.UnitId == unitId && p.Id > from)
                .OrderBy(p => p.Id)
                .Take(AtOnce)
                .ToListAsync(ct);
            foreach (var line in page.SelectMany(Of))
            {
                yield return line;
            }

            if (page.Count < AtOnce)
            {
                yield break;
            }

            after = page[^1].Id;
        }
    }

    public static string Time(DateTime utc) =>
        DateTime.SpecifyKind(utc, DateTimeKind.Utc).AddHours(8).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
