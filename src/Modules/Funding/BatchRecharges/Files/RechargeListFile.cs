using Platform.Tables;

namespace Funding.BatchRecharges.Files;

/// <summary>One line of a recharge list, as texts with no spaces around them; what they mean is checked elsewhere.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="CardNumber">"" when there is none, or when <paramref name="Fault"/> says that it cannot be read.</param>
/// <param name="Amount">Yuan, as text. A workbook's number cell comes as exact decimal text ("12.3").</param>
/// <param name="Fault">Why the line cannot be read; null for a line that can.</param>
public sealed record RechargeListLine(int Line, string CardNumber, string Amount, string? HolderName, string? Remark, TableFault? Fault);

/// <summary>What the list says of itself in its last line: how many lines it has and their total in yuan, as texts.</summary>
public sealed record RechargeListTrailer(int Line, string Count, string Total);

/// <summary>
/// A unit's recharge list as it came (FC-20.1): knows the columns, the header and the trailer of docs/batch-file.md. The lines are read once, one by
/// one.
/// </summary>
public sealed class RechargeListFile
{
    /// <summary>The most lines a list may have (FC-20.5).</summary>
    public const int MaxLines = 100_000;

    /// <summary>The most lines of an .xls: its sheet holds 65,536 rows, and the result has a header and a trailer beside the lines.</summary>
    public const int MaxXlsLines = 65_534;

    private readonly TableReader _table;
    private readonly int _maxLines;
    private IReadOnlyList<RechargeColumn> _columns = RechargeColumns.Usual;
    private int _lines;

    private RechargeListFile(TableReader table, TableFormat format)
    {
        _table = table;
        Layout = new RechargeListLayout(format, table.Layout);
        _maxLines = format == TableFormat.Xls ? MaxXlsLines : MaxLines;
    }

    /// <summary>How the list is laid out, for <see cref="RechargeResultFile"/>; its text is kept with the list.</summary>
    public RechargeListLayout Layout { get; }

    /// <summary>There after the last line was read; null when the list has none, which a workbook may do without.</summary>
    public RechargeListTrailer? Trailer { get; private set; }

    /// <param name="file">Seekable; stays the caller's, open until the lines are read.</param>
    /// <exception cref="TableRefusedException">The file cannot be taken; its fault says why.</exception>
    public static RechargeListFile Open(Stream file, TableFormat format) =>
        new(TableReader.Open(file, format, new TableLimits(), RechargeColumns.FixedWidths), format);

    /// <summary>The lines, without header, trailer and blank rows.</summary>
    /// <exception cref="TableRefusedException">The file cannot be read on, has too many lines, none, or a .dat no trailer.</exception>
    public IEnumerable<RechargeListLine> Lines()
    {
        var first = true;
        foreach (var row in _table.Rows)
        {
            if (row.IsBlank)
            {
                continue;
            }

            var header = first && ReadHeader(row);
            first = false;

            // What cannot be seen is no header and no trailer: it is a bad line.
            var hidden = row.Faults.Any(f => f.Code == TableFault.HiddenRow);
            if (!hidden && header)
            {
                continue;
            }

            if (!hidden && Trailer is null && row.Cells.Count > 0 && RechargeColumns.IsTrailer(row.Cells[0]))
            {
                Trailer = new RechargeListTrailer(row.Line, CellOf(row, 1), CellOf(row, 2));
                continue;
            }

            yield return ++_lines <= _maxLines ? LineOf(row) : throw new TableRefusedException(RechargeListFaults.TooManyLines(_maxLines));
        }

        if (Trailer is null && Layout.Format == TableFormat.Dat)
        {
            throw new TableRefusedException(RechargeListFaults.NoTrailer);
        }

        if (_lines == 0)
        {
            throw new TableRefusedException(RechargeListFaults.NoLines);
        }
    }

    /// <summary>A first row that names the card number's column is a header; then it says what every column is.</summary>
    private bool ReadHeader(TableRow row)
    {
        if (!row.Cells.Any(c => RechargeColumns.Named(c) == RechargeColumn.CardNumber))
        {
            return false;
        }

        var columns = new List<RechargeColumn>();
        var named = row.Cells.Count;
        while (string.IsNullOrWhiteSpace(row.Cells[named - 1]))
        {
            named--;
        }

        for (var i = 0; i < named; i++)
        {
            var column =
                RechargeColumns.Named(row.Cells[i])
                ?? throw new TableRefusedException(RechargeListFaults.UnknownHeader(row.Line, i + 1, row.Cells[i]));
            if (columns.Contains(column))
            {
                throw new TableRefusedException(RechargeListFaults.HeaderTwice(row.Line, i + 1, row.Cells[i]));
            }

            columns.Add(column);
        }

        _columns = columns.Contains(RechargeColumn.Amount)
            ? columns
            : throw new TableRefusedException(RechargeListFaults.NoAmountColumn(row.Line));
        return true;
    }

    private RechargeListLine LineOf(TableRow row)
    {
        var texts = new string?[RechargeColumns.Usual.Count];
        var fault =
            Trailer is not null ? RechargeListFaults.AfterTrailer(row.Line)
            : row.Faults.Count > 0 ? row.Faults[0]
            : null;
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var text = row.Cells[i].Trim();
            if (i >= _columns.Count)
            {
                fault ??= text.Length == 0 ? null : RechargeListFaults.TooManyCells(row.Line, i + 1);
            }
            else if (_columns[i] != RechargeColumn.Ordinal && text.Length > 0)
            {
                texts[(int)_columns[i]] = text;
            }
        }

        return new RechargeListLine(
            row.Line,
            texts[(int)RechargeColumn.CardNumber] ?? "",
            texts[(int)RechargeColumn.Amount] ?? "",
            texts[(int)RechargeColumn.HolderName],
            texts[(int)RechargeColumn.Remark],
            fault
        );
    }

    private static string CellOf(TableRow row, int index) => index < row.Cells.Count ? row.Cells[index].Trim() : "";
}
