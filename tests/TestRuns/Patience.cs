namespace TestRuns;

/// <summary>
/// How long a test waits for anything. It ends only what hangs, and never what is slow; shorter than what eng/test.sh allows a run without a result,
/// so that the test itself says what did not come.
/// </summary>
internal static class Patience
{
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
}
