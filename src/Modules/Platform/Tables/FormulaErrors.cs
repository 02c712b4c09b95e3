using System.Buffers.Binary;

namespace Platform;

/// <summary>
/// Cells whose formula ends in an error. The library gives them as nothing (.xls) or as the error's own text (.xlsx); a cell that says #N/A is not empty.
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

    public static bool IsError(string text) => text.StartsWith('#') && s_texts.ContainsValue(text);

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
        if (error is { } code && _cells.Count < MaxCells)
        {
            var cell = (BinaryPrimitives.ReadUInt16LittleEndian(body), BinaryPrimitives.ReadUInt16LittleEndian(body[2..]));
            _cells[cell] = s_texts.GetValueOrDefault(code, "#ERROR");
        }
    }
}
