using Platform;

namespace Funding;

/// <summary>One line of a recharge list, as texts with no spaces around them; what they mean is checked elsewhere.</summary>
/// <param name="Line">The line of the file, from 1.</param>
/// <param name="CardNumber">"" when there is none, or when <paramref name="Fault"/> says that it cannot be read.</param>
/// <param name="Amount">Yuan, as text. A workbook's number cell comes as exact decimal text ("12.3").</param>
/// <param name="Fault">Why the line cannot be read; null for a line that can.</param>
internal sealed record RechargeListLine(int Line, string CardNumber, string Amount, string? HolderName, string? Remark, TableFault? Fault);

/// <summary>What the list says of itself in its last line: how many lines it has and their total in yuan, as texts.</summary>
internal sealed record RechargeListTrailer(int Line, string Count, string Total);

/// <summary>
/// A unit's recharge list as it came (FC-20.1): knows the columns, the header and the trailer of docs/batch-file.md. The lines are read once, one by one.
/// </summary>
internal sealed class RechargeListFile
{
    /// <summary>The most lines a list may have (FC-20.5).</summary>
    public const int MaxLines = 100_000;

    /// <summary>How the list is laid out, for <see cref="RechargeResultFile"/>: to be kept with the list, at most 32 characters.</summary>
    public string Layout { get; }

    /// <summary>There after the last line was read; null when the list has none (a workbook may do without, a .dat is refused).</summary>
    public RechargeListTrailer? Trailer { get; private set; }

    /// <param name="file">Seekable; stays the caller's, open until the lines are read.</param>
    /// <exception cref="TableRefusedException">The file cannot be taken; its fault says why.</exception>
    public static RechargeListFile Open(Stream file, TableFormat format) => throw new NotSupportedException($"{file}{format}");

    private RechargeListFile(string layout) => Layout = layout;

    /// <summary>The lines, without header, trailer and blank rows.</summary>
    /// <exception cref="TableRefusedException">The file cannot be read on.</exception>
    public IEnumerable<RechargeListLine> Lines() => throw new NotSupportedException(Layout);
}
