namespace Billing.TopUps;

/// <summary>What accounts of this business belong to.</summary>
public static class TopUpOwners
{
    /// <summary>A carrier.</summary>
    public static readonly AccountOwner Carrier = new("carrier");

    /// <summary>A top-up.</summary>
    public static readonly AccountOwner TopUp = new("topUp");
}

/// <summary>The accounts of top-ups. Those of stores and carriers keep no balance, since every top-up meets there.</summary>
public static class TopUpAccounts
{
    /// <summary>What a store's tills have taken and not handed over.</summary>
    public static readonly AccountType TillClaim = new(
        81,
        "tillClaim",
        AccessOwners.Branch,
        Keeping.None,
        "Money that the store's tills took for top-ups.",
        "应收门店收银款"
    );

    /// <summary>Money of one top-up without an end.</summary>
    public static readonly AccountType InDoubt = new(
        82,
        "topUpInDoubt",
        TopUpOwners.TopUp,
        Keeping.Guarded,
        "Money of a top-up that has no end yet.",
        "充值待确认款"
    );

    /// <summary>What failed top-ups owe to customers.</summary>
    public static readonly AccountType RefundDue = new(
        83,
        "topUpRefundDue",
        AccessOwners.Branch,
        Keeping.None,
        "Money of failed top-ups that the customers have not fetched.",
        "应退充值款"
    );

    /// <summary>The credit with a carrier.</summary>
    public static readonly AccountType CarrierFloat = new(
        84,
        "carrierFloat",
        TopUpOwners.Carrier,
        Keeping.None,
        "The prepaid credit with a carrier.",
        "预存运营商充值款"
    );

    /// <summary>What a carrier owes for top-ups that it credited after their money was refunded.</summary>
    public static readonly AccountType CarrierLoss = new(
        85,
        "carrierLoss",
        TopUpOwners.Carrier,
        Keeping.None,
        "Losses to claim from a carrier: credited after the money was refunded.",
        "应向运营商追索的损失"
    );

    /// <summary>PINs in stock, at face value.</summary>
    public static readonly AccountType PinStock = new(
        86,
        "pinStock",
        TopUpOwners.Carrier,
        Keeping.None,
        "Prepaid PINs in stock, at face value.",
        "充值卡密库存"
    );

    /// <summary>PINs received and not paid for here.</summary>
    public static readonly AccountType PinPayable = new(
        87,
        "pinPayable",
        TopUpOwners.Carrier,
        Keeping.None,
        "Owed to a carrier for prepaid PINs received, at face value.",
        "应付运营商充值卡款"
    );

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<AccountType> All =
    [
        TillClaim,
        InDoubt,
        RefundDue,
        CarrierFloat,
        CarrierLoss,
        PinStock,
        PinPayable,
    ];
}
