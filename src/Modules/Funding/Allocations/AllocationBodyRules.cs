using System.Linq.Expressions;
using FluentValidation;
using Platform;

namespace Funding;

/// <summary>The rules of allocation bodies, which several routes take.</summary>
internal static class AllocationBodyRules
{
    /// <summary>Lines or a template, one of them; and a remark.</summary>
    public static void AllocationRules<T>(
        this AbstractValidator<T> validator,
        Expression<Func<T, IReadOnlyList<AllocationLine>?>> lines,
        Expression<Func<T, string?>> template,
        Expression<Func<T, string?>> remark
    )
    {
        var templateOf = template.Compile();
        validator.RuleFor(remark).PlainText(Limits.Remark);
        validator.AllocationLines(lines);
        validator.RuleFor(lines).NotNull().When(b => templateOf(b) is null).WithMessage("Give lines, or a template.");
        validator.RuleFor(lines).Null().When(b => templateOf(b) is not null).WithMessage("Give lines or a template, not both.");
        validator.RuleFor(template).IdText();
    }

    /// <summary>1 to 200 good lines; null passes.</summary>
    public static void AllocationLines<T>(this AbstractValidator<T> validator, Expression<Func<T, IReadOnlyList<AllocationLine>?>> lines)
    {
        validator.RuleFor(lines).Count(1, Limits.AllocationLines).WithErrorCode("Count").WithMessage("1 to 200 lines.");
        var asSequence = Expression.Lambda<Func<T, IEnumerable<AllocationLine>>>(lines.Body, lines.Parameters);
        validator.RuleForEach(asSequence).NotNull().SetValidator(new AllocationLineValidator());
    }
}
