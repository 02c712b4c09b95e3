using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>A module reads another's rows through its types, never by SQL: else a change of a table breaks code that nobody finds.</summary>
internal static partial class ForeignTables
{
    private const string Owner = """builder.ToTable("cards");""";

    public static readonly Rule Rule = new("SQL names only the module's own tables", Check)
    {
        Planted =
        [
            new(
                2,
                new SourceFile("src/Modules/Issuance/Card.cs", Owner),
                new SourceFile("src/Modules/Funding/Report.cs", "var a = 1;\nvar sql = \"SELECT * FROM cards\";")
            ),
            new(
                1,
                new SourceFile("src/Modules/Issuance/Card.cs", Owner),
                new SourceFile("src/Modules/Platform/Sweep.cs", """var sql = $"update \"cards\" set {x}";""")
            ),
            new(
                1,
                new SourceFile("src/Modules/Issuance/Card.cs", Owner),
                new SourceFile("src/Api/Demo.cs", "var sql = $\"\"\"select 1 from a join [cards] c on {x}\"\"\";")
            ),
        ],
        Allowed =
        [
            [new("src/Modules/Issuance/Card.cs", Owner), new("src/Modules/Issuance/Sweep.cs", """var sql = "delete from cards";""")],
            [new("src/Modules/Issuance/Card.cs", Owner), new("src/Modules/Funding/Text.cs", """// update cards\nvar t = "two cards";""")],
            [
                new("src/Modules/Issuance/Card.cs", Owner),
                new("src/Modules/Funding/Text.cs", """var t = "select 1 from discarded_cards";"""),
            ],
        ],
    };

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree)
    {
        var product = tree.Where(f => f.IsProduct && f.IsCSharp && !f.IsMigration).ToList();
        var owners = product.SelectMany(Tables).DistinctBy(t => t.Table).ToDictionary(t => t.Table, t => Room(t.Module));
        return from file in product
            from literal in file.StringLiterals()
            from Match match in TableInSql().Matches(literal.Text)
            let table = match.Groups["table"].Value
            where owners.TryGetValue(table, out var owner) && owner != Room(file.Module)
            select file.At(literal.Node, $"SQL names table {table} of module {owners[table]}; use that module's types");
    }

    /// <summary>Platform and its ledger are one owner: bookings carry keys, events and audit records.</summary>
    private static string? Room(string? module) => module == "Platform.Ledger" ? "Platform" : module;

    private static IEnumerable<(string Table, string Module)> Tables(SourceFile file) =>
        from call in file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where file.Module is not null && call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "ToTable" }
        let first = call.ArgumentList.Arguments.FirstOrDefault()?.Expression as LiteralExpressionSyntax
        where first is not null
        select (first.Token.ValueText, file.Module!);

    [GeneratedRegex(
        """\b(from|join|into|update|truncate|merge|using)\s+(table\s+|only\s+)?(\w+\.)?["\[`]?(?<table>\w+)\b""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex TableInSql();
}
