using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>A type of account or of transaction is made once, in a static field of a module: what is made elsewhere nobody could collect.</summary>
internal static class DeclaredTypes
{
    private static readonly string[] Declared = ["AccountType", "TransactionType"];

    public static readonly Rule Rule = new("types of account and transaction are declared by modules", Check)
    {
        Planted =
        [
            new(1, Product("Funding", "class A { void B() { Use(new AccountType(1, name)); } }")),
            new(1, Product("Funding", "static class A { private static TransactionType B => new(name); }")),
            new(2, Product("Funding", "class A { void B() {\nTransactionType made = new(name); } }")),
            new(1, Product("Platform", "static class A { public static readonly AccountType B = new(1, name); }")),
            new(1, new SourceFile("src/Api/A.cs", "static class A { public static readonly AccountType B = new(1, name); }")),
        ],
        Allowed =
        [
            [Product("Funding", "static class A { public static readonly AccountType B = new(1, name); }")],
            [Product("Funding", "static class A { public static readonly TransactionType B = new(name) { MovesChip = true }; }")],
            [Product("Funding", "class A { AccountType Of(Line line) => line.Type; Line B() => new(name); }")],
            [new("tests/Api.Tests/A.cs", "class A { AccountType B() => new AccountType(1, name); }")],
        ],
    };

    private static SourceFile Product(string module, string code) => new($"src/Modules/{module}/A.cs", code);

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree) =>
        from file in tree
        where file.IsProduct && file.IsCSharp && !file.IsMigration
        from made in file.Syntax.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>()
        where Declared.Contains(TypeOf(made)) && !IsDeclaration(file, made)
        select file.At(made, $"declare the {TypeOf(made)} in a static readonly field of a module");

    private static bool IsDeclaration(SourceFile file, SyntaxNode made) =>
        file.Module is { } module
        && !module.StartsWith("Platform", StringComparison.Ordinal)
        && made.Parent?.Parent?.Parent?.Parent is FieldDeclarationSyntax field
        && field.Modifiers.Any(SyntaxKind.StaticKeyword)
        && field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword);

    private static string? TypeOf(BaseObjectCreationExpressionSyntax made) =>
        made is ObjectCreationExpressionSyntax named
            ? named.Type.ToString()
            : made.Parent switch
            {
                EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax variable } } =>
                    variable.Type.ToString(),
                ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => property.Type.ToString(),
                ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method } => method.ReturnType.ToString(),
                _ => null,
            };
}
