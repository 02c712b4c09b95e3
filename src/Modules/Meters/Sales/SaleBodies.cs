using Counter.Payments;
using Meters.Prices;
using Platform.Cards.Operations;

namespace Meters.Sales;

/// <summary>A sale to a card that was read. Give a quantity or an amount of money.</summary>
/// <param name="ReadId" example="126437891174400003">The reading of the card, at most ten minutes old.</param>
/// <param name="SubMeter" example="1">Which account of the card, 1 to 4.</param>
/// <param name="Quantity" example="15000">Hundredths of a unit, 1 to 200,000,000.</param>
/// <param name="Amount">Fen that the user gives, 1 to 100,000,000. Charged is what the delivered quantity costs.</param>
/// <param name="PaymentMethod" example="cash">cash, bankCard or transfer.</param>
public sealed record SellMeterRequest(
    string ReadId,
    int SubMeter,
    long? Quantity = null,
    long? Amount = null,
    PaymentMethod PaymentMethod = PaymentMethod.Cash
) : IMeterSum;

/// <summary>The last purchase as it should have been.</summary>
/// <param name="ReadId" example="126437891174400003">The reading of the card, at most ten minutes old.</param>
/// <param name="SubMeter" example="1">Which account of the card, 1 to 4.</param>
/// <param name="Quantity" example="12000">Hundredths of a unit, 1 to 200,000,000.</param>
/// <param name="Amount">Fen that the user gives, 1 to 100,000,000.</param>
public sealed record CorrectMeterSaleRequest(string ReadId, int SubMeter, long? Quantity = null, long? Amount = null) : IMeterSum;

/// <summary>A quantity, or a sum of money; one of them.</summary>
internal interface IMeterSum
{
    long? Quantity { get; }

    long? Amount { get; }
}

/// <summary>A part of a sale at one price.</summary>
/// <param name="Quantity" example="6000">Hundredths of a unit.</param>
/// <param name="Price" example="5380">Ten-thousandths of a yuan for one unit.</param>
public sealed record MeterSalePart(long Quantity, long Price);

/// <summary>What a sale comes to. Quantities are hundredths of a unit.</summary>
/// <param name="Quantity" example="17517">What is sold.</param>
/// <param name="Amount" example="10000">Fen charged.</param>
/// <param name="Back" example="0">Fen given back of what the user gave; 0 for a sale by quantity.</param>
/// <param name="OwedTaken" example="0">What the user owed, taken off the quantity.</param>
/// <param name="OnCard" example="17517">What goes to the meter.</param>
/// <param name="Parts">The parts by tier.</param>
/// <param name="MostToSell" example="98750">The largest quantity that may be sold; null without a limit.</param>
/// <param name="WaitsForSwipe">The last purchase was not taken by the meter: nothing can be sold.</param>
public sealed record MeterQuote(
    long Quantity,
    long Amount,
    long Back,
    long OwedTaken,
    long OnCard,
    IReadOnlyList<MeterSalePart> Parts,
    long? MostToSell,
    bool WaitsForSwipe
)
{
    internal static IReadOnlyList<MeterSalePart> Shown(IReadOnlyList<PricedPart> parts) =>
        [.. parts.Select(p => new MeterSalePart(p.Quantity, p.Price))];
}

/// <summary>A sale is ready. Hand the ticket to the agent; the sale is booked when the card confirms the write.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="Quote">What the sale comes to.</param>
/// <param name="CardNumber" example="9900000000000010">The card that must be in the reader.</param>
/// <param name="Difference" example="-2000">For a correction: fen to collect, or below zero to give back.</param>
public sealed record MeterSaleStarted(CardOperationTicket Operation, MeterQuote Quote, string CardNumber, long? Difference = null);

/// <summary>The sale would exceed the purchase limit (PM-05.4).</summary>
/// <param name="MostToSell">Hundredths of a unit that may be sold.</param>
public sealed record OverMeterPurchaseLimit(long MostToSell)
    : Refusal("meter-purchase-limit", 409, "The meter would exceed its purchase limit.", "超过限购量。");

/// <summary>The money buys less than a hundredth of a unit.</summary>
public sealed record MeterSumTooSmall()
    : Refusal("meter-sum-too-small", 422, "The amount buys less than 0.01 unit.", "金额不足以购买 0.01 单位。");

/// <summary>The sale costs more than a sale may.</summary>
public sealed record MeterSumTooLarge()
    : Refusal("meter-sum-too-large", 422, "The sale costs more than 1,000,000 yuan.", "单次充值金额超过 100 万元。");

internal static class SaleRules
{
    private static readonly PaymentMethod[] s_methods = [PaymentMethod.Cash, PaymentMethod.BankCard, PaymentMethod.Transfer];

    public static void ReadId<T>(this AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, string>> readId) =>
        validator.RuleFor(readId).NotNull().Matches("^[0-9]{1,19}$");

    public static void Sum<T>(
        this AbstractValidator<T> validator,
        System.Linq.Expressions.Expression<Func<T, long?>> quantity,
        System.Linq.Expressions.Expression<Func<T, long?>> amount
    )
    {
        var (q, a) = (quantity.Compile(), amount.Compile());
        validator.RuleFor(quantity).InclusiveBetween(1, Limits.Quantity);
        validator.RuleFor(amount).InclusiveBetween(1, Limits.Fen);
        validator
            .RuleFor(quantity)
            .Must((body, _) => q(body) is null != a(body) is null)
            .WithErrorCode("meter-sum-one-of")
            .WithMessage("Give a quantity or an amount, not both.", "充值量与充值金额须且只能填写一项。");
    }

    public static void PaidBy<T>(this AbstractValidator<T> validator, System.Linq.Expressions.Expression<Func<T, PaymentMethod>> method) =>
        validator
            .RuleFor(method)
            .Must(m => s_methods.Contains(m))
            .WithErrorCode("payment-method-not-available")
            .WithMessage("Pay in cash, by bank card or by transfer.", "只能以现金、银行卡或转账支付。");
}
