using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Architecture.Tests.Rules;

/// <summary>What a command carries comes from outside, so each has a validator, where its reader finds it.</summary>
internal static partial class Commands
{
    private const string Command =
        "internal static class CollectPayment { internal sealed record Command(long Fen) : IBookingCommand<Receipt>;";
    private const string Shared = "internal abstract record Correction(string Serial) : IBookingCommand<Receipt>;";
    private const string Validator = "internal sealed class Validator : AbstractValidator<Command> { }";

    public static readonly Rule HaveValidators = new("every command has a validator beside it", Check)
    {
        Planted =
        [
            new(1, new SourceFile("src/Modules/Funding/CollectPayment.cs", Command + "}")),
            new(1, new SourceFile("src/Modules/Funding/Sweep.cs", "internal sealed record Sweep(int Rows) : MediatR.IRequest<Unit>;")),
            new(2, new SourceFile("src/Modules/Access/SignOut.cs", "\ninternal sealed class SignOut : ICommand<Unit> { }")),
            new(
                1,
                new SourceFile("src/Modules/Funding/Void.cs", "internal static class Void { " + Validator + " }"),
                new SourceFile("src/Modules/Funding/CollectPayment.cs", Command + "}")
            ),
            new(
                1,
                new SourceFile("src/Modules/Funding/Corrections.cs", Shared),
                new SourceFile("src/Modules/Funding/Void.cs", "internal sealed record Void(string Serial) : Correction(Serial);")
            ),
        ],
        Allowed =
        [
            [new("src/Modules/Funding/Corrections.cs", Shared)],
            [new("src/Modules/Funding/CollectPayment.cs", Command + Validator + "}")],
            [
                new("src/Modules/Funding/CollectPayment/Command.cs", Command + "}"),
                new("src/Modules/Funding/CollectPayment/Rules.cs", "sealed class Rules : AbstractValidator<CollectPayment.Command> { }"),
            ],
            [new("src/Modules/Platform/Requests.cs", "public interface IBookingCommand<T> : IRequest<Outcome<T>>;")],
            [new("src/Modules/Funding/Report.cs", "internal sealed record Report : IQuery<Rows>;")],
        ],
    };

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree)
    {
        var modules = tree.Where(f => f.Module is not null && f.IsCSharp && !f.IsMigration).ToList();
        var validated = modules.SelectMany(Validated).ToHashSet();
        var shared = modules
            .SelectMany(f => f.Types())
            .Where(t => t.IsClass() && IsAbstract(t) && SaysCommand(t))
            .Select(t => t.Identifier.Text)
            .ToHashSet();
        return from file in modules
            from type in file.Types()
            where
                type.IsClass() && !IsAbstract(type) && (SaysCommand(type) || type.BaseNames().Any(b => shared.Contains(b.Identifier.Text)))
            where !validated.Contains((file.Folder, type.FullName()))
            select file.At(type, $"{type.FullName()} has no AbstractValidator<{type.Identifier.Text}> in this file or folder");
    }

    // An abstract command is what several commands share: those that are made from it are commands, it is none itself.
    private static bool IsAbstract(TypeDeclarationSyntax type) => type.Has(SyntaxKind.AbstractKeyword);

    private static bool SaysCommand(TypeDeclarationSyntax type) =>
        type.BaseNames().OfType<GenericNameSyntax>().Any(b => CommandInterface().IsMatch(b.Identifier.Text));

    // AbstractValidator<Command> inside CollectPayment means CollectPayment.Command: every slice names its own Command.
    private static IEnumerable<(string Folder, string Type)> Validated(SourceFile file) =>
        from type in file.Types()
        from name in type.BaseNames().OfType<GenericNameSyntax>()
        where name.Identifier.Text.EndsWith("Validator", StringComparison.Ordinal)
        let argument = name.TypeArgumentList.Arguments[0].ToString()
        from prefix in Prefixes(type.FullName())
        select (file.Folder, prefix + argument);

    private static IEnumerable<string> Prefixes(string fullName)
    {
        yield return "";
        for (var dot = fullName.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = fullName.IndexOf('.', dot + 1))
            yield return fullName[..(dot + 1)];
    }

    [GeneratedRegex("^(I[A-Za-z]*Command|IRequest)$")]
    private static partial Regex CommandInterface();
}
