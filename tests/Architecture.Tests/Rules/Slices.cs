using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>A slice is a file that brings routes: a class that is an ICarterModule.</summary>
internal static class Slices
{
    private const int MaximumLines = 250;
    private const string Slice = "internal sealed class Endpoint : ICarterModule { }";
    private const string Test = "public sealed class CollectPaymentTests { [Theory, EachDatabase] public void Sums() { } }";

    public static readonly Rule HaveTests = new("every slice has tests of its name", CheckTests)
    {
        Planted =
        [
            new(1, new SourceFile("src/Modules/Funding/CollectPayment.cs", Slice)),
            new(2, new SourceFile("src/Modules/Funding/Loads/CollectPayment/Endpoint.cs", "// a folder\n" + Slice)),
            new(
                1,
                new SourceFile("tests/Api.Tests/Refunds/CollectPaymentTests.cs", Test),
                new SourceFile("src/Modules/Funding/CollectPayment.cs", Slice)
            ),
            new(
                1,
                new SourceFile("tests/Api.Tests/Funding/CollectPaymentTests.cs", "public sealed class CollectPaymentTests { }"),
                new SourceFile("src/Modules/Funding/CollectPayment.cs", Slice)
            ),
        ],
        Allowed =
        [
            [new("src/Modules/Funding/CollectPayment.cs", Slice), new("tests/Api.Tests/Funding/CollectPaymentTests.cs", Test)],
            [
                new("src/Modules/Funding/CollectPayment/Endpoint.cs", Slice),
                new("tests/Api.Tests/Funding/Money/CollectPaymentTests.cs", Test),
            ],
            [
                new("src/Modules/Funding/CollectPayment.cs", Slice),
                new("tests/Api.Tests/Funding/MoneyTests.cs", "// Slices: VoidCollection, CollectPayment.\n" + Test),
            ],
            [
                new(
                    "src/Modules/Platform/Requests/IModule.cs",
                    "public interface IModule { IReadOnlyList<ICarterModule> Endpoints { get; } }"
                ),
            ],
        ],
    };

    public static readonly Rule AreShort = new($"a slice has at most {MaximumLines} lines", CheckLength)
    {
        Planted =
        [
            new(MaximumLines + 1, new SourceFile("src/Modules/Funding/CollectPayment.cs", Slice + new string('\n', MaximumLines + 1))),
        ],
        Allowed =
        [
            [new("src/Modules/Funding/CollectPayment.cs", Slice + new string('\n', MaximumLines))],
            [new("src/Modules/Funding/Contract.cs", new string('\n', MaximumLines + 1))],
        ],
    };

    private static IEnumerable<Violation> CheckTests(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        let endpoint = Endpoint(file)
        where endpoint is not null
        let name = file.Name == "Endpoint" ? file.Folder[(file.Folder.LastIndexOf('/') + 1)..] : file.Name
        where !tree.Any(t => IsTestOf(t, file.Module!, name))
        select file.At(endpoint, $"no tests: tests/Api.Tests/{file.Module}/{name}Tests.cs, with a test in it");

    private static bool IsTestOf(SourceFile test, string module, string name) =>
        test.Path.StartsWith($"tests/Api.Tests/{module}/", StringComparison.Ordinal)
        && (test.Name == $"{name}Tests" || Names(test, name))
        && test.Syntax.DescendantNodes().OfType<AttributeSyntax>().Any(a => a.Name.ToString() is "Fact" or "Theory");

    /// <summary>A file that tests several slices together says which in its first line: <c>// Slices: ListRoles, EditRole.</c></summary>
    private static bool Names(SourceFile test, string name)
    {
        const string Start = "// Slices: ";
        var first = test.Text.Split('\n', 2)[0].TrimEnd('\r', '.');
        return first.StartsWith(Start, StringComparison.Ordinal)
            && first[Start.Length..].Split(", ").Contains(name, StringComparer.Ordinal);
    }

    private static IEnumerable<Violation> CheckLength(IReadOnlyList<SourceFile> tree) =>
        tree.Where(f => Endpoint(f) is not null).SelectMany(f => Layout.Longer(f, MaximumLines));

    private static TypeDeclarationSyntax? Endpoint(SourceFile file) =>
        file.Module is null
            ? null
            : file.Types().FirstOrDefault(t => t.IsClass() && t.BaseNames().Any(n => n.Identifier.Text == "ICarterModule"));
}
