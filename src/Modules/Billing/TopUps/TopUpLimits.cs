namespace Billing.TopUps;

/// <summary>The largest amounts, texts and counts of this business.</summary>
internal static class TopUpLimits
{
    public const int Name = 60;
    public const int Code = 8;
    public const int Till = 12;
    public const int Reason = 200;
    public const int Serial = 40;

    /// <summary>Fen of one top-up: 10,000.00 yuan.</summary>
    public const long Fen = 1_000_000;

    /// <summary>Fen of a sum of a day.</summary>
    public const long SumFen = 100_000_000_000;

    /// <summary>Amounts on offer in a list.</summary>
    public const int Amounts = 20;

    /// <summary>The largest number of a receipt.</summary>
    public const long Receipt = 999_999_999_999;

    /// <summary>Top-ups that one look-up at the desk shows.</summary>
    public const int LookedUp = 100;

    /// <summary>PINs of one request.</summary>
    public const int Pins = 500;

    /// <summary>Lines of totals or receipts of one request.</summary>
    public const int TillLines = 1_000;
}

/// <summary>Rules that the slices of this business share.</summary>
internal static class TopUpRules
{
    public static IRuleBuilderOptions<T, string?> Phone<T>(this IRuleBuilder<T, string?> rule) => rule.Matches("^1[3-9][0-9]{9}$");

    public static IRuleBuilderOptions<T, string?> CarrierCode<T>(this IRuleBuilder<T, string?> rule) => rule.Matches("^[A-Z]{2,8}$");

    public static IRuleBuilderOptions<T, string?> TillNumber<T>(this IRuleBuilder<T, string?> rule) => rule.Matches("^[0-9A-Z]{1,12}$");

    public static IRuleBuilderOptions<T, string?> ReceiptNumber<T>(this IRuleBuilder<T, string?> rule) => rule.Matches("^[0-9]{1,12}$");
}
