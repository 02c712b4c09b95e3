using Meters.Prices;

namespace Meters.Accounts;

/// <summary>A meter account to create. Quantities are hundredths of a unit (m³ or kWh).</summary>
/// <param name="Name" example="一期居民电表">1 to 60 characters.</param>
/// <param name="MeterType" example="electricity">What the meters measure.</param>
/// <param name="SubMeter" example="1">子表号, 1 to 4; once in a maintenance area.</param>
/// <param name="MaintenanceCode" example="88001234">维护码, 4 to 16 digits. It is not stored; cards carry a number computed from it.</param>
/// <param name="PurchaseLimit" example="100000">限购量: the most that may be in a meter; 0 for none. At most 200,000,000.</param>
/// <param name="PreStored" example="500">预存量: what the setting card puts into a meter.</param>
/// <param name="Overdraft" example="400">透支量: how far below zero a meter goes on.</param>
/// <param name="Alarm" example="1000">报警量: at this remaining quantity the meter warns.</param>
/// <param name="PreStoredTerms" example="given">Whether the pre-stored quantity is given, or lent and taken off the first sale.</param>
/// <param name="Carrier" example="card">What carries purchases to the meters. The default is card.</param>
/// <param name="SupplyGroup" example="123456">Supply group code, 6 digits; for meters that take tokens.</param>
/// <param name="Training">The meters are simulated ones, for training: their tokens are made with the sample tables.</param>
public sealed record CreateMeterAccountRequest(
    string Name,
    MeterType MeterType,
    int SubMeter,
    string MaintenanceCode,
    long PurchaseLimit = 0,
    long PreStored = 0,
    long Overdraft = 0,
    long Alarm = 0,
    PreStoredTerms? PreStoredTerms = null,
    MeterCarrier? Carrier = null,
    string? SupplyGroup = null,
    bool Training = false
);

/// <summary>A meter account. Quantities are hundredths of a unit.</summary>
/// <param name="AccountId" example="126437891174400001">The account's id.</param>
/// <param name="Name" example="一期居民电表">Its name.</param>
/// <param name="MeterType">What its meters measure.</param>
/// <param name="SubMeter" example="1">子表号.</param>
/// <param name="Area" example="5F0C91A2">The maintenance area: what stands on cards for the maintenance code.</param>
/// <param name="PurchaseLimit" example="100000">限购量.</param>
/// <param name="PreStored" example="500">预存量.</param>
/// <param name="Overdraft" example="400">透支量.</param>
/// <param name="Alarm" example="1000">报警量.</param>
/// <param name="PreStoredTerms">Given or lent.</param>
/// <param name="Carrier">Card or token.</param>
/// <param name="SupplyGroup" example="123456">Supply group code of meters that take tokens.</param>
/// <param name="Training">The meters are simulated ones.</param>
/// <param name="WantsPrice">The account has no price yet and cannot sell: offer to add one.</param>
/// <param name="Prices">Its prices, at most 1,000.</param>
public sealed record MeterAccountItem(
    string AccountId,
    string Name,
    MeterType MeterType,
    int SubMeter,
    string Area,
    long PurchaseLimit,
    long PreStored,
    long Overdraft,
    long Alarm,
    PreStoredTerms PreStoredTerms,
    MeterCarrier Carrier,
    string? SupplyGroup,
    bool Training,
    bool WantsPrice,
    IReadOnlyList<MeterPriceItem> Prices
)
{
    internal static MeterAccountItem Of(MeterAccount account, IReadOnlyList<MeterPriceItem> prices) =>
        new(
            IdText.Of(account.Id),
            account.Name,
            account.MeterType,
            account.SubMeter,
            account.Domain,
            account.PurchaseLimit,
            account.PreStored,
            account.Overdraft,
            account.Alarm,
            account.PreStoredTerms,
            account.Carrier,
            account.SupplyGroup,
            account.IsTraining,
            prices.Count == 0,
            prices
        );
}

/// <summary>There is no such meter account.</summary>
public sealed record MeterAccountNotFound() : Refusal("meter-account-not-found", 404, "There is no such meter account.", "账户不存在。");

/// <summary>The maintenance area has an account of this sub-meter number.</summary>
public sealed record SubMeterTaken()
    : Refusal(
        "sub-meter-taken",
        409,
        "The maintenance area already has an account of this sub-meter number. It can have four, numbered 1 to 4.",
        "该维护码下已有此子表号的账户；同一维护码最多 4 个账户，子表号不得重复。"
    );

/// <summary>The account has no price: it cannot sell.</summary>
public sealed record MeterAccountWithoutPrice()
    : Refusal(
        "meter-account-without-price",
        409,
        "The account has no such price in force. Add a price first.",
        "该账户没有生效的该价格，请先添加价格。"
    );
