namespace Funding;

/// <summary>One line of the result: the line as it was submitted, and what became of it.</summary>
/// <param name="Outcome">A word of the API: <c>posted</c>, <c>failed</c>, …</param>
/// <param name="ReasonCode">The stable code of the reason; null for a line that was posted.</param>
/// <param name="Reason">The reason in words, in the language that is wanted.</param>
/// <param name="SerialNumber">The transaction's serial number; null for a line that was not posted.</param>
internal sealed record RechargeResultLine(
    string CardNumber,
    string Amount,
    string? HolderName,
    string? Remark,
    string Outcome,
    string? SerialNumber,
    string? ReasonCode,
    string? Reason
);

/// <summary>The totals below the lines: all lines and those that were posted.</summary>
/// <param name="Total">In fen.</param>
/// <param name="PostedTotal">In fen.</param>
internal sealed record RechargeResultTrailer(int Count, long Total, int PostedCount, long PostedTotal);

/// <summary>The result of a recharge list in the format that was submitted (FC-23.1), written line by line; the layouts are in docs/batch-file.md.</summary>
internal static class RechargeResultFile
{
    /// <param name="target">Need not seek; is written asynchronously and stays open.</param>
    /// <param name="layout">The list's <see cref="RechargeListFile.Layout"/>.</param>
    public static Task Write(
        Stream target,
        string layout,
        IAsyncEnumerable<RechargeResultLine> lines,
        RechargeResultTrailer trailer,
        CancellationToken ct
    ) => throw new NotSupportedException($"{target}{layout}{lines}{trailer}{ct.CanBeCanceled}");
}
