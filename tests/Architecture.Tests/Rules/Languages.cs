using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>Whoever runs the product in China reads Chinese: a start that is refused says why in both languages.</summary>
internal static class Languages
{
    private const char FirstChinese = '\u2e80';

    public static readonly Rule OfRefusedStarts = new("a start is refused in English and in Chinese", Check)
    {
        Planted =
        [
            new(1, new SourceFile("src/Api/A.cs", """throw new StartRefusedException("Set it.");""")),
            new(1, new SourceFile("src/Api/A.cs", """throw new StartRefusedException("Set it.", "Set it.");""")),
            new(2, new SourceFile("src/Modules/Access/A.cs", "\nthrow new StartRefusedException($\"{name} is wrong.\");")),
        ],
        Allowed =
        [
            [new("src/Api/A.cs", """throw new StartRefusedException($"Set {name}.", $"请设置 {name}。");""")],
            [new("src/Api/A.cs", """throw new StartRefusedException("Set" + " it.", "请" + "设置。");""")],
            [new("tests/Api.Tests/A.cs", """throw new StartRefusedException("Set it.");""")],
        ],
    };

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        where file.IsProduct && file.IsCSharp && !file.IsMigration
        from made in file.Syntax.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where made.Type.ToString() == "StartRefusedException"
        where made.ArgumentList?.Arguments is not [_, { } chinese] || !chinese.ToString().Any(c => c >= FirstChinese)
        select file.At(made, "say it in Chinese, too, as the second argument");
}
