namespace Platform.Tables;

/// <summary>Cells of a sheet, from 0: one word of bits a row. Cells beyond its size are left out; their file is refused anyway.</summary>
internal sealed class CellSet
{
    /// <summary>As many columns as a table may have.</summary>
    public const int Columns = 64;
    private const int MaxRows = 1_048_576;

    private ulong[] _rows = [];

    public bool Contains(int row, int column) => row < _rows.Length && column < Columns && ((_rows[row] >> column) & 1) != 0;

    public void Add(int row, int column)
    {
        if (row is < 0 or >= MaxRows || column is < 0 or >= Columns)
        {
            return;
        }

        if (row >= _rows.Length)
        {
            Array.Resize(ref _rows, Math.Min(MaxRows, Math.Max(row + 1, _rows.Length * 2)));
        }

        _rows[row] |= 1UL << column;
    }
}
