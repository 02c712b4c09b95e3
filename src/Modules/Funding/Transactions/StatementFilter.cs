using Access;
using FluentValidation;
using Platform;

namespace Funding;

/// <summary>What transactions are looked for; each part may be left out.</summary>
/// <param name="From">The first business date.</param>
/// <param name="To">The last business date.</param>
internal sealed record StatementFilter(DateOnly? From, DateOnly? To, string? Type, string? BranchCode);

/// <summary>
/// Where a page of a statement starts. Statements go by business date, then by id: it is the order of their index, and an old year is found as fast
/// as
/// this morning.
/// </summary>
internal readonly record struct StatementPlace(DateOnly BusinessDate, long Id)
{
    public static readonly StatementPlace Start = new(DateOnly.MinValue, 0);
    private const int DayText = 6;

    /// <summary>Opaque to the caller: the day's number and the id, as their own two cursors put together.</summary>
    public override string ToString() => Cursor.Of(BusinessDate.DayNumber)[^DayText..] + Cursor.Of(Id);

    public static StatementPlace? Parse(string text)
    {
        var padding = Cursor.Of(0)[..^DayText];
        return
            text.Length > DayText
            && Cursor.Parse(padding + text[..DayText]) is { } day
            && day >= 0
            && day <= DateOnly.MaxValue.DayNumber
            && Cursor.Parse(text[DayText..]) is { } id
            ? new StatementPlace(DateOnly.FromDayNumber((int)day), id)
            : null;
    }
}

/// <summary>How statements are narrowed.</summary>
internal static class StatementRules
{
    private const int TypeLength = 30;

    public static void Dates<T>(this AbstractValidator<T> rules, Func<T, DateOnly?> from, Func<T, DateOnly?> to) =>
        rules
            .RuleFor(q => q)
            .Must(q => from(q) is not { } f || to(q) is not { } t || f <= t)
            .WithName("To")
            .WithMessage("from must not be after to.");

    /// <summary>A stable name of a kind of transaction; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> TransactionType<T>(this IRuleBuilder<T, string?> rule) => rule.PlainText(TypeLength);

    /// <summary>A branch's code; null passes.</summary>
    public static IRuleBuilderOptions<T, string?> BranchCode<T>(this IRuleBuilder<T, string?> rule) => rule.Matches("^[0-9]{8}$");

    public static IQueryable<Transaction> Matching(this IQueryable<Transaction> transactions, StatementFilter filter, BranchPlace? branch)
    {
        if (filter.From is { } from)
        {
            transactions = transactions.Where(t => t.BusinessDate >= from);
        }

        if (filter.To is { } to)
        {
            transactions = transactions.Where(t => t.BusinessDate <= to);
        }

        if (filter.Type is { } type)
        {
            transactions = transactions.Where(t => t.Type == type);
        }

        return branch is null ? transactions : transactions.Where(t => t.BranchId == branch.Id);
    }

    /// <summary>
    /// Those behind a place, in order. The date is asked for twice, for no database finds the start of "later, or the same and" in an index.
    /// </summary>
    public static IQueryable<Transaction> After(this IQueryable<Transaction> transactions, StatementPlace place)
    {
        var (date, id) = (place.BusinessDate, place.Id);
        return transactions
            .Where(t => t.BusinessDate >= date && (t.BusinessDate > date || t.Id > id))
            .OrderBy(t => t.BusinessDate)
            .ThenBy(t => t.Id);
    }
}
