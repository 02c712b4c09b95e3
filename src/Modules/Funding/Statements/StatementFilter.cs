using Access.Audit;
using Access.Branches;
using FluentValidation;

namespace Funding.Statements;

/// <summary>What transactions are looked for; each part may be left out. The queries are it themselves.</summary>
internal interface IStatementFilter
{
    /// <summary>The first business date.</summary>
    DateOnly? From { get; }

    /// <summary>The last business date.</summary>
    DateOnly? To { get; }

    /// <summary>The stable name of a kind of transaction.</summary>
    string? Type { get; }

    string? BranchCode { get; }
}

/// <summary>
/// Where a page of a statement starts. Statements go by business date, then by id: it is the order of their index, and an old year is found as
/// fast as this morning.
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

    public static void FilterRules<T>(this AbstractValidator<T> rules)
        where T : IStatementFilter
    {
        rules.RuleFor(q => q.Type).PlainText(TypeLength);
        rules.RuleFor(q => q.BranchCode).BranchCode();
        rules
            .RuleFor(q => q)
            .Must(q => q.From is not { } from || q.To is not { } to || from <= to)
            .WithName("To")
            .WithMessage("from must not be after to.", "from 不能晚于 to。");
    }

    public static IQueryable<Transaction> Matching(this IQueryable<Transaction> transactions, IStatementFilter filter, BranchPlace? branch)
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
