namespace Billing.Electricity;

/// <summary>The largest amounts, texts and counts of this business.</summary>
internal static class ElectricityLimits
{
    public const int Name = 60;
    public const int Address = 120;
    public const int Number = 32;
    public const int Reason = 200;

    /// <summary>Receivables of one payment.</summary>
    public const int Receivables = 24;

    /// <summary>Fen of one payment or deposit: 100,000,000.00 yuan.</summary>
    public const long Fen = 10_000_000_000;

    /// <summary>Numbers of one range of blank invoices.</summary>
    public const int Blanks = 1_000;
}
