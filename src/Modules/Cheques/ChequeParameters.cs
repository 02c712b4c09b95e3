using Platform.Parameters;

namespace Cheques;

/// <summary>The parameters of cheques.</summary>
public static class ChequeParameters
{
    private const long MillionYuan = 100_000_000;

    public static readonly Parameter LargeAmountLimit = new(
        "cheque-large-amount-limit",
        ParameterUnit.Fen,
        5_000_000,
        0,
        100 * MillionYuan,
        "Cheque amount that needs confirmation",
        "支票大额限额"
    );

    internal static readonly IReadOnlyList<Parameter> All = [LargeAmountLimit];
}
