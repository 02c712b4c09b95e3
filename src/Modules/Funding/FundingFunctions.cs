using Issuance;

namespace Funding;

/// <summary>This module's rows of the table of preconditions: which card each function is done with.</summary>
internal static class FundingFunctions
{
    public static readonly CardFunction CollectPayment = new(
        nameof(Funding.CollectPayment),
        "FC-11",
        FundingRights.CollectPayment,
        FoundBy.Number,
        CardFunction.Paying,
        CardFunction.ActiveOnly
    )
    {
        IfOtherType = _ => new SubCardTakesNoPayment(),
    };

    public static readonly CardFunction RechargeCustomer = CollectPayment with
    {
        Name = nameof(Funding.RechargeCustomer),
        Requirements = "FC-09",
        Right = FundingRights.RechargeCustomer,
    };

    public static readonly CardFunction RechargeWithCard = CollectPayment with
    {
        Name = nameof(Funding.RechargeWithCard),
        Requirements = "FC-10",
        Right = FundingRights.RechargeWithCard,
        By = FoundBy.CardPresent,
    };

    public static readonly CardFunction CollectWithCard = CollectPayment with
    {
        Name = nameof(Funding.CollectWithCard),
        Requirements = "FC-12",
        Right = FundingRights.CollectWithCard,
        By = FoundBy.CardPresent,
    };

    /// <summary>A multi-user customer's card must be its main card.</summary>
    public static readonly CardFunction AllocateWithCard = new(
        nameof(Funding.AllocateWithCard),
        "FC-14",
        FundingRights.AllocateWithCard,
        FoundBy.CardPresent,
        CardFunction.Paying,
        CardFunction.ActiveOnly
    )
    {
        IfOtherType = _ => new MainCardMustBePresent(),
    };

    public static readonly CardFunction LoadCard = new(
        nameof(Loads.LoadCard),
        "FC-15",
        Loads.LoadRights.LoadCard,
        FoundBy.NumberThenChip,
        CardFunction.EveryType,
        CardFunction.ActiveOnly
    );

    /// <summary>In any state in which the card still belongs to the customer: a lost card's money should come back.</summary>
    public static readonly CardFunction ReturnReserve = new(
        nameof(Funding.ReturnReserve),
        "FC-17.7",
        FundingRights.ReturnReserve,
        FoundBy.Number,
        CardFunction.EveryType,
        [CardState.Active, CardState.Lost, CardState.Damaged, CardState.Expired, CardState.Blocked]
    )
    {
        NeedsActiveCustomer = false,
    };
}
