using System.Text.RegularExpressions;

namespace Architecture.Tests.Rules;

/// <summary>
/// What all modules stand on speaks of none of them: a word of a module's business (docs/glossary.md) in it is a rule in the wrong room. The list of
/// the modules names them, and the demonstration data use them.
/// </summary>
internal static partial class ModuleWords
{
    private const string Demo = "src/Api/DemoData/";
    private const string List = "src/Api/ModuleList.cs";

    public static readonly Rule Rule = new("no module's business word stands in the shared rooms", Check)
    {
        Planted =
        [
            new(1, new SourceFile("src/Modules/Platform/Requests/A.cs", "class A { long QuotaBalance; }")),
            new(2, new SourceFile("src/Modules/Platform.Ledger/A.cs", "// fine\n// of a refund")),
            new(1, new SourceFile("src/Modules/Access/A.cs", "class A { string B = \"支票\"; }")),
            new(1, new SourceFile("src/Modules/Platform.Documents/A.razor", "<p>电费</p>")),
            new(1, new SourceFile("src/Api/A.cs", "class A { object TopUp; }")),
        ],
        Allowed =
        [
            [new("src/Modules/Platform/A.cs", "// a quotation mark; static readonly Meter s_meter = new(\"Books\");")],
            [new("src/Modules/Funding/A.cs", "class A { long QuotaBalance; }")],
            [new(Demo + "A.cs", "class A { long QuotaBalance; }"), new(List, "new Cheques.ChequesModule()")],
            [new("tests/Api.Tests/Platform/A.cs", "class A { long QuotaBalance; }")],
        ],
    };

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        where IsShared(file)
        from line in file.Lines
        let found = Words().Match(line.Text)
        where found.Success
        select file.At(line.Number, $"'{found.Value}' is a word of a module; say what it is for all of them, or move it");

    private static bool IsShared(SourceFile file) =>
        !file.IsMigration
        && (file.IsCSharp || file.Path.EndsWith(".razor", StringComparison.Ordinal))
        && (
            file.Module is "Access"
            || file.Module?.StartsWith("Platform", StringComparison.Ordinal) == true
            || (
                file.Path.StartsWith("src/Api/", StringComparison.Ordinal)
                && !file.Path.StartsWith(Demo, StringComparison.Ordinal)
                && file.Path != List
            )
        );

    [GeneratedRegex(
        @"cheque|recharge|refund|quota(?!tion)|electricity|kiosk|top-?up|coupon|invoice|consumption|gasoline|bearer ?card|sub-?card|discountcontract"
            + "|支票|充值|额度|圈存|圈提|电费|电表|优惠券|清户|退款|加油|发票|副卡",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Words();
}
