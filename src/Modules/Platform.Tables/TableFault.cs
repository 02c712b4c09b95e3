namespace Platform.Tables;

/// <summary>
/// What is wrong with a table file or with one cell of it (FC-20.2): a stable code, and why in English and in Chinese. The codes are in
/// docs/batch-file.md.
/// </summary>
/// <param name="Code">For programs; never changes.</param>
/// <param name="Line">The line of the file, from 1, when the fault is in one line.</param>
/// <param name="Column">The column, from 1 (A is 1), when the fault is in one cell.</param>
public sealed record TableFault(string Code, string En, string Zh, int? Line = null, int? Column = null)
{
    /// <summary>The code of a row that has content and cannot be seen.</summary>
    public const string HiddenRow = "line-hidden";
}

/// <summary>
/// The whole file cannot be taken. The reader's only exception, whatever the file holds; the caller turns it into a reason or a refusal.
/// </summary>
public sealed class TableRefusedException(TableFault fault, Exception? cause = null) : Exception($"{fault.Code}: {fault.En}", cause)
{
    public TableFault Fault { get; } = fault;
}
