using System.Globalization;

namespace Billing.Electricity.Files;

/// <summary>Writes debit files and result files, in both forms, line by line.</summary>
internal sealed class DebitFileWriter(Stream target, DebitFileForm form)
{
    private static readonly byte[] s_end = "\r\n"u8.ToArray();

    public ValueTask Header(string kind, DebitHeader header, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(header);
        var date = header.Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return form == DebitFileForm.Separated
            ? Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"H|1.0|{kind}|{header.Merchant}|{header.Unit}|{date}|{header.Batch:D3}|{header.Count}|{YuanText.Of(header.Amount)}"
                ),
                ct
            )
            : Write(
                new FixedLine(FixedLayout.Bytes)
                    .Text("H", 1)
                    .Text("1.0", 3)
                    .Text(kind, 5)
                    .Text(header.Merchant, 4)
                    .Text(header.Unit, 9)
                    .Text(date, 8)
                    .Number(header.Batch, 3)
                    .Number(header.Count, 8)
                    .Number(header.Amount, 14)
                    .Done(),
                ct
            );
    }

    /// <summary>A detail of a request, or of a result where <paramref name="result"/> is given.</summary>
    public ValueTask Line(DebitLine line, DebitResult? result, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(line);
        return form == DebitFileForm.Separated ? Write(Separated(line, result), ct) : Write(Fixed(line, result), ct);
    }

    public ValueTask Trailer(int count, long amount, CancellationToken ct) =>
        form == DebitFileForm.Separated
            ? Write(string.Create(CultureInfo.InvariantCulture, $"T|{count}|{YuanText.Of(amount)}"), ct)
            : Write(new FixedLine(FixedLayout.Bytes).Text("T", 1).Number(count, 8).Number(amount, 14).Done(), ct);

    /// <summary>The trailer of a result: all lines, and those that were debited.</summary>
    public ValueTask ResultTrailer(int count, long amount, int debited, long debitedAmount, CancellationToken ct) =>
        form == DebitFileForm.Separated
            ? Write(
                string.Create(CultureInfo.InvariantCulture, $"T|{count}|{YuanText.Of(amount)}|{debited}|{YuanText.Of(debitedAmount)}"),
                ct
            )
            : Write(
                new FixedLine(FixedLayout.Bytes)
                    .Text("T", 1)
                    .Number(count, 8)
                    .Number(amount, 14)
                    .Number(debited, 8)
                    .Number(debitedAmount, 14)
                    .Done(),
                ct
            );

    private static string Separated(DebitLine l, DebitResult? result)
    {
        MustFit(l.Name, l.AccountName, l.Customer, l.Receivable, l.Account);
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"D|{l.Number}|{l.Customer}|{l.Name}|{l.Month}|{l.Sequence}|{l.Receivable}|{YuanText.Of(l.Principal)}|{YuanText.Of(l.LateFee)}|"
                + $"{YuanText.Of(l.Total)}|{l.Account}|{l.AccountName}|{l.Mode}"
        );
        return result is null ? line : $"{line}|{result.Code}|{YuanText.Of(result.Amount)}|{result.BankSerial}|{result.Time}";
    }

    private static byte[] Fixed(DebitLine l, DebitResult? result)
    {
        var line = new FixedLine(result is null ? FixedLayout.Bytes : FixedLayout.ResultBytes)
            .Text("D", 1)
            .Number(l.Number, 8)
            .Text(l.Customer, 13)
            .Text(l.Name, 60)
            .Text(l.Month, 6)
            .Text(l.Sequence, 2)
            .Text(l.Receivable, 16)
            .Number(l.Principal, 12)
            .Number(l.LateFee, 12)
            .Number(l.Total, 12)
            .Text(l.Account, 32)
            .Text(l.AccountName, 60)
            .Text(l.Mode, 1)
            .Text("", 15);
        return result is null
            ? line.Done()
            : line.Text(result.Code, 4).Number(result.Amount, 12).Text(result.BankSerial, 20).Text(result.Time, 14).Done();
    }

    /// <summary>A bar inside a field is refused, not escaped: whoever reads the file would see one field more.</summary>
    private static void MustFit(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (field.Contains('|', StringComparison.Ordinal))
            {
                throw new ArgumentException("A field of a separated file has a vertical bar.", nameof(fields));
            }
        }
    }

    private ValueTask Write(string line, CancellationToken ct) => Write(Gbk.Encoding.GetBytes(line), ct);

    private async ValueTask Write(byte[] line, CancellationToken ct)
    {
        await target.WriteAsync(line, ct);
        await target.WriteAsync(s_end, ct);
    }
}
