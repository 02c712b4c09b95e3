namespace Meters;

/// <summary>The largest quantities, amounts and texts of this module.</summary>
internal static class Limits
{
    public const int Name = 60;
    public const int Address = 200;
    public const int Phone = 20;
    public const int Certificate = 30;
    public const int Reason = 200;

    /// <summary>Hundredths of a unit in one sale, and as any of an account's quantities: 2,000,000 units.</summary>
    public const long Quantity = 200_000_000;

    /// <summary>Fen of one sale: 1,000,000 yuan.</summary>
    public const long Fen = 100_000_000;

    /// <summary>How long what was read from a card may be used for the next step.</summary>
    public static readonly TimeSpan ReadGoodFor = TimeSpan.FromMinutes(10);

    /// <summary>Purchases, readings and the like that one answer shows.</summary>
    public const int Shown = 100;

    /// <summary>The year's first day is given as month and day; 29 February does not come every year.</summary>
    public const int LastDayOfYearStart = 28;
}
