namespace Architecture.Tests;

/// <summary>The repository's own files, read from disk once.</summary>
internal static class SourceTree
{
    private static readonly string[] Extensions =
    [
        ".cs",
        ".csproj",
        ".props",
        ".targets",
        ".razor",
        ".sh",
        ".json",
        ".yaml",
        ".md",
        ".http",
        ".ts",
    ];
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "artifacts", "TestResults", "generated", ".git"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> Read = new(() => [.. Files(Root())]);

    public static IReadOnlyList<SourceFile> Files() => Read.Value;

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Api.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"No Api.sln above {AppContext.BaseDirectory}.");
    }

    private static IEnumerable<SourceFile> Files(string root)
    {
        var waiting = new Stack<string>([root]);
        while (waiting.TryPop(out var folder))
        {
            foreach (var inner in Directory.EnumerateDirectories(folder).Where(f => !Generated.Contains(Path.GetFileName(f))))
                waiting.Push(inner);
            foreach (var file in Directory.EnumerateFiles(folder).Where(f => Extensions.Contains(Path.GetExtension(f))))
                yield return new SourceFile(Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file));
        }
    }
}
