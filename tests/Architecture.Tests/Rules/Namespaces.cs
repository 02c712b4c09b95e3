using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>Who sees a type's name knows its folder, and who sees a file knows how its types are called.</summary>
internal static class Namespaces
{
    public static readonly Rule AreFolders = new("a file's namespace is its folder", Check)
    {
        Planted =
        [
            new(1, new SourceFile("src/Modules/Funding/Loads/LoadCard.cs", "namespace Funding;")),
            new(2, new SourceFile("src/Api/Edge/Proxies.cs", "using System;\nnamespace Api;")),
            new(1, new SourceFile("tests/Api.Tests/Funding/LoadCardTests.cs", "namespace Api.Tests;")),
            new(1, new SourceFile("src/Modules/Funding/Loads/LoadCard.cs", "class LoadCard { }")),
        ],
        Allowed =
        [
            [new("src/Modules/Platform.Cards/Scripts/A.cs", "namespace Platform.Cards.Scripts;")],
            [new("src/Hardware.Agent/Cards/A.cs", "namespace Hardware.Agent.Cards;")],
            [new("tests/Api.Tests/Platform.Cards/A.cs", "namespace Api.Tests.Platform.Cards;")],
            [new("src/Api/Program.cs", "using Api;\nreturn 0;"), new("src/Modules/Funding/GlobalUsings.cs", "global using Carter;")],
        ],
    };

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        where file.IsCSharp && !file.IsMigration && (file.IsProduct || file.IsTest)
        let root = (CompilationUnitSyntax)file.Syntax
        where root.Members.Count > 0 && !root.Members.Any(m => m is GlobalStatementSyntax)
        let declared = root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault()
        let expected = Expected(file)
        where declared?.Name.ToString() != expected
        select file.At(declared ?? root.Members[0], $"the namespace is {expected}, as the folder is");

    private static string Expected(SourceFile file) =>
        string.Join('.', file.Folder.Split('/').SkipWhile(f => f is "src" or "tests" or "Modules"));
}
