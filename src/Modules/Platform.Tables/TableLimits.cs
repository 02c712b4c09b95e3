namespace Platform.Tables;

/// <summary>
/// How much of a table file is read. Everything beyond is a <see cref="TableRefusedException"/>; nothing that the file says of itself (a header's
/// size, a number of rows) is believed, only what was really counted.
/// </summary>
public sealed record TableLimits
{
    /// <summary>Bytes of the file as it came.</summary>
    public long FileBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes that all parts of an .xlsx inflate to, counted while they are inflated.</summary>
    public long InflatedBytes { get; init; } = 192 * 1024 * 1024;

    /// <summary>Bytes that the shared texts of an .xlsx inflate to: the one part that is held in memory while the rows are read.</summary>
    public long SharedTextBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>How many times larger than its packed form a part of an .xlsx may be, once it is larger than 4 MiB.</summary>
    public int InflatedRatio { get; init; } = 200;

    /// <summary>Parts in an .xlsx.</summary>
    public int Parts { get; init; } = 200;

    /// <summary>Sheets in a workbook, of which one may have content.</summary>
    public int Sheets { get; init; } = 16;

    /// <summary>Rows up to the last one, blank rows among them.</summary>
    public int Rows { get; init; } = 101_000;

    /// <summary>Columns up to the last one that any row has.</summary>
    public int Columns { get; init; } = 64;

    /// <summary>Characters (UTF-16 units) in one cell.</summary>
    public int CellCharacters { get; init; } = 1_000;

    /// <summary>Bytes in one line of a .dat.</summary>
    public int LineBytes { get; init; } = 8 * 1024;
}
