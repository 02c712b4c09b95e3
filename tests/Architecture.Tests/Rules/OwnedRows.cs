using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>
/// Only the module that owns a row makes one, and only it changes or deletes rows by a statement: else its rules are everybody's, and nobody's.
/// Rows of the platform itself, such as a transaction's head, are made by whoever books them; the books write them.
/// </summary>
internal static class OwnedRows
{
    private const string Owner = "sealed class Map : IEntityTypeConfiguration<Card> { }";

    public static readonly Rule Rule = new("only its owner writes a row", Check)
    {
        Planted =
        [
            new(
                1,
                new SourceFile("src/Modules/Issuance/Card.cs", Owner),
                new SourceFile("src/Modules/Funding/A.cs", "class A { object B() => new Card { Id = 1 }; }")
            ),
            new(
                1,
                new SourceFile("src/Modules/Issuance/Card.cs", Owner),
                new SourceFile("src/Modules/Funding/A.cs", "class A { void B() => db.Set<Card>().Where(c => c.Old).ExecuteDeleteAsync(); }")
            ),
            new(
                2,
                new SourceFile("src/Modules/Issuance/Card.cs", Owner),
                new SourceFile("src/Modules/Funding/A.cs", "class A { void B() => Set<Card>()\n.ExecuteUpdateAsync(s => s); }")
            ),
        ],
        Allowed =
        [
            [new("src/Modules/Issuance/A.cs", "class A { object B() => new Card(); }"), new("src/Modules/Issuance/Card.cs", Owner)],
            [
                new("src/Modules/Funding/A.cs", "class A { object B() => db.Set<Card>().ToList(); object C() => new CardView(); }"),
                new("src/Modules/Issuance/Card.cs", Owner),
            ],
            [new("tests/Api.Tests/A.cs", "class A { object B() => new Card(); }"), new("src/Modules/Issuance/Card.cs", Owner)],
        ],
    };

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree)
    {
        var product = tree.Where(f => f.IsProduct && f.IsCSharp && !f.IsMigration).ToList();
        var owners = product
            .SelectMany(Rows)
            .GroupBy(r => r.Row, StringComparer.Ordinal)
            .Where(g => g.Select(r => r.Module).Distinct(StringComparer.Ordinal).Count() == 1)
            .ToDictionary(g => g.Key, g => g.First().Module, StringComparer.Ordinal);
        return product.Where(f => f.Module is not null).SelectMany(f => Written(f, owners));
    }

    private static IEnumerable<Violation> Written(SourceFile file, Dictionary<string, string> owners)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            var row = node switch
            {
                ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax type }
                    when owners.GetValueOrDefault(type.Identifier.Text) != "Platform" => type.Identifier.Text,
                MemberAccessExpressionSyntax
                {
                    Name.Identifier.Text: "ExecuteDeleteAsync" or "ExecuteUpdateAsync" or "ExecuteDelete" or "ExecuteUpdate"
                } statement => SetOf(statement.Expression),
                _ => null,
            };
            if (row is not null && owners.TryGetValue(row, out var owner) && owner != Room(file.Module!))
                yield return file.At(
                    node is MemberAccessExpressionSyntax access ? access.Name : node,
                    $"{row} is a row of module {owner}, which alone writes it"
                );
        }
    }

    /// <summary>The row type of the innermost <c>Set&lt;T&gt;()</c> of a query.</summary>
    private static string? SetOf(ExpressionSyntax query) =>
        query
            .DescendantNodesAndSelf(n => n is not ArgumentListSyntax)
            .OfType<GenericNameSyntax>()
            .Where(n => n.Identifier.Text == "Set")
            .Select(n => n.TypeArgumentList.Arguments[0].ToString())
            .FirstOrDefault();

    private static IEnumerable<(string Row, string Module)> Rows(SourceFile file) =>
        from type in file.Syntax.DescendantNodes().OfType<GenericNameSyntax>()
        where file.Module is not null && type.Identifier.Text == "IEntityTypeConfiguration"
        select (type.TypeArgumentList.Arguments[0].ToString(), Room(file.Module!));

    private static string Room(string module) => module == "Platform.Ledger" ? "Platform" : module;
}
