using System.Globalization;
using System.Text;
using Billing.Electricity.Files;

namespace Billing.Electricity.Reconciliation;

/// <summary>One line of a reconciliation file. Amounts are in fen; state S is done, C reversed.</summary>
internal sealed record CollectionLine(
    DateOnly WorkDate,
    string BankSerial,
    string PowerSerial,
    string Customer,
    string Receivable,
    string Month,
    long Principal,
    long LateFee,
    long Total,
    string Mode,
    string Time,
    char State
)
{
    public const char Done = 'S';
    public const char Reversed = 'C';
}

/// <summary>Count and amount in fen of the lines that are done, and of those that are reversed.</summary>
internal readonly record struct LineSums(long Count, long Amount, long ReversedCount, long ReversedAmount)
{
    public LineSums Plus(long fen, bool reversed) =>
        reversed
            ? this with
            {
                ReversedCount = ReversedCount + 1,
                ReversedAmount = checked(ReversedAmount + fen),
            }
            : this with
            {
                Count = Count + 1,
                Amount = checked(Amount + fen),
            };

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count}|{YuanText.Of(Amount)}|{ReversedCount}|{YuanText.Of(ReversedAmount)}");
}

/// <summary>The first line of a reconciliation file.</summary>
internal sealed record LineFileHeader(string Kind, string Merchant, string Unit, DateOnly WorkDate, LineSums Sums);

/// <summary>Writes a reconciliation file. Its sums must be known before: they stand in the header.</summary>
internal sealed class LineFileWriter(Stream target) : IAsyncDisposable
{
    private readonly StreamWriter _writer = new(target, Gbk.Encoding, 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };

    public Task Header(LineFileHeader header) =>
        _writer.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"H|1.0|{header.Kind}|{header.Merchant}|{header.Unit}|{header.WorkDate:yyyyMMdd}|{header.Sums}"
            )
        );

    public Task Line(CollectionLine line) =>
        _writer.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"R|{line.WorkDate:yyyyMMdd}|{line.BankSerial}|{line.PowerSerial}|{line.Customer}|{line.Receivable}|{line.Month}|"
                    + $"{YuanText.Of(line.Principal)}|{YuanText.Of(line.LateFee)}|{YuanText.Of(line.Total)}|{line.Mode}|{line.Time}|{line.State}"
            )
        );

    public Task Trailer(LineSums sums) => _writer.WriteLineAsync($"T|{sums}");

    public ValueTask DisposeAsync() => _writer.DisposeAsync();
}

/// <summary>The fields of a line, as bytes.</summary>
internal static class LineFields
{
    public const int Count = 13;
    public const int Bank = 2;
    public const int Power = 3;
    public const int Customer = 4;
    public const int Receivable = 5;
    public const int Principal = 7;
    public const int Total = 9;
    public const int State = 12;

    /// <summary>Where each field begins and ends; false where there are not thirteen.</summary>
    public static bool Split(ReadOnlySpan<byte> line, Span<Range> fields)
    {
        var (from, field) = (0, 0);
        while (true)
        {
            var bar = line[from..].IndexOf((byte)'|');
            var to = bar < 0 ? line.Length : from + bar;
            if (field == Count)
            {
                return false;
            }

            fields[field++] = new Range(from, to);
            if (bar < 0)
            {
                return field == Count;
            }

            from = to + 1;
        }
    }

    /// <summary>Fen; -1 where the field is no amount.</summary>
    public static long Fen(ReadOnlySpan<byte> text)
    {
        var point = text.Length - 3;
        if (point is < 1 or > 12 || text[point] != (byte)'.')
        {
            return -1;
        }

        long fen = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (i == point)
            {
                continue;
            }

            var digit = text[i] - '0';
            if ((uint)digit > 9)
            {
                return -1;
            }

            fen = (fen * 10) + digit;
        }

        return fen;
    }

    public static CollectionLine Line(ReadOnlySpan<byte> line)
    {
        var f = Encoding.ASCII.GetString(line).Split('|');
        return new CollectionLine(
            DateOnly.ParseExact(f[1], "yyyyMMdd", CultureInfo.InvariantCulture),
            f[2],
            f[3],
            f[4],
            f[5],
            f[6],
            YuanText.Parse(f[7])!.Value,
            YuanText.Parse(f[8])!.Value,
            YuanText.Parse(f[9])!.Value,
            f[10],
            f[11],
            f[12][0]
        );
    }
}

/// <summary>A reconciliation file that cannot be used.</summary>
internal sealed class LineFileException(int line, string en, string zh) : Exception(FormattableString.Invariant($"Line {line}: {en}"))
{
    public int Line { get; } = line;

    public string En { get; } = en;

    public string Zh { get; } = zh;
}
