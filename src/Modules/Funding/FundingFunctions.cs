using Funding.Allocations;
using Funding.Collections;
using Funding.Consumption;
using Issuance.Functions;

namespace Funding;

/// <summary>This module's rows of the table of preconditions: which card each function is done with.</summary>
internal static class FundingFunctions
{
    public static readonly CardFunction CollectPayment = new(
        nameof(Funding.Collections.CollectPayment),
        "collect-payment",
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
        Name = nameof(Funding.Collections.RechargeCustomer),
        Action = "recharge-customer",
        Requirements = "FC-09",
        Right = FundingRights.RechargeCustomer,
    };

    public static readonly CardFunction RechargeWithCard = CollectPayment with
    {
        Name = nameof(Funding.Collections.RechargeWithCard),
        Action = "recharge-with-card",
        Requirements = "FC-10",
        Right = FundingRights.RechargeWithCard,
        By = FoundBy.CardPresent,
    };

    public static readonly CardFunction CollectWithCard = CollectPayment with
    {
        Name = nameof(Funding.Collections.CollectWithCard),
        Action = "collect-with-card",
        Requirements = "FC-12",
        Right = FundingRights.CollectWithCard,
        By = FoundBy.CardPresent,
    };

    /// <summary>A multi-user customer's card must be its main card.</summary>
    public static readonly CardFunction AllocateWithCard = new(
        nameof(Funding.Allocations.AllocateWithCard),
        "allocate",
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
        "load-card",
        "FC-15",
        Loads.LoadRights.LoadCard,
        FoundBy.NumberThenChip,
        CardFunction.EveryType,
        CardFunction.ActiveOnly
    );

    /// <summary>In any state in which the card still belongs to the customer: a lost card's money should come back.</summary>
    public static readonly CardFunction ReturnReserve = new(
        nameof(Funding.Allocations.ReturnReserve),
        "return-reserve",
        "FC-17.7",
        FundingRights.ReturnReserve,
        FoundBy.Number,
        CardFunction.EveryType,
        [CardState.Active, CardState.Lost, CardState.Damaged, CardState.Expired, CardState.Blocked],
        MayDo.CustomersBranch
    )
    {
        NeedsActiveCustomer = false,
    };

    /// <summary>An expired card can be unloaded too, so that its money is not lost.</summary>
    public static readonly CardFunction UnloadCard = new(
        nameof(Unloads.UnloadCard),
        "unload-card",
        "FC-19",
        FundingRights.UnloadCard,
        FoundBy.NumberThenChip,
        CardFunction.EveryType,
        [CardState.Active, CardState.Expired]
    );

    /// <summary>Main cards are recharged into the quota account only (FC-09.3).</summary>
    public static readonly CardFunction RechargePurse = new(
        nameof(Recharges.RechargePurse),
        "recharge-purse",
        "FC-16, FC-09.7",
        FundingRights.RechargePurse,
        FoundBy.NumberThenChip,
        [CardType.PersonalSingle, CardType.OrganisationSingle, CardType.Bearer],
        CardFunction.ActiveOnly
    )
    {
        IfOtherType = type => new Recharges.CardTakesNoPurseRecharge(Json.Name(type)),
    };

    /// <summary>Setting aside for a main card wants that card in the reader (FC-13.2), so that one is found by its session.</summary>
    public static readonly CardFunction RechargeAndLoad = new(
        nameof(Recharges.RechargeAndLoad),
        "recharge-and-load",
        "FC-09.8",
        FundingRights.RechargeCustomer,
        FoundBy.NumberThenChip,
        RechargePurse.Types,
        CardFunction.ActiveOnly
    )
    {
        IfOtherType = type =>
            type is CardType.PersonalMain or CardType.OrganisationMain ? new MainCardMustBePresent() : new SubCardTakesNoPayment(),
    };

    public static readonly CardFunction RechargeAndLoadWithCard = RechargeWithCard with
    {
        Name = nameof(Recharges.RechargeAndLoadWithCard),
        Action = "recharge-and-load-with-card",
        Requirements = "FC-10, FC-09.8",
    };

    public static readonly CardFunction UnlockGreyCard = new(
        nameof(GreyUnlocks.UnlockGreyCard),
        "unlock-grey-card",
        "FC-39",
        ConsumptionRights.UnlockGrey,
        FoundBy.NumberThenChip,
        CardFunction.EveryType,
        CardFunction.ActiveOnly
    );

    public static readonly CardFunction SellBearerCards = new(
        nameof(Bearer.SellBearerCards),
        "sell-bearer-cards",
        "FC-37.1",
        FundingRights.SellBearerCards,
        FoundBy.BlankChip,
        [CardType.Bearer],
        [CardState.Reserved]
    );

    public static readonly CardFunction IssueBearerCard = SellBearerCards with
    {
        Name = nameof(Bearer.IssueBearerCard),
        Action = "issue-bearer-card",
    };
}
