namespace Platform.Tables;

/// <summary>An area of cells, rows and columns from 0, its last row and column included.</summary>
internal readonly record struct CellArea(int Row, int Column, int LastRow, int LastColumn)
{
    public bool Covers(int row, int column) =>
        row >= Row && row <= LastRow && column >= Column && column <= LastColumn && (row != Row || column != Column);
}

/// <summary>
/// What a person sees of a sheet, and what its cells hold, noted before the library reads it (FC-20.6): the library passes over hidden parts, rows of
/// one number and formulas without a value as if nothing were there. Rows and columns count from 0.
/// </summary>
/// <param name="number">The sheet's place in the workbook, from 1.</param>
internal sealed class SheetMap(int number, string name, bool visible)
{
    private const int MostMerged = 50_000;

    private readonly CellSet _hiddenRows = new();
    private readonly CellSet _values = new();
    private readonly CellSet _unsaved = new();
    private readonly CellSet _errors = new();
    private readonly Dictionary<(int Row, int Column), string> _errorTexts = [];
    private readonly List<CellArea> _merged = [];
    private List<CellArea>? _covering;
    private int _nextMerged;

    public int Number { get; } = number;

    public string Name { get; } = name;

    public bool Visible { get; } = visible;

    /// <summary>The last row that holds anything; -1 where none does.</summary>
    public int LastRow { get; private set; } = -1;

    /// <summary>The last column that holds anything; -1 where none does.</summary>
    public int LastColumn { get; private set; } = -1;

    /// <summary>A bit for each column that cannot be seen.</summary>
    public ulong HiddenColumns { get; set; }

    public void HideRow(int row) => _hiddenRows.Add(row, 0);

    public bool IsRowHidden(int row) => _hiddenRows.Contains(row, 0);

    public void HideColumns(int first, int last, bool hidden)
    {
        for (var column = Math.Max(0, first); column <= last && column < CellSet.Columns; column++)
        {
            HiddenColumns = hidden ? HiddenColumns | (1UL << column) : HiddenColumns & ~(1UL << column);
        }
    }

    public bool IsColumnHidden(int column) => column < CellSet.Columns && ((HiddenColumns >> column) & 1) != 0;

    /// <summary>A cell that is not empty, whatever it holds.</summary>
    public void AddValue(int row, int column)
    {
        _values.Add(row, column);
        Reach(row, column);
    }

    public bool HasValue(int row, int column) => _values.Contains(row, column);

    /// <summary>A formula whose result is not in the file.</summary>
    public void AddUnsaved(int row, int column)
    {
        _unsaved.Add(row, column);
        Reach(row, column);
    }

    public bool IsUnsaved(int row, int column) => _unsaved.Contains(row, column);

    /// <summary>A cell whose formula ends in an error; the library gives it as nothing, but a cell that says #N/A is not empty.</summary>
    public void AddError(int row, int column, string text)
    {
        const int MostTexts = 1_000;
        _errors.Add(row, column);
        Reach(row, column);
        if (_errorTexts.Count < MostTexts)
        {
            _errorTexts[(row, column)] = text;
        }
    }

    public string? ErrorAt(int row, int column) => _errors.Contains(row, column) ? _errorTexts.GetValueOrDefault((row, column), "#") : null;

    /// <exception cref="TableRefusedException">More merged cells than a list can have.</exception>
    public void AddMerged(CellArea area) => _merged.Add(_merged.Count < MostMerged ? area : throw TableFaults.DamagedFile("merged cells"));

    /// <summary>Does a merged cell that begins elsewhere lie over the cell? Rows must be asked for in their order.</summary>
    public bool IsCovered(int row, int column)
    {
        if (_merged.Count == 0)
        {
            return false;
        }

        if (_covering is null)
        {
            _merged.Sort((a, b) => a.Row.CompareTo(b.Row));
            _covering = [];
        }

        while (_nextMerged < _merged.Count && _merged[_nextMerged].Row <= row)
        {
            _covering.Add(_merged[_nextMerged++]);
        }

        _covering.RemoveAll(a => a.LastRow < row);
        return _covering.Exists(a => a.Covers(row, column));
    }

    private void Reach(int row, int column)
    {
        LastRow = Math.Max(LastRow, row);
        LastColumn = Math.Max(LastColumn, column);
    }
}
