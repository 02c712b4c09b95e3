namespace Meters.Prices;

/// <summary>A tier of a price.</summary>
/// <param name="UpTo">
/// The tier ends here: hundredths of a unit since the start of the price year, boundary included. Null for the last tier, which has no end.
/// </param>
/// <param name="Price" example="5380">Ten-thousandths of a yuan for one unit: 5380 is 0.5380 yuan. 1 to 100,000,000.</param>
public sealed record MeterPriceTier(long? UpTo, long Price);

/// <summary>A price to add to an account.</summary>
/// <param name="Name" example="居民电价">1 to 60 characters; once in an account.</param>
/// <param name="Tiers">1 to 10 tiers in order. One tier without an end is a flat price.</param>
/// <param name="ValidFrom" example="2026-01-01">From when it holds. The default is today.</param>
/// <param name="YearStartMonth" example="1">The month in which the price year begins, 1 to 12. The default is 1.</param>
/// <param name="YearStartDay" example="1">The day on which it begins, 1 to 28. The default is 1.</param>
public sealed record AddMeterPriceRequest(
    string Name,
    IReadOnlyList<MeterPriceTier> Tiers,
    DateOnly? ValidFrom = null,
    int? YearStartMonth = null,
    int? YearStartDay = null
);

/// <summary>New tiers of a price from a date on.</summary>
/// <param name="ValidFrom" example="2099-07-01">From when they hold, today or later.</param>
/// <param name="Tiers">1 to 10 tiers in order.</param>
public sealed record AdjustMeterPriceRequest(DateOnly ValidFrom, IReadOnlyList<MeterPriceTier> Tiers);

/// <summary>What a price costs from a date on.</summary>
/// <param name="ValidFrom" example="2026-01-01">From when.</param>
/// <param name="Tiers">Its tiers in order.</param>
public sealed record MeterPriceVersionItem(DateOnly ValidFrom, IReadOnlyList<MeterPriceTier> Tiers);

/// <summary>A price of a meter account.</summary>
/// <param name="PriceId" example="126437891174400000">The price's id.</param>
/// <param name="AccountId" example="126437891174400001">The account it belongs to.</param>
/// <param name="Name" example="居民电价">Its name.</param>
/// <param name="YearStartMonth" example="1">The month in which its price year begins.</param>
/// <param name="YearStartDay" example="1">The day on which it begins.</param>
/// <param name="Users" example="120">How many open users have it.</param>
/// <param name="Versions">What it costs, oldest first.</param>
/// <param name="Version" example="1">For the header If-Match.</param>
public sealed record MeterPriceItem(
    string PriceId,
    string AccountId,
    string Name,
    int YearStartMonth,
    int YearStartDay,
    int Users,
    IReadOnlyList<MeterPriceVersionItem> Versions,
    int Version
) : IVersionedResponse;

/// <summary>There is no such price.</summary>
public sealed record MeterPriceNotFound() : Refusal("meter-price-not-found", 404, "There is no such price.", "价格不存在。");

/// <summary>The account has a price of this name.</summary>
public sealed record MeterPriceKnown()
    : Refusal("meter-price-known", 409, "The account already has a price of this name.", "该账户已有同名价格。");

/// <summary>The price was adjusted from this date before.</summary>
public sealed record MeterPriceAdjustedBefore()
    : Refusal("meter-price-adjusted-before", 409, "The price already changes on this date.", "该价格在此日期已有调整。");

/// <summary>Users have the price, or had it: it can be adjusted from a date, not modified or deleted.</summary>
/// <param name="Users">How many have it, or had it.</param>
public sealed record MeterPriceInUse(int Users)
    : Refusal(
        "meter-price-in-use",
        409,
        "Users have this price. Adjust it from a date instead.",
        "该价格已被用户使用，不能修改或删除，请使用调整价格。"
    );

internal static class PriceRules
{
    public static void TierRules<T>(
        this AbstractValidator<T> validator,
        System.Linq.Expressions.Expression<Func<T, IReadOnlyList<MeterPriceTier>?>> tiers
    )
    {
        validator
            .RuleFor(tiers)
            .NotNull()
            .Count(1, Tariff.MostTiers)
            .Must(t => t is null || (t.All(tier => tier is not null) && Tariff.Of(t.Rows()) is not null))
            .WithErrorCode("meter-tiers-invalid")
            .WithMessage(
                "Tiers ascend, only the last has no end, and each costs 0.0001 to 10,000 yuan a unit.",
                "阶梯须递增，仅最后一档无上限，单价须为 0.0001 至 10000 元。"
            );
    }

    public static PriceTier[] Rows(this IReadOnlyList<MeterPriceTier> tiers) => [.. tiers.Select(t => new PriceTier(t.UpTo, t.Price))];
}

/// <summary>Shows prices with their history.</summary>
internal sealed class PriceViews(AppDb db)
{
    public async Task<IReadOnlyList<MeterPriceItem>> Of(IQueryable<MeterPrice> prices, CancellationToken ct)
    {
        var rows = await prices.OrderBy(p => p.Id).Take(PageRequest.MaxLimit).ToListAsync(ct);
        var ids = rows.Select(p => p.Id).ToList();
        var versions = (await db.Set<MeterPriceVersion>().Where(v => ids.Contains(v.PriceId)).ToListAsync(ct)).ToLookup(v => v.PriceId);
        var users = await db.Set<Supplies.MeterSupply>()
            .Where(s => ids.Contains(s.PriceId) && s.State == Supplies.SupplyState.Opened)
            .GroupBy(s => s.PriceId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return [.. rows.Select(p => Item(p, versions[p.Id], users.GetValueOrDefault(p.Id)))];
    }

    /// <summary>As it will be when the booking is made: with <paramref name="changes"/> its version is the next one.</summary>
    public static MeterPriceItem Item(MeterPrice price, IEnumerable<MeterPriceVersion> versions, int users, int changes = 0) =>
        new(
            IdText.Of(price.Id),
            IdText.Of(price.AccountId),
            price.Name,
            price.YearStartMonth,
            price.YearStartDay,
            users,
            [
                .. versions
                    .OrderBy(v => v.ValidFrom)
                    .Select(v => new MeterPriceVersionItem(
                        v.ValidFrom,
                        [.. v.Tariff.Tiers.Select(t => new MeterPriceTier(t.UpTo, t.Price))]
                    )),
            ],
            price.Version + changes
        );
}
