namespace Standins.PowerCompany;

/// <summary>What a customer is, as far as its late fee depends on it.</summary>
internal enum CustomerKind
{
    /// <summary>居民.</summary>
    Household,

    /// <summary>Everybody else.</summary>
    Other,
}

/// <summary>The terms of a supply company's late fees. Rates are in ten-thousandths of the principal a day.</summary>
/// <param name="Household">Of households.</param>
/// <param name="Other">Of others, up to the end of the year in which the bill was due.</param>
/// <param name="OtherAfterYear">Of others, from the first of January on.</param>
/// <param name="LeastFen">A fee below this is charged as this; 0 for none.</param>
/// <param name="MostPercent">The most a fee may be, in percent of the principal; null for no cap.</param>
internal sealed record LateFeeTerms(
    int Household = 10,
    int Other = 20,
    int OtherAfterYear = 30,
    long LeastFen = 100,
    int? MostPercent = null
);

/// <summary>
/// 违约金: from the first day after the due date up to and including the day of payment. Simple, on the principal left, for each receivable, rounded
/// half up once.
/// </summary>
internal static class LateFees
{
    private const long Whole = 10_000;

    /// <summary>The fee in fen for what is left of a bill in fen.</summary>
    public static long Of(CustomerKind kind, long principal, DateOnly due, DateOnly paid, LateFeeTerms terms)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(principal);
        var days = paid.DayNumber - due.DayNumber;
        if (days <= 0 || principal == 0)
        {
            return 0;
        }

        var inYear = Math.Min(days, new DateOnly(due.Year, 12, 31).DayNumber - due.DayNumber);
        long rate =
            kind == CustomerKind.Household
                ? (long)days * terms.Household
                : ((long)inYear * terms.Other) + ((long)(days - inYear) * terms.OtherAfterYear);
        var exact = (Int128)principal * rate;
        var fee = (long)((exact + (Whole / 2)) / Whole);
        var least = Math.Max(fee, terms.LeastFen);
        return terms.MostPercent is { } percent ? Math.Min(least, (principal * percent) / 100) : least;
    }
}
