namespace Issuance.Functions;

/// <summary>This module's rows of the table of preconditions, beside those of sub-cards.</summary>
internal static class IssuanceFunctions
{
    public static readonly CardFunction RestrictCard = new(
        nameof(Restrictions.RestrictCard),
        "restrict-card",
        "FC-40.1",
        IssuanceRights.RestrictCard,
        FoundBy.NumberThenChip,
        CardFunction.EveryType,
        CardFunction.ActiveOnly
    )
    {
        NeedsActiveCustomer = false,
    };
}
