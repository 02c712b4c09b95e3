using System.Globalization;
using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Counter.BlankInvoices;

/// <summary>Blank invoices as other modules use them: whatever prints one takes it within its own booking.</summary>
public sealed class BlankStock(AppDb db)
{
    /// <summary>Takes a number that is issued to the operator for what is printed. Refusal: <see cref="BlankNotUsable"/>.</summary>
    public async Task<Outcome<BlankInvoice>> Use(
        string code,
        string number,
        long operatorId,
        long usedFor,
        Booking booking,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(booking);
        var blank = await Find(code, number, ct);
        if (blank is not { State: BlankState.Issued, HandoverId: null } || blank.HolderId != operatorId)
        {
            return new BlankNotUsable();
        }

        (blank.State, blank.UsedFor) = (BlankState.Used, usedFor);
        booking.Update(blank);
        return blank;
    }

    /// <summary>Voids a used number: its paper was printed again, or what it was printed for was reversed.</summary>
    public async Task Void(string code, string number, string reason, Booking booking, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(booking);
        var blank = await Find(code, number, ct) ?? throw new InvalidOperationException($"There is no blank {code} {number}.");
        if (blank.State != BlankState.Void)
        {
            (blank.State, blank.Reason) = (BlankState.Void, reason);
            booking.Update(blank);
        }
    }

    /// <summary>The rows of a range that fulfil a condition; the numbers that do not.</summary>
    internal async Task<(List<BlankInvoice> Rows, List<string> Missing)> Range(
        BlankRange range,
        Func<BlankInvoice, bool> movable,
        CancellationToken ct
    )
    {
        string[] numbers = [.. range.Numbers()];
        var code = range.Code;
        var rows = await db.Set<BlankInvoice>()
            .AsNoTracking()
            .Where(b => b.Code == code && numbers.Contains(b.Number))
            .OrderBy(b => b.Number)
            .ToListAsync(ct);
        var found = rows.Where(movable).ToList();
        var there = found.Select(b => b.Number).ToHashSet(StringComparer.Ordinal);
        return (found, [.. numbers.Where(n => !there.Contains(n))]);
    }

    private Task<BlankInvoice?> Find(string code, string number, CancellationToken ct) =>
        db.Set<BlankInvoice>().AsNoTracking().SingleOrDefaultAsync(b => b.Code == code && b.Number == number, ct);
}

/// <summary>A range of numbers of one code.</summary>
/// <param name="Code" example="137010900001">发票代码, 12 digits.</param>
/// <param name="From" example="00000001">起号, 8 digits.</param>
/// <param name="To" example="00000100">止号, 8 digits; at most 1,000 numbers.</param>
public sealed record BlankRange(string Code, string From, string To)
{
    internal const int Most = 1_000;

    internal int First => int.Parse(From, CultureInfo.InvariantCulture);

    internal int Count => int.Parse(To, CultureInfo.InvariantCulture) - First + 1;

    internal IEnumerable<string> Numbers() => Enumerable.Range(First, Count).Select(BlankInvoice.Text);
}

internal sealed class BlankRangeValidator : AbstractValidator<BlankRange>
{
    public BlankRangeValidator()
    {
        RuleFor(r => r.Code).NotNull().Matches("^[0-9]{12}$");
        RuleFor(r => r.From).NotNull().Matches("^[0-9]{8}$");
        RuleFor(r => r.To).NotNull().Matches("^[0-9]{8}$");
        RuleFor(r => r)
            .Must(r => r.Count is >= 1 and <= BlankRange.Most)
            .When(r => r.From is { Length: 8 } && r.To is { Length: 8 } && r.From.All(char.IsAsciiDigit) && r.To.All(char.IsAsciiDigit))
            .WithErrorCode("range")
            .WithMessage("1 to 1,000 numbers.", "须为 1 至 1,000 个号码。");
    }
}
