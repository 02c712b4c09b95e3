namespace Platform.Tables;

/// <summary>What a table file is: a workbook of Excel 97–2003, a workbook of Excel 2007 and later, or lines of text.</summary>
public enum TableFormat
{
    /// <summary>A workbook of Excel 97–2003.</summary>
    Xls,

    /// <summary>A workbook of Excel 2007 and later.</summary>
    Xlsx,

    /// <summary>Lines of text.</summary>
    Dat,
}
