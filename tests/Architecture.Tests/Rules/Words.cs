using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>Types and members that code does not use. Comments and strings may name them.</summary>
internal static class Words
{
    private static readonly string[] Clocks =
    [
        "DateTime.Now",
        "DateTime.UtcNow",
        "DateTime.Today",
        "DateTimeOffset.Now",
        "DateTimeOffset.UtcNow",
    ];
    private static readonly string[] Waits = ["Thread.Sleep", "Task.Delay"];

    public static readonly Rule NoDbSet = new(
        "the database context has no sets",
        tree => tree.Where(IsProduct).SelectMany(f => Names(f, "DbSet"))
    )
    {
        Planted = [new(2, Product("class A {\npublic DbSet<Card> Cards { get; set; } }"))],
        Allowed =
        [
            [Product("// no DbSet here\nvar cards = db.Set<Card>();")],
        ],
    };

    public static readonly Rule ClockOnlyByTimeProvider = new(
        "time comes from TimeProvider",
        tree => tree.Where(f => f.IsCSharp && !f.IsMigration).SelectMany(f => Members(f, Clocks))
    )
    {
        Planted =
        [
            new(1, Product("var now = DateTime.UtcNow;")),
            new(2, Product("\nvar now = System.DateTimeOffset.Now;")),
            new(1, new SourceFile("tests/Api.Tests/A.cs", "var today = DateTime.Today;")),
        ],
        Allowed =
        [
            [Product("var now = clock.GetUtcNow(); // not DateTime.Now\nvar text = \"DateTime.UtcNow\";")],
        ],
    };

    public static readonly Rule NoStopwatchInTests = new(
        "tests do not time themselves",
        tree => tree.Where(f => f is { IsTest: true, IsCSharp: true } && !IsBenchmark(f)).SelectMany(f => Names(f, "Stopwatch"))
    )
    {
        Planted = [new(1, new SourceFile("tests/Api.Tests/A.cs", "var watch = Stopwatch.StartNew();"))],
        Allowed =
        [
            [new("tests/Benchmarks/A.cs", "var watch = Stopwatch.StartNew();"), new("tests/Api.Tests/A.cs", "// Stopwatch")],
        ],
    };

    public static readonly Rule NoWaitingByTheClockInTests = new(
        "tests wait for the condition",
        tree => tree.Where(f => f is { IsTest: true, IsCSharp: true }).SelectMany(f => Members(f, Waits))
    )
    {
        Planted =
        [
            new(1, new SourceFile("tests/Api.Tests/A.cs", $"await {Waits[1]}(100);")),
            new(1, new SourceFile("tests/Simulation/A.cs", $"System.Threading.{Waits[0]}(100);")),
        ],
        Allowed =
        [
            [new("tests/Api.Tests/A.cs", "await host.Until(() => done);"), Product($"await {Waits[1]}(wait, clock, ct);")],
        ],
    };

    public static readonly Rule NoFloatingPoint = new(
        "modules compute in whole numbers",
        tree => tree.Where(f => f.Module is not null).SelectMany(Floats)
    )
    {
        Planted = [new(1, Product("double fen = 1;")), new(2, Product("class A {\nfloat Fen; }"))],
        Allowed =
        [
            [Product("long fen = 1; // no double\nvar litres = 1.5m;")],
        ],
    };

    private static SourceFile Product(string text) => new("src/Modules/Funding/A.cs", text);

    private static bool IsProduct(SourceFile file) => file is { IsProduct: true, IsCSharp: true };

    private static bool IsBenchmark(SourceFile file) => file.Path.StartsWith("tests/Benchmarks/", StringComparison.Ordinal);

    private static IEnumerable<Violation> Names(SourceFile file, string name) =>
        file
            .Syntax.DescendantNodes()
            .OfType<SimpleNameSyntax>()
            .Where(n => n.Identifier.Text == name)
            .Select(n => file.At(n, $"{name} is not used here"));

    private static IEnumerable<Violation> Members(SourceFile file, string[] members) =>
        from access in file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        let type = access.Expression is MemberAccessExpressionSyntax inner ? inner.Name : access.Expression as SimpleNameSyntax
        let member = $"{type?.Identifier.Text}.{access.Name.Identifier.Text}"
        where members.Contains(member)
        select file.At(access, $"{member} is not used here");

    private static IEnumerable<Violation> Floats(SourceFile file) =>
        from type in file.IsCSharp ? file.Syntax.DescendantNodes().OfType<PredefinedTypeSyntax>() : []
        where type.Keyword.Kind() is SyntaxKind.DoubleKeyword or SyntaxKind.FloatKeyword
        select file.At(type, "floating point has no place beside money; whole numbers, or decimal for what is measured");
}
