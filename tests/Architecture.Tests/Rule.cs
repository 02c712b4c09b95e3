namespace Architecture.Tests;

/// <summary>
/// A rule over the tree, a pure function; with files it must find something in, so that a rule that cannot fail is seen,
/// and files that look alike and are right, so that it does not cry wolf.
/// </summary>
internal sealed record Rule(string Name, Func<IReadOnlyList<SourceFile>, IEnumerable<Violation>> Check)
{
    /// <summary>Each a small tree in which the rule must find exactly one violation, in the file and line given.</summary>
    public required IReadOnlyList<Planted> Planted { get; init; }

    /// <summary>Each a small tree in which the rule must find nothing.</summary>
    public required IReadOnlyList<SourceFile[]> Allowed { get; init; }
}

/// <summary>A tree with one violation, in line <paramref name="Line"/> of its last file.</summary>
internal sealed record Planted(int Line, params SourceFile[] Tree)
{
    public string Path => Tree[^1].Path;
}
