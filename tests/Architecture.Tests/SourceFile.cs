using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Architecture.Tests;

/// <summary>A file of the repository, or one made up by a test. <paramref name="Path"/> is relative to the root, with slashes.</summary>
internal sealed record SourceFile(string Path, string Text)
{
    private readonly Lazy<SyntaxNode> root = new(() => CSharpSyntaxTree.ParseText(Text).GetRoot());

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => Path[..Math.Max(Path.LastIndexOf('/'), 0)];

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsProject => Path.EndsWith(".csproj", StringComparison.Ordinal);

    public bool IsMigration => Path.StartsWith("src/Modules/Platform.Migrations.", StringComparison.Ordinal);

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>The module the file belongs to (src/Modules/X/…), else null.</summary>
    public string? Module => Path.Split('/') is ["src", "Modules", var module, _, ..] ? module : null;

    /// <summary>The file as C# syntax; only the syntax, so that no project has to be built to be judged.</summary>
    public SyntaxNode Syntax => root.Value;

    public IEnumerable<(int Number, string Text)> Lines => Text.Split('\n').Select((line, index) => (index + 1, line.TrimEnd('\r')));

    public Violation At(SyntaxNode node, string message) => At(node.GetLocation(), message);

    public Violation At(SyntaxToken token, string message) => At(token.GetLocation(), message);

    public Violation At(int line, string message) => new(Path, line, message);

    private Violation At(Location location, string message) => new(Path, location.GetLineSpan().StartLinePosition.Line + 1, message);
}

/// <summary>What a rule found; reads as path(line): message, which editors open.</summary>
internal sealed record Violation(string Path, int Line, string Message)
{
    public override string ToString() => $"{Path}({Line}): {Message}";
}
