using Billing.Electricity.Files;

namespace Billing.Electricity.Debits;

/// <summary>Writes result files line by line.</summary>
internal static class DebitResults
{
    private const int AtOnce = 2_000;

    public static async Task Write(AppDb db, DebitFile file, Stream target, CancellationToken ct)
    {
        var name = ElectricityFileName.Parse(file.Name)!;
        await using var buffered = new BufferedStream(new Unclosed(target), 64 * 1024);
        var writer = new DebitFileWriter(buffered, file.Form);
        var header = new DebitHeader(name.Merchant, name.Unit, name.Date, name.Batch, file.Lines, file.Amount);
        await writer.Header(ElectricityFileKind.DebitResult, header, ct);
        for (var after = 0; ; )
        {
            var from = after;
            var outcomes = db.Set<DebitOutcome>();
            var rows = await db.Set<DebitLineRow>()
                .AsNoTracking()
                .Where(l => l.FileId == file.Id && l.Number > from)
                .OrderBy(l => l.Number)
                .Take(AtOnce)
                .Select(l => new { Line = l, Outcome = outcomes.Where(o => o.FileId == l.FileId && o.Number == l.Number).FirstOrDefault() })
                .ToListAsync(ct);
            foreach (var row in rows)
            {
                await writer.Line(row.Line.ToLine(), Result(row.Outcome), ct);
            }

            if (rows.Count < AtOnce)
            {
                break;
            }

            after = rows[^1].Line.Number;
        }

        await writer.ResultTrailer(file.Lines, file.Amount, file.DebitedLines, file.DebitedAmount, ct);
    }

    private static DebitResult Result(DebitOutcome? outcome) =>
        outcome?.TransactionId is { } id
            ? new DebitResult(outcome.Code, outcome.Amount, SerialNumber.Of(id), Reconciliation.BankLines.Time(outcome.At))
            : new DebitResult(outcome?.Code ?? "", 0, "", "");

    /// <summary>The buffer is disposed of, and what is behind it is the caller's.</summary>
    private sealed class Unclosed(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);
    }
}
