using System.Linq.Expressions;
using FluentValidation;

namespace Funding.Allocations;

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
        validator
            .RuleFor(lines)
            .NotNull()
            .When(b => templateOf(b) is null)
            .WithMessage("Give lines, or a template.", "请提供分配明细或模板。");
        validator
            .RuleFor(lines)
            .Null()
            .When(b => templateOf(b) is not null)
            .WithMessage("Give lines or a template, not both.", "分配明细与模板只能提供一项。");
        validator.RuleFor(template).IdText();
    }

    /// <summary>1 to 200 good lines; null passes.</summary>
    public static void AllocationLines<T>(this AbstractValidator<T> validator, Expression<Func<T, IReadOnlyList<AllocationLine>?>> lines)
    {
        validator
            .RuleFor(lines)
            .Count(1, Limits.AllocationLines)
            .WithErrorCode("Count")
            .WithMessage("Give 1 to 200 lines.", "须为 1 至 200 行。");
        var asSequence = Expression.Lambda<Func<T, IEnumerable<AllocationLine>>>(lines.Body, lines.Parameters);
        validator.RuleForEach(asSequence).NotNull().SetValidator(new AllocationLineValidator());
    }
}
