using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>Operators in China read Chinese: each sentence for a person exists in both languages, and Chinese looks like Chinese.</summary>
internal static partial class Languages
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

    public static readonly Rule OfPunctuation = new("a Chinese sentence has full-width punctuation", CheckPunctuation)
    {
        Planted =
        [
            new(1, new SourceFile("src/Api/A.cs", """Refuse("The card is lost.", "该卡已挂失,不能办理。");""")),
            new(2, new SourceFile("src/Modules/Access/A.cs", "\nvar zh = $\"该卡不能使用({reason})。\";")),
            new(1, new SourceFile("src/Api/A.cs", """var zh = $"“{text}”; 请改名。";""")),
            new(2, new SourceFile("src/Modules/Funding/A.razor", "<tr>\n<th>金额(元)</th>")),
        ],
        Allowed =
        [
            [new("src/Api/A.cs", """Refuse("Set A:B, then start.", $"请设置 A:B（例如 1, 2），再启动：{name}。");""")],
            [new("src/Api/A.cs", """var en = "A page marked 预览, or a copy (副本) of it.";""")],
            [new("src/Api/A.cs", "// 撤单, 已撤单\nvar word = zh ? \"卡号\" : \"card\";")],
            [
                new(
                    "src/Modules/Funding/A.razor",
                    "@* 凭证, 清单 *@\n<b>@(Back ? \"撤单\" : \"收款\") @Word(kind) 多用户</b>\n@(Back ? \"撤单\" : \"\")凭证"
                ),
            ],
            [new("tests/Api.Tests/A.cs", """var list = "合计,1,100.00";""")],
        ],
    };

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        where file.IsProduct && file.IsCSharp && !file.IsMigration
        from made in file.Syntax.DescendantNodes().OfType<ObjectCreationExpressionSyntax>()
        where made.Type.ToString() == "StartRefusedException"
        where made.ArgumentList?.Arguments is not [_, { } chinese] || !chinese.ToString().Any(c => c >= FirstChinese)
        select file.At(made, "say it in Chinese, too, as the second argument");

    private static IEnumerable<Violation> CheckPunctuation(IReadOnlyList<SourceFile> tree) =>
        tree.Where(f => f.IsProduct && !f.IsMigration)
            .SelectMany(file =>
                file.IsCSharp ? Literals(file)
                : file.Path.EndsWith(".razor", StringComparison.Ordinal) ? Markup(file)
                : []
            );

    private static IEnumerable<Violation> Literals(SourceFile file) =>
        from node in file.Syntax.DescendantNodes()
        where node.IsKind(SyntaxKind.StringLiteralExpression) || node is InterpolatedStringExpressionSyntax
        where Written(node).Split('\n').Any(line => IsChinese(line) && HalfWidth().IsMatch(line))
        select file.At(node, "use full-width punctuation beside Chinese characters");

    private static IEnumerable<Violation> Markup(SourceFile file) =>
        from line in file.Lines
        where !Comment().IsMatch(line.Text) && HalfWidthInMarkup().IsMatch(line.Text)
        select file.At(line.Number, "use full-width punctuation beside Chinese characters");

    // What a hole holds is code; its own literals are judged by themselves.
    private static string Written(SyntaxNode literal) =>
        literal is InterpolatedStringExpressionSyntax { Contents: var parts }
            ? string.Concat(parts.Select(p => p is InterpolatedStringTextSyntax text ? text.TextToken.Text : "{}"))
            : literal.ToString();

    // An English sentence may name a Chinese word, and keeps its own punctuation around it.
    private static bool IsChinese(string line) => ChineseCharacter().Count(line) > LatinWord().Count(line);

    [GeneratedRegex(@"[\u3400-\u9fff“”] ?[,;:!?()]|[,;:!?()] ?[\u3400-\u9fff“”]")]
    private static partial Regex HalfWidth();

    // Razor code ends at a space or at its bracket: @Word(kind) 多用户, @(Back ? "撤单" : "收款")凭证.
    [GeneratedRegex(@"[\u3400-\u9fff“”][,;:!?()]|[,;:!?(][\u3400-\u9fff“”]")]
    private static partial Regex HalfWidthInMarkup();

    [GeneratedRegex(@"^\s*(//|@\*)")]
    private static partial Regex Comment();

    [GeneratedRegex(@"[\u3400-\u9fff]")]
    private static partial Regex ChineseCharacter();

    [GeneratedRegex("[A-Za-z]+")]
    private static partial Regex LatinWord();
}
