using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>Whoever runs or uses the product in China reads Chinese: each sentence for a person exists in both languages.</summary>
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

    public static readonly Rule OfWrongFields = new("what is wrong with a field is said in English and in Chinese", Messages)
    {
        Planted =
        [
            new(1, new SourceFile("src/Modules/Access/A.cs", """rule.WithMessage("Give a name.");""")),
            new(2, new SourceFile("src/Modules/Access/A.cs", "\nrule.WithMessage(\"请输入名称。\");")),
            new(1, new SourceFile("src/Modules/Access/A.cs", """rule.WithMessage("Give a name.", "Give a name.");""")),
            new(1, new SourceFile("src/Modules/Access/A.cs", """rule.WithMessage(c => $"{c.Name} is wrong.");""")),
        ],
        Allowed =
        [
            [new("src/Modules/Access/A.cs", """rule.WithMessage("Give a name.", "请输入名称。");""")],
            [new("src/Modules/Access/A.cs", """rule.WithMessage(_ => Language.IsChinese ? "请输入名称。" : "Give a name.");""")],
            [new("src/Modules/Platform/A.cs", "rule.WithMessage(_ => Language.IsChinese ? zh : en);")],
            [new("tests/Api.Tests/A.cs", """rule.WithMessage("Give a name.");""")],
        ],
    };

    private static IEnumerable<Violation> Messages(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        where file.IsProduct && file.IsCSharp
        let said = file.StringLiterals().ToList()
        from call in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "WithMessage" }
        let texts = said.Where(s => call.ArgumentList.Span.Contains(s.Node.Span)).Select(s => s.Text.Any(c => c >= FirstChinese)).ToList()
        where texts.Count > 0 && texts.Distinct().Count() < 2
        let name = ((MemberAccessExpressionSyntax)call.Expression).Name
        select file.At(name, "say it in both languages: WithMessage(english, chinese)");

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        where file.IsProduct && file.IsCSharp && !file.IsMigration
        from made in file.Syntax.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where made.Type.ToString() == "StartRefusedException"
        where made.ArgumentList?.Arguments is not [_, { } chinese] || !chinese.ToString().Any(c => c >= FirstChinese)
        select file.At(made, "say it in Chinese, too, as the second argument");
}
