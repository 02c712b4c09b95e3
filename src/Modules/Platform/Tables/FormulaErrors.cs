using System.Buffers.Binary;
using System.Globalization;

namespace Platform;

/// <summary>
/// Cells whose formula ends in an error. The library gives them as nothing, but a cell that says #N/A is not empty: a list with one is not what was
/// meant.
/// </summary>
internal sealed class FormulaErrors
{
    private const int MaxCells = 10_000;
    private const int CellHead = 6;

    private static readonly Dictionary<byte, string> s_texts = new()
    {
        [0x00] = "#NULL!",
        [0x07] = "#DIV/0!",
        [0x0F] = "#VALUE!",
        [0x17] = "#REF!",
        [0x1D] = "#NAME?",
        [0x24] = "#NUM!",
        [0x2A] = "#N/A",
    };

    private readonly Dictionary<(int Row, int Column), string> _cells = [];

    /// <summary>The error in the cell, rows and columns from 0; null when there is none.</summary>
    public string? At(int row, int column) => _cells.GetValueOrDefault((row, column));

    /// <summary>Notes a cell of an .xlsx by its name, such as B2.</summary>
    public void Note(string name)
    {
        var letters = name.AsSpan().IndexOfAnyInRange('0', '9');
        if (letters is < 1 or > 3 || !int.TryParse(name.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var row))
        {
            throw new TableRefusedException(TableFaults.Damaged("sheet"));
        }

        var column = 0;
        foreach (var letter in name.AsSpan(0, letters))
        {
            column = (column * 26) + (letter - 'A' + 1);
        }

        Note(row - 1, column - 1, "#");
    }

    /// <summary>Notes the error of a BOOLERR record or of a FORMULA record (MS-XLS 2.4.24, 2.5.133).</summary>
    public void Note(int recordType, ReadOnlySpan<byte> body)
    {
        const int BoolErr = 0x0205;
        const int Formula = 0x0006;
        byte? error = recordType switch
        {
            BoolErr when body.Length >= CellHead + 2 && body[CellHead + 1] == 1 => body[CellHead],
            Formula
                when body.Length >= CellHead + 8
                    && body[CellHead] == 2
                    && body[(CellHead + 6)..].StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFF]) => body[CellHead + 2],
            _ => null,
        };
        if (error is { } code)
        {
            var (row, column) = (BinaryPrimitives.ReadUInt16LittleEndian(body), BinaryPrimitives.ReadUInt16LittleEndian(body[2..]));
            Note(row, column, s_texts.GetValueOrDefault(code, "#"));
        }
    }

    private void Note(int row, int column, string text)
    {
        if (_cells.Count < MaxCells)
        {
            _cells[(row, column)] = text;
        }
    }
}
