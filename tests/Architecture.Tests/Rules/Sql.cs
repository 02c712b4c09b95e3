using System.Text.RegularExpressions;

namespace Architecture.Tests.Rules;

/// <summary>SQL that one database alone understands stands in two folders, with its likes for the other databases.</summary>
internal static partial class Sql
{
    private const string Dialects = "src/Modules/Platform/Persistence/Dialects/";
    private const string Batches = "src/Modules/Platform.Ledger/Batches/";

    /// <summary>A stand-in for another company's service has a database of its own, of one provider.</summary>
    private const string Standins = "src/Standins/";

    public static readonly Rule StaysInDialects = new("SQL of one provider stays in Persistence/Dialects and Batches", Check)
    {
        Planted =
        [
            new(1, Product("""var sql = "select 1 from a for update skip locked";""")),
            new(2, Product("\nvar sql = $\"select {x} FROM a WITH (UPDLOCK, ROWLOCK)\";")),
            new(1, Product("""var sql = "insert into a values (1) on  conflict do nothing";""")),
            new(1, Product("""var sql = "PRAGMA journal_mode=WAL";""")),
            new(1, Product("""var sql = "exec sp_getapplock 'a'";""")),
            new(1, new SourceFile("src/Api/A.cs", """var sql = "select pg_advisory_lock(1)";""")),
        ],
        Allowed =
        [
            [new(Dialects + "PostgreSqlDialect.cs", """var sql = "select 1 for update";""")],
            [new(Batches + "PostgreSqlBatch.cs", """var sql = "select 1 for update";""")],
            [new(Standins + "PowerCompany/Store.cs", """var sql = "PRAGMA journal_mode=WAL";""")],
            [Product("#pragma warning disable X // for update\nvar text = \"select one\";")],
            [new("src/Modules/Platform.Migrations.Sqlite/A.cs", """migrationBuilder.Sql("PRAGMA foreign_keys=0");""")],
            [new("tests/Api.Tests/A.cs", """var sql = "select 1 for update";""")],
        ],
    };

    private static SourceFile Product(string text) => new("src/Modules/Funding/A.cs", text);

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        where file.IsProduct && file.IsCSharp && !file.IsMigration && !IsIn(file, Dialects) && !IsIn(file, Batches) && !IsIn(file, Standins)
        from literal in file.StringLiterals()
        let found = OneProvider().Match(literal.Text)
        where found.Success
        select file.At(literal.Node, $"'{found.Value}' is SQL of one provider; it belongs in {Dialects} or {Batches}");

    private static bool IsIn(SourceFile file, string folder) => file.Path.StartsWith(folder, StringComparison.Ordinal);

    [GeneratedRegex(
        @"\bfor\s+(update|share|no\s+key\s+update)\b|\bskip\s+locked\b|\b(UPDLOCK|HOLDLOCK|READPAST)\b|\bon\s+conflict\b"
            + @"|\bor\s+ignore\s+into\b|\bPRAGMA\b|\bsp_(get|release)applock\b|\bpg_[a-z_]+\(|\bunnest\(",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture
    )]
    private static partial Regex OneProvider();
}
