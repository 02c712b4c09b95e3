namespace Billing.TopUps.Sales;

/// <summary>Filters that the desk and the reports share.</summary>
internal static class TopUpFilters
{
    public const string All = "all";

    /// <summary>所有 or one state; null passes and is 所有.</summary>
    public static IRuleBuilderOptions<T, string?> StateName<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Matches($"^({All}|{string.Join('|', Enum.GetValues<TopUpState>().Select(Json.Name))})$");

    public static IQueryable<TopUp> InState(this IQueryable<TopUp> topUps, string? name) =>
        Json.Value<TopUpState>(name) is { } state ? topUps.Where(t => t.State == state) : topUps;

    /// <summary>Without an end, and sold before an instant.</summary>
    public static IQueryable<TopUp> Overdue(this IQueryable<TopUp> topUps, DateTime soldBefore) =>
        topUps
            .Where(t => t.State == TopUpState.Unprocessed || t.State == TopUpState.Unfinished || t.State == TopUpState.Applying)
            .Where(t => t.BookedAt <= soldBefore);
}
