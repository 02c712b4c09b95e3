namespace Platform.Tables;

/// <summary>One row as raw texts: nothing is trimmed, numbers of a workbook are exact decimal texts without an exponent.</summary>
/// <param name="Line">From 1: the row of the sheet, or the line of the text on which the row begins.</param>
/// <param name="Cells">One text a column, "" where there is nothing; as many as the row needs.</param>
/// <param name="Faults">Cells that hold something other than text or an exact number (a date, a formula's error, a number too long for Excel, broken
/// characters): their text is "" and here is why. Empty for a good row.</param>
public sealed record TableRow(int Line, IReadOnlyList<string> Cells, IReadOnlyList<TableFault> Faults)
{
    public bool IsBlank => Faults.Count == 0 && Cells.All(string.IsNullOrWhiteSpace);
}
