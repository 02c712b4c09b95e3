using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>A migration keeps of its old model only the tables that EF reads of it; eng/lib/migrations.sh says which, and drops the others.</summary>
internal static partial class Migrations
{
    private const string Folder = "src/Modules/Platform.Migrations.";
    private const string Designer = ".Designer.cs";

    public static readonly Rule KeepNoOldModels = new("a migration keeps only the part of its model that is read", Check)
    {
        Planted =
        [
            // Nothing but the first migration's own steps, which make tables.
            new(3, Steps("Sqlite/1_A", up: Create, down: ""), Model("Sqlite/1_A", "cards")),
            // On a server no step reads the model of a table that loses a column.
            new(3, Steps("SqlServer/1_A", up: Drop, down: ""), Model("SqlServer/1_A", "cards")),
            // The steps back are read in the model before, not in the migration's own.
            new(3, Steps("Sqlite/1_A", up: "", down: Drop), Model("Sqlite/1_A", "cards")),
            new(4, Steps("Sqlite/1_A", up: Drop, down: ""), Model("Sqlite/1_A", "cards", "cheques")),
        ],
        Allowed =
        [
            [Steps("Sqlite/1_A", up: Drop, down: ""), Model("Sqlite/1_A", "cards")],
            [Steps("Sqlite/1_A", up: "", down: ""), Model("Sqlite/1_A", "cards"), Steps("Sqlite/2_B", up: "", down: Drop)],
            [Steps("SqlServer/1_A", up: Alter, down: ""), Model("SqlServer/1_A", "cards")],
            [Model("Sqlite/AppDbModelSnapshot", "cards") with { Path = Folder + "Sqlite/AppDbModelSnapshot.cs" }],
        ],
    };

    private const string Create =
        """migrationBuilder.CreateTable(name: "cards"); migrationBuilder.AddColumn<int>(name: "A", table: "cards");""";
    private const string Drop = """migrationBuilder.DropColumn(name: "A", table: "cards");""";
    private const string Alter = """migrationBuilder.AlterColumn<int>(name: "A", table: "cards");""";

    private static SourceFile Steps(string migration, string up, string down) =>
        new(
            $"{Folder}{migration}.cs",
            $"partial class A {{ void Up(M migrationBuilder) {{ {up} }} void Down(M migrationBuilder) {{ {down} }} }}"
        );

    private static SourceFile Model(string migration, params string[] tables) =>
        new(
            $"{Folder}{migration}{Designer}",
            "partial class A { void BuildTargetModel(M modelBuilder) {\n"
                + string.Concat(tables.Select(t => $"modelBuilder.Entity(\"{t}\", b => {{\nb.ToTable(\"{t}\", (string)null); }});"))
                + "} }"
        );

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree)
    {
        var migrations = tree.Where(f => f.IsMigration && f.IsCSharp).ToList();
        return from folder in migrations.GroupBy(f => f.Folder)
            let steps = folder.Where(f => Dated().IsMatch(f.Path)).OrderBy(f => f.Path, StringComparer.Ordinal).ToList()
            from designer in folder.Where(f => f.Path.EndsWith(Designer, StringComparison.Ordinal))
            let own = steps.FindIndex(s => s.Path == designer.Path.Replace(Designer, ".cs", StringComparison.Ordinal))
            let read = Read(steps.ElementAtOrDefault(own), "Up").Concat(Read(steps.ElementAtOrDefault(own + 1), "Down")).ToHashSet()
            from call in Calls(designer.Syntax, "ToTable")
            let table = Text(call.ArgumentList.Arguments[0])
            where !read.Contains(table)
            select designer.At(call, $"no step reads the model of {table}; eng/lib/migrations.sh drops it");
    }

    private static IEnumerable<string> Read(SourceFile? migration, string way) =>
        from method in migration?.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>() ?? []
        where method.Identifier.Text == way
        from step in method.DescendantNodes().OfType<InvocationExpressionSyntax>()
        where step.Expression is MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "migrationBuilder" } }
        where IsReadFor(step, migration!.Path.StartsWith(Folder + "Sqlite/", StringComparison.Ordinal))
        from argument in step.ArgumentList.Arguments
        where argument.NameColon?.Name.Identifier.Text == "table"
        select Text(argument);

    private static bool IsReadFor(InvocationExpressionSyntax step, bool sqlite) =>
        ((MemberAccessExpressionSyntax)step.Expression).Name.Identifier.Text switch
        {
            "AlterColumn" or "AlterTable" or "InsertData" or "UpdateData" or "DeleteData" => true,
            "CreateTable" or "DropTable" or "RenameTable" or "CreateIndex" or "DropIndex" or "Sql" => false,
            "AddColumn" => sqlite && step.ArgumentList.Arguments.Any(a => RebuiltFor().IsMatch(a.NameColon?.Name.Identifier.Text ?? "")),
            _ => sqlite,
        };

    private static IEnumerable<InvocationExpressionSyntax> Calls(SyntaxNode root, string method) =>
        root.DescendantNodes()
            .OfType<InvocationExpressionSyntax>()
            .Where(c => c.Expression is MemberAccessExpressionSyntax access && access.Name.Identifier.Text == method);

    private static string Text(ArgumentSyntax argument) => (argument.Expression as LiteralExpressionSyntax)?.Token.ValueText ?? "";

    [GeneratedRegex(@"/\d+_\w+\.cs$")]
    private static partial Regex Dated();

    [GeneratedRegex("^(computedColumnSql|defaultValueSql|comment|collation)$")]
    private static partial Regex RebuiltFor();
}
