using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>What several rules read from a file's syntax.</summary>
internal static class Syntax
{
    /// <summary>Every string, plain, raw or interpolated; the holes of an interpolated one are left out.</summary>
    public static IEnumerable<(SyntaxNode Node, string Text)> StringLiterals(this SourceFile file)
    {
        foreach (var node in file.Syntax.DescendantNodes())
        {
            if (node is LiteralExpressionSyntax literal && literal.Token.Value is string)
                yield return (literal, literal.Token.ValueText);
            else if (node is InterpolatedStringExpressionSyntax interpolated)
                yield return (interpolated, string.Concat(interpolated.Contents.OfType<InterpolatedStringTextSyntax>().Select(Text)));
        }
    }

    /// <summary>The classes and records that hold a node, outermost first, and the node's own name: CollectPayment.Command.</summary>
    public static string FullName(this TypeDeclarationSyntax type) =>
        string.Join('.', type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Reverse().Select(t => t.Identifier.Text));

    public static IEnumerable<TypeDeclarationSyntax> Types(this SourceFile file) =>
        file.IsCSharp ? file.Syntax.DescendantNodes().OfType<TypeDeclarationSyntax>() : [];

    public static IEnumerable<SimpleNameSyntax> BaseNames(this TypeDeclarationSyntax type) =>
        type.BaseList?.Types.Select(t => t.Type).Select(LastName).OfType<SimpleNameSyntax>() ?? [];

    public static bool Has(this TypeDeclarationSyntax type, SyntaxKind modifier) => type.Modifiers.Any(modifier);

    public static bool IsClass(this TypeDeclarationSyntax type) =>
        type.Kind() is SyntaxKind.ClassDeclaration or SyntaxKind.RecordDeclaration;

    private static SimpleNameSyntax? LastName(TypeSyntax type) =>
        type switch
        {
            SimpleNameSyntax simple => simple,
            QualifiedNameSyntax qualified => qualified.Right,
            AliasQualifiedNameSyntax alias => alias.Name,
            _ => null,
        };

    // In a quoted interpolated string the text still holds its escapes; a rule wants to see \" as a quote.
    private static string Text(InterpolatedStringTextSyntax text) => text.TextToken.ValueText;
}
