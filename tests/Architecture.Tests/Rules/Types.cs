using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace Architecture.Tests.Rules;

/// <summary>Types are closed, and named after the business.</summary>
internal static partial class Types
{
    public static readonly Rule AreClosed = new("a class is sealed, static or abstract", CheckClosed)
    {
        Planted =
        [
            new(2, new SourceFile("src/Modules/Access/Branch.cs", "// a branch\npublic class Branch { }")),
            new(1, new SourceFile("tests/Api.Tests/BranchTests.cs", "public partial record Branch(int Id);")),
            new(1, new SourceFile("src/Modules/Access/Branch.cs", "internal sealed class Branch { internal class Inner { } }")),
        ],
        Allowed =
        [
            [
                new(
                    "src/Modules/Access/Branch.cs",
                    "sealed class A { } static class B { } abstract record C { } record struct D { } interface E { }"
                ),
            ],
            [new("src/Api/A.cs", "internal static partial class A { }"), new("src/Api/A.More.cs", "internal partial class A { }")],
            [
                new("src/Modules/Platform.Documents/Receipt.razor", ""),
                new("src/Modules/Platform.Documents/Receipt.razor.cs", "public partial class Receipt { }"),
            ],
            [new("src/Api/Program.cs", "public partial class Program;")],
        ],
    };

    public static readonly Rule HaveTellingNames = new("no file or folder is named after nothing", CheckNames)
    {
        Planted =
        [
            new(1, new SourceFile("src/Modules/Access/MoneyHelper.cs", "")),
            new(1, new SourceFile("src/Modules/Common/Money.cs", "")),
            new(1, new SourceFile("tests/Api.Tests/Utils/Money.cs", "")),
            new(1, new SourceFile("src/Modules/Access/CardManager.cs", "")),
        ],
        Allowed =
        [
            [new("src/Modules/Access/Branch.cs", ""), new("src/Modules/Access/CommonReserve.cs", "")],
        ],
    };

    private static IEnumerable<Violation> CheckClosed(IReadOnlyList<SourceFile> tree)
    {
        var code = tree.Where(f => f.IsCSharp && (f.IsProduct || f.IsTest) && !f.IsMigration).ToList();
        var closed = code.SelectMany(f => f.Types().Where(IsClosed).Select(t => (Project(f), t.FullName()))).ToHashSet();
        var pages = tree.Where(f => f.Path.EndsWith(".razor", StringComparison.Ordinal)).Select(f => f.Path + ".cs").ToHashSet();
        return from file in code
            from type in file.Types()
            where type.IsClass() && !pages.Contains(file.Path) && type.Identifier.Text != "Program"
            where !closed.Contains((Project(file), type.FullName()))
            select file.At(type.Identifier, $"{type.FullName()} is neither sealed, static nor abstract");
    }

    private static bool IsClosed(Microsoft.CodeAnalysis.CSharp.Syntax.TypeDeclarationSyntax type) =>
        type.Has(SyntaxKind.SealedKeyword) || type.Has(SyntaxKind.StaticKeyword) || type.Has(SyntaxKind.AbstractKeyword);

    // Two parts of a partial class are in one project; two classes of one name may be in two.
    private static string Project(SourceFile file) => file.Module ?? string.Join('/', file.Path.Split('/').Take(2));

    private static IEnumerable<Violation> CheckNames(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        where file.IsCSharp && (file.IsProduct || file.IsTest)
        let name = file
            .Path.Split('/')
            .Select(part => part.Replace(".cs", "", StringComparison.Ordinal))
            .FirstOrDefault(p => EmptyName().IsMatch(p))
        where name is not null
        select file.At(1, $"{name} says nothing about what is inside; name the business");

    [GeneratedRegex("(Helpers?|Util(itie)?s?|Manager)$|^Commons?$")]
    private static partial Regex EmptyName();
}
