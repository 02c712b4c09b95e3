using System.Globalization;

namespace Billing.Electricity.Files;

/// <summary>
/// Reads a debit file line by line. What makes the file as a whole wrong is gathered in <see cref="Faults"/>: the reader goes on, so that every bad
/// line is named. A line that can be read and cannot be debited is no fault: it is given out and gets a code of its own.
/// </summary>
internal sealed class DebitFileReader
{
    private const int HeaderFields = 9;
    private const int DetailFields = 13;
    private const int TrailerFields = 3;

    private readonly ByteLines _lines;
    private readonly List<DebitFileFault> _faults = [];

    public DebitFileReader(Stream file)
    {
        _lines = new ByteLines(file, DebitFileLimits.LineBytes);
        ReadHeader();
    }

    public DebitFileForm Form { get; private set; }

    /// <summary>Null where it cannot be read.</summary>
    public DebitHeader? Header { get; private set; }

    public IReadOnlyList<DebitFileFault> Faults => _faults;

    /// <summary>How many faults there are; <see cref="Faults"/> names the first of them.</summary>
    public int FaultCount { get; private set; }

    public int Count { get; private set; }

    public long Amount { get; private set; }

    /// <summary>The details that can be read, to the end of the file.</summary>
    public IEnumerable<DebitLine> Lines()
    {
        var trailer = false;
        while (Header is not null && _lines.Next(out var bytes))
        {
            if (trailer)
            {
                Fault("after-trailer", "A line follows the trailer.", "尾行之后还有内容。");
                break;
            }

            var line = Detail(bytes, out trailer);
            if (line is not null)
            {
                yield return line;
            }
        }

        if (_lines.Broken)
        {
            FaultAt(
                _lines.Number,
                "line-end",
                "A line is longer than 512 bytes or does not end with CR LF.",
                "行长超过 512 字节，或未以回车换行结尾。"
            );
        }
        else if (Header is not null && !trailer)
        {
            FaultAt(0, "trailer-missing", "The file has no trailer.", "文件没有尾行。");
        }
    }

    private void ReadHeader()
    {
        if (!_lines.Next(out var bytes) || bytes.Length == 0 || bytes[0] != (byte)'H')
        {
            Fault("header", "The first line is not a header.", "首行不是文件头。");
            return;
        }

        Form = bytes.Length > 1 && bytes[1] == (byte)'|' ? DebitFileForm.Separated : DebitFileForm.Fixed;
        var fields = Form == DebitFileForm.Separated ? Gbk.Text(bytes)?.Split('|') : FixedLayout.Split(bytes, FixedLayout.Header);
        if (fields is not { Length: HeaderFields } f || f[1] != "1.0" || f[2] != ElectricityFileKind.DebitRequest)
        {
            Fault("header", "The header is not one of a debit file, version 1.0.", "文件头不是 1.0 版代扣文件。");
            return;
        }

        var amount = Form == DebitFileForm.Separated ? YuanText.Parse(f[8]) : FixedLayout.Number(f[8]);
        if (
            !DateOnly.TryParseExact(f[5], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            || Small(f[6]) is not { } batch
            || Small(f[7]) is not { } count
            || amount is not { } fen
        )
        {
            Fault("header", "Date, batch, count or amount of the header cannot be read.", "文件头的日期、批次、笔数或金额无法识别。");
            return;
        }

        if (count is 0 or > DebitFileLimits.Lines)
        {
            Fault("too-many-lines", "A file has 1 to 200,000 lines.", "文件须有 1 至 200,000 笔。");
            return;
        }

        Header = new DebitHeader(f[3], f[4], date, batch, count, fen);
    }

    private DebitLine? Detail(ReadOnlySpan<byte> bytes, out bool trailer)
    {
        trailer = bytes.Length > 0 && bytes[0] == (byte)'T';
        if (trailer)
        {
            Trailer(bytes);
            return null;
        }

        var fields =
            Form == DebitFileForm.Separated ? Gbk.Text(bytes)?.Split('|') : FixedLayout.Split(bytes, FixedLayout.Detail)?[..DetailFields];
        if (fields is not { Length: DetailFields } f || f[0] != "D")
        {
            Fault("line", "The line is not a detail of thirteen fields in GBK.", "该行不是 13 个字段的 GBK 明细行。");
            return null;
        }

        if (Small(f[1]) != Count + 1)
        {
            Fault("line-number", "The lines are not numbered 1, 2, 3.", "明细序号不连续。");
        }

        Count++;
        var (principal, fee, total) = (Fen(f[7]), Fen(f[8]), Fen(f[9]));
        if (principal is null || fee is null || total is null)
        {
            Fault("amount", "An amount of the line cannot be read.", "该行金额无法识别。");
            return null;
        }

        Amount = checked(Amount + total.Value);
        if (!Keepable(f))
        {
            Fault("field", "A field of the line is missing or too long.", "该行有字段缺失或过长。");
            return null;
        }

        return new DebitLine(Count, f[2], f[3], f[4], f[5], f[6], principal.Value, fee.Value, total.Value, f[10], f[11], f[12]);
    }

    private void Trailer(ReadOnlySpan<byte> bytes)
    {
        var fields = Form == DebitFileForm.Separated ? Gbk.Text(bytes)?.Split('|') : FixedLayout.Split(bytes, FixedLayout.Trailer);
        if (fields is not { Length: TrailerFields } f || Small(f[1]) is not { } count || Fen(f[2]) is not { } amount)
        {
            Fault("trailer", "Count or amount of the trailer cannot be read.", "尾行的笔数或金额无法识别。");
            return;
        }

        if (count != Count || Header!.Count != Count)
        {
            Fault("count-differs", "Header, trailer and lines do not have the same count.", "文件头、尾行与明细的笔数不一致。");
        }

        if (amount != Amount || Header!.Amount != Amount)
        {
            Fault("amount-differs", "Header, trailer and lines do not have the same amount.", "文件头、尾行与明细的金额不一致。");
        }
    }

    private long? Fen(string text) => Form == DebitFileForm.Separated ? YuanText.Parse(text) : FixedLayout.Number(text);

    private static int? Small(string digits) =>
        digits.Length is > 0 and <= 9 && digits.All(char.IsAsciiDigit) ? int.Parse(digits, CultureInfo.InvariantCulture) : null;

    /// <summary>Texts as the rows keep them: the fixed-width form says how long they may be.</summary>
    private static bool Keepable(string[] f) =>
        f[2].Length is > 0 and <= 13
        && f[3].Length <= 60
        && f[4].Length == 6
        && f[4].All(char.IsAsciiDigit)
        && f[5].Length <= 2
        && f[6].Length is > 0 and <= 16
        && f[10].Length is > 0 and <= 32
        && f[11].Length <= 60
        && f[12].Length <= 1
        && !f.Any(t => t.Any(char.IsControl));

    private void Fault(string code, string en, string zh) => FaultAt(_lines.Number, code, en, zh);

    private void FaultAt(int line, string code, string en, string zh)
    {
        FaultCount++;
        if (_faults.Count < DebitFileLimits.Faults)
        {
            _faults.Add(new DebitFileFault(line, code, en, zh));
        }
    }
}
