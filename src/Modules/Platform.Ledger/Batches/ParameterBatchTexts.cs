namespace Platform.Ledger.Batches;

/// <summary>
/// What of a batch's statements differs between providers. Arguments are lists of parameter names, never values. <paramref name="KeepsPlans"/>: the
/// server compiles each text and each declared size once, so there may be few of both.
/// </summary>
internal sealed record ParameterBatchTexts(
    Func<string, bool, string> Days,
    Func<string, string> Accounts,
    Func<string, string> Keys,
    Func<string, string> Stamps,
    Func<VersionCheck, string, string> Versions,
    Func<string, string> Move,
    Func<RowSet, string, string> Insert,
    bool KeepsPlans = false,
    Func<TimeSpan, string>? LockWait = null
);
