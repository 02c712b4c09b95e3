using Issuance.Functions;

namespace Refunds;

/// <summary>This module's rows of the table of preconditions.</summary>
internal static class RefundFunctions
{
    /// <summary>Main and single-user cards: no bearer card, and no sub-card, whose customer has a main card (FC-27.2).</summary>
    public static readonly IReadOnlyList<CardType> MainCards =
    [
        CardType.PersonalSingle,
        CardType.PersonalMain,
        CardType.OrganisationSingle,
        CardType.OrganisationMain,
    ];

    public static readonly CardFunction SpecialRefund = new(
        nameof(Refunding.SpecialRefund),
        "special-refund",
        "FC-27",
        RefundRights.SpecialRefund,
        FoundBy.Number,
        MainCards,
        [CardState.Active, CardState.Lost, CardState.Damaged],
        MayDo.CustomersBranch
    );

    public static readonly CardFunction SpecialRefundWithCard = SpecialRefund with
    {
        Name = nameof(Refunding.SpecialRefundWithCard),
        Requirements = "FC-28",
        Right = RefundRights.SpecialRefundWithCard,
        By = FoundBy.CardPresent,
        States = CardFunction.ActiveOnly,
        Branches = MayDo.AnyBranch,
    };

    public static readonly CardFunction SmallRefund = new(
        nameof(Small.SmallRefund),
        "small-refund",
        "FC-29",
        RefundRights.SmallRefund,
        FoundBy.CardPresent,
        CardFunction.Paying,
        CardFunction.ActiveOnly
    );

    public static readonly CardFunction OpenClosing = new(
        nameof(Closing.OpenClosing),
        "open-closing",
        "FC-25",
        RefundRights.CloseCustomer,
        FoundBy.CardPresent,
        MainCards,
        CardFunction.ActiveOnly
    );
}
