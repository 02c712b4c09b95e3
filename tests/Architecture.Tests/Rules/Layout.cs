using System.Text.RegularExpressions;

namespace Architecture.Tests.Rules;

/// <summary>How files look: short enough to read, finished, and with nothing of the machine they were made on.</summary>
internal static partial class Layout
{
    private const int MaximumColumns = 150;
    private const int MaximumLines = 400;

    // Put together here, so that this file does not find itself.
    private const string Marker = "TO" + "DO";
    private const string NotYet = "NotImplemented" + "Exception";

    public static readonly Rule LinesAreShort = new($"a line has at most {MaximumColumns} characters", CheckLines)
    {
        Planted =
        [
            new(2, new SourceFile("src/A.cs", "\n//" + new string('x', MaximumColumns - 1))),
            new(1, new SourceFile("eng/a.sh", '#' + new string('x', MaximumColumns))),
        ],
        Allowed =
        [
            [new("src/A.cs", new string('x', MaximumColumns))],
            [new("src/Modules/Platform.Migrations.Sqlite/A.cs", new string('x', MaximumColumns + 1))],
            [new("docs/a.md", new string('x', MaximumColumns + 1))],
            [new("src/A.razor", new string('x', MaximumColumns + 1))],
            [new("src/A.cs", "    \"" + new string('x', MaximumColumns) + "\";")],
        ],
    };

    public static readonly Rule FilesAreShort = new($"a file has at most {MaximumLines} lines", CheckFiles)
    {
        Planted = [new(MaximumLines + 1, new SourceFile("src/A.cs", new string('\n', MaximumLines + 1)))],
        Allowed =
        [
            [new("src/A.cs", new string('\n', MaximumLines))],
            [new("src/Modules/Platform.Migrations.Sqlite/A.cs", new string('\n', MaximumLines + 1))],
            [new("openapi/counter.v1.json", new string('\n', MaximumLines + 1))],
        ],
    };

    public static readonly Rule NothingLeftOpen = new("nothing is left open in the code", CheckOpen)
    {
        Planted =
        [
            new(2, new SourceFile("src/A.cs", $"\n// {Marker} later")),
            new(1, new SourceFile("eng/a.sh", "# FIX" + "ME")),
            new(1, new SourceFile("tests/A.cs", $"throw new {NotYet}();")),
        ],
        Allowed =
        [
            [new("src/A.cs", "var mastodon = 1;"), new("docs/a.md", Marker)],
        ],
    };

    public static readonly Rule NoRegistryAddresses = new("no file names a package registry", CheckRegistries)
    {
        Planted = [new(2, new SourceFile("openapi/package-lock.json", "{\n\"resolved\": \"http" + "s://registry.example/a.tgz\" }"))],
        Allowed =
        [
            [new("openapi/package-lock.json", """{ "funding": { "url": "https://example.org" } }""")],
        ],
    };

    /// <summary>One violation when the file has more lines than allowed, at the first line too many.</summary>
    public static IEnumerable<Violation> Longer(SourceFile file, int maximum)
    {
        var count = file.Text.Count(c => c == '\n'); // a last line ends with a line feed, so line feeds are lines
        return count > maximum ? [file.At(maximum + 1, $"{count} lines; at most {maximum}: split it by what changes together")] : [];
    }

    private static IEnumerable<Violation> CheckLines(IReadOnlyList<SourceFile> tree) =>
        from file in Code(tree)
        from line in file.Lines
        where line.Text.Length > MaximumColumns && !IsMarkup(file) && !IsSentence(line.Text)
        select file.At(line.Number, $"{line.Text.Length} characters; at most {MaximumColumns}");

    /// <summary>A row of a printed table stands in one line, as it does on paper.</summary>
    private static bool IsMarkup(SourceFile file) => file.Path.EndsWith(".razor", StringComparison.Ordinal);

    /// <summary>A line that is one text: a message in one piece can be searched for.</summary>
    private static bool IsSentence(string line) => SentenceAlone().IsMatch(line);

    [GeneratedRegex(
        """^\s*(yield return |: |_ => )?[$]*"+[^"]*("[^"]*"[^"]*)*"+[;,)]*\s*([+]|[)][;,]?)?$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 60_000
    )]
    private static partial Regex SentenceAlone();

    private static IEnumerable<Violation> CheckFiles(IReadOnlyList<SourceFile> tree) =>
        Code(tree).SelectMany(file => Longer(file, MaximumLines));

    private static IEnumerable<Violation> CheckOpen(IReadOnlyList<SourceFile> tree) =>
        from file in Code(tree)
        from line in file.Lines
        let found = Open().Match(line.Text)
        where found.Success
        select file.At(line.Number, $"{found.Value}: do it, or file an issue");

    private static IEnumerable<Violation> CheckRegistries(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        from line in file.Lines
        where Registry().IsMatch(line.Text)
        select file.At(line.Number, "the address of a package registry; omit-lockfile-registry-resolved keeps it out");

    private static IEnumerable<SourceFile> Code(IReadOnlyList<SourceFile> tree) =>
        tree.Where(f =>
            !f.IsMigration
            && Extension().IsMatch(f.Path)
            && (f.IsProduct || f.IsTest || f.Path.StartsWith("eng/", StringComparison.Ordinal))
        );

    [GeneratedRegex(@"\.(cs|razor|sh)$")]
    private static partial Regex Extension();

    [GeneratedRegex(@"\b(" + Marker + "|FIX" + "ME|HA" + "CK|" + NotYet + @")\b")]
    private static partial Regex Open();

    [GeneratedRegex("\"resolved\":\\s*\"https?:|v3/index" + @"\.json")]
    private static partial Regex Registry();
}
