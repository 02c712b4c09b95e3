using System.Globalization;

namespace Platform.Tables;

/// <summary>Names of cells as an .xlsx writes them: B2 is row 1, column 1 from 0.</summary>
internal static class CellName
{
    /// <exception cref="TableRefusedException">It is no such name.</exception>
    public static (int Row, int Column) Parse(ReadOnlySpan<char> name)
    {
        var letters = name.IndexOfAnyExceptInRange('A', 'Z');
        if (
            letters is < 1 or > 3
            || !int.TryParse(name[letters..], NumberStyles.None, CultureInfo.InvariantCulture, out var row)
            || row == 0
        )
        {
            throw TableFaults.DamagedFile("sheet");
        }

        var column = 0;
        foreach (var letter in name[..letters])
        {
            column = (column * 26) + (letter - 'A' + 1);
        }

        return (row - 1, column - 1);
    }

    /// <summary>An area such as A2:B3, or a cell by itself.</summary>
    public static CellArea Area(ReadOnlySpan<char> names)
    {
        var between = names.IndexOf(':');
        var (row, column) = Parse(between < 0 ? names : names[..between]);
        var (lastRow, lastColumn) = Parse(between < 0 ? names : names[(between + 1)..]);
        return new CellArea(row, column, lastRow, lastColumn);
    }

    /// <summary>A column's letters.</summary>
    public static string Column(int column) =>
        column < 26 ? ((char)('A' + column)).ToString() : Column((column / 26) - 1) + (char)('A' + (column % 26));
}
