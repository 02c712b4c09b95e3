using System.Globalization;
using Billing.Electricity.Files;

namespace Billing.Electricity.Reconciliation;

/// <summary>Reads a reconciliation file, holds its sums against its lines, and sorts it by key.</summary>
internal static class LineFileSorter
{
    private const int MostBytes = 512;
    private const int HeaderFields = 10;

    /// <summary>
    /// The key of a line: our serial number with the receivable; where the power side has none, customer, receivable and total. Lines of one key are
    /// told apart by how often they occur.
    /// </summary>
    public static int Key(ReadOnlySpan<byte> line, ReadOnlySpan<Range> fields, Span<byte> key)
    {
        var at = 0;
        if (line[fields[LineFields.Bank]].Length > 0)
        {
            Put(line[fields[LineFields.Bank]], key, ref at);
            Put("|"u8, key, ref at);
            Put(line[fields[LineFields.Receivable]], key, ref at);
            return at;
        }

        // Behind every serial number.
        Put("~"u8, key, ref at);
        Put(line[fields[LineFields.Customer]], key, ref at);
        Put("|"u8, key, ref at);
        Put(line[fields[LineFields.Receivable]], key, ref at);
        Put("|"u8, key, ref at);
        Put(line[fields[LineFields.Total]], key, ref at);
        return at;
    }

    /// <summary>Throws <see cref="LineFileException"/> where the file is not whole.</summary>
    public static LineFileHeader Read(Stream file, LineSorter sorter)
    {
        var lines = new ByteLines(file, MostBytes);
        var header = lines.Next(out var first) ? Header(Gbk.Text(first)) : null;
        if (header is null)
        {
            throw new LineFileException(1, "The first line is not a header.", "首行不是文件头。");
        }

        Span<Range> fields = stackalloc Range[LineFields.Count];
        Span<byte> key = stackalloc byte[MostBytes + 4];
        var sums = default(LineSums);
        string? trailer = null;
        while (lines.Next(out var line))
        {
            if (trailer is not null)
            {
                throw new LineFileException(lines.Number, "A line follows the trailer.", "尾行之后还有内容。");
            }

            if (line.Length > 1 && line[0] == (byte)'T')
            {
                trailer = Gbk.Text(line[2..]) ?? "";
                continue;
            }

            if (!IsLine(line, fields, out var fen))
            {
                throw new LineFileException(lines.Number, "The line is not one of thirteen fields.", "该行不是 13 个字段的明细行。");
            }

            sums = sums.Plus(fen, line[^1] == (byte)CollectionLine.Reversed);
            sorter.Add(key[..Key(line, fields, key)], line);
        }

        if (lines.Broken)
        {
            throw new LineFileException(lines.Number, "The line is too long or does not end with CR LF.", "行过长，或未以回车换行结尾。");
        }

        return trailer != sums.ToString() || header.Sums != sums
            ? throw new LineFileException(lines.Number, "Counts or amounts are not those of the lines.", "笔数或金额与明细不符。")
            : header;
    }

    private static bool IsLine(ReadOnlySpan<byte> line, Span<Range> fields, out long fen)
    {
        fen = -1;
        if (!LineFields.Split(line, fields) || line[0] != (byte)'R' || fields[0].End.Value != 1)
        {
            return false;
        }

        fen = LineFields.Fen(line[fields[LineFields.Total]]);
        var state = line[fields[LineFields.State]];
        return fen >= 0
            && LineFields.Fen(line[fields[LineFields.Principal]]) >= 0
            && LineFields.Fen(line[fields[LineFields.Principal + 1]]) >= 0
            && state.Length == 1
            && state[0] is (byte)CollectionLine.Done or (byte)CollectionLine.Reversed
            && !line.ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }

    private static LineFileHeader? Header(string? text) =>
        text?.Split('|') is ["H", "1.0", var kind, var merchant, var unit, var date, _, _, _, _] f
        && f.Length == HeaderFields
        && DateOnly.TryParseExact(date, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && Number(f[6]) is { } count
        && YuanText.Parse(f[7]) is { } amount
        && Number(f[8]) is { } reversed
        && YuanText.Parse(f[9]) is { } reversedAmount
            ? new LineFileHeader(kind, merchant, unit, day, new LineSums(count, amount, reversed, reversedAmount))
            : null;

    private static long? Number(string digits) => FixedLayout.Number(digits);

    private static void Put(ReadOnlySpan<byte> part, Span<byte> key, ref int at)
    {
        part.CopyTo(key[at..]);
        at += part.Length;
    }
}
