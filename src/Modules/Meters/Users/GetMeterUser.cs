using Meters.Accounts;
using Meters.Cards;
using Meters.Prices;
using Meters.Sales;
using Meters.Supplies;
using Platform.Languages;

namespace Meters.Users;

/// <summary>A purchase of a user. Quantities are hundredths of a unit, amounts fen.</summary>
/// <param name="SerialNumber">The transaction.</param>
/// <param name="Kind">opening, sale, correction, giveBack or closing.</param>
/// <param name="Quantity" example="15000">What it added; below zero where it took back.</param>
/// <param name="Amount" example="8520">What it cost; below zero where it was given back.</param>
/// <param name="Parts">The parts by price of the purchase as it then stood.</param>
/// <param name="BusinessDate">The business date.</param>
public sealed record MeterPurchaseItem(
    string SerialNumber,
    MeterSaleKind Kind,
    long Quantity,
    long Amount,
    IReadOnlyList<MeterSalePart> Parts,
    DateOnly BusinessDate
);

/// <summary>An account of a user, with its purchases. Quantities are hundredths of a unit.</summary>
/// <param name="SupplyId" example="126437891174400002">The supply's id.</param>
/// <param name="AccountId" example="126437891174400001">The account.</param>
/// <param name="AccountName" example="一期居民电表">Its name.</param>
/// <param name="SubMeter" example="1">子表号.</param>
/// <param name="PriceId" example="126437891174400000">The user's price.</param>
/// <param name="PriceName" example="居民电价">Its name.</param>
/// <param name="State">opening, opened or closed.</param>
/// <param name="MeterNumber" example="202600000001">表号.</param>
/// <param name="CardNumber" example="9900000000000010">The card; null where tokens are sold.</param>
/// <param name="Seq" example="7">The counter of the last purchase.</param>
/// <param name="WaitsForSwipe">As far as the counter has seen, the meter has not taken the last purchase.</param>
/// <param name="Owed" example="0">Taken off the next sale.</param>
/// <param name="SoldThisYear" example="285000">Sold in the price year that counts.</param>
/// <param name="TotalSold" example="285000">All that was sold, less what was given back.</param>
/// <param name="Remaining" example="1250">As last written back; null before.</param>
/// <param name="TotalUse" example="283750">As last written back; null before.</param>
/// <param name="SeenAt">When the card was last seen.</param>
/// <param name="Purchases" example="7">How many purchases there were.</param>
/// <param name="MedianIntervalDays" example="31">The median of days between purchases; null before the second.</param>
/// <param name="MonthlyAverage" example="23750">What was bought in a month, on average of the last 12 months.</param>
/// <param name="Items">The latest purchases, at most 100, newest first.</param>
public sealed record MeterSupplyItem(
    string SupplyId,
    string AccountId,
    string AccountName,
    int SubMeter,
    string PriceId,
    string PriceName,
    SupplyState State,
    string MeterNumber,
    string? CardNumber,
    int Seq,
    bool WaitsForSwipe,
    long Owed,
    long SoldThisYear,
    long TotalSold,
    long? Remaining,
    long? TotalUse,
    DateTimeOffset? SeenAt,
    int Purchases,
    int? MedianIntervalDays,
    long MonthlyAverage,
    IReadOnlyList<MeterPurchaseItem> Items
);

/// <summary>A meter user with accounts and purchases.</summary>
/// <param name="User">The user.</param>
/// <param name="CertificateNumber" example="110105********002X">Masked unless the caller may see personal data; null without one.</param>
/// <param name="RegisteredAt">When the user was registered.</param>
/// <param name="Supplies">The user's accounts, oldest first, at most 100.</param>
/// <param name="Version" example="1">For the header If-Match.</param>
public sealed record MeterUserView(
    MeterUserItem User,
    string? CertificateNumber,
    DateTimeOffset RegisteredAt,
    IReadOnlyList<MeterSupplyItem> Supplies,
    int Version
) : IVersionedResponse;

/// <summary>Shows a user with purchases, their count, interval and monthly average (PM-03.2).</summary>
internal static class GetMeterUser
{
    internal sealed record Query(long UserId) : IQuery<MeterUserView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/meter-users/{userId:long}", (long userId, Sender send, CancellationToken ct) => send.Query(new Query(userId), ct))
                .WithName(nameof(GetMeterUser))
                .WithSummary("Get a meter user")
                .WithDescription("Shows the user with all accounts, purchases, their intervals and the monthly average.")
                .RequireRight(MeterRights.See)
                .Reads<MeterUserView>()
                .Refuses(typeof(MeterUserNotFound), typeof(Overloaded));
    }

    internal sealed class Handler(AppDb db, PersonalDataReads reads, RequestContext request, TimeProvider clock)
        : QueryHandler<Query, MeterUserView>
    {
        protected override async Task<Outcome<MeterUserView>> Read(Query query, CancellationToken ct)
        {
            var user = await db.Set<MeterUser>().SingleOrDefaultAsync(u => u.Id == query.UserId, ct);
            if (user is null)
            {
                return new MeterUserNotFound();
            }

            var whole = request.Caller.Has(AccessRights.SeePersonalData);
            if (whole && await reads.Record("meter-users", [user.Number]) is { } notRecorded)
            {
                return notRecorded;
            }

            var supplies = await db.Set<MeterSupply>()
                .Where(s => s.UserId == user.Id)
                .OrderBy(s => s.Id)
                .Take(Limits.Shown)
                .ToListAsync(ct);
            var shown = new List<MeterSupplyItem>(supplies.Count);
            foreach (var supply in supplies)
            {
                shown.Add(await Item(supply, ct));
            }

            var certificate = user.CertificateNumber is { } number && !whole ? Mask.Certificate(number) : user.CertificateNumber;
            return new MeterUserView(SearchMeterUsers.Item(user, whole), certificate, user.RegisteredAt.AtUtc(), shown, user.Version);
        }

        private async Task<MeterSupplyItem> Item(MeterSupply supply, CancellationToken ct)
        {
            var account = await db.Set<MeterAccount>().SingleAsync(a => a.Id == supply.AccountId, ct);
            var price = await db.Set<MeterPrice>().SingleAsync(p => p.Id == supply.PriceId, ct);
            var card = await db.Set<MeterCard>().SingleOrDefaultAsync(c => c.Id == supply.CardId, ct);
            var today = ChinaCalendar.Today(clock);
            var newest = await db.Set<MeterSale>()
                .Where(s => s.SupplyId == supply.Id)
                .OrderByDescending(s => s.Id)
                .Take(Limits.Shown)
                .ToListAsync(ct);
            var habit = await PurchaseHabits.Of(db, supply, today, ct);
            return new(
                IdText.Of(supply.Id),
                IdText.Of(account.Id),
                account.Name,
                account.SubMeter,
                IdText.Of(price.Id),
                price.Name,
                supply.State,
                supply.MeterNumber,
                card?.Number,
                supply.Seq,
                supply is { State: SupplyState.Opened, Swiped: false } && account.Carrier == MeterCarrier.Card,
                supply.Owed,
                supply.SoldIn(price.YearOf(today)),
                supply.TotalSold,
                supply.Remaining,
                supply.TotalUse,
                supply.SeenAt?.AtUtc(),
                habit.Purchases,
                habit.MedianIntervalDays,
                habit.MonthlyAverage,
                [
                    .. newest.Select(s => new MeterPurchaseItem(
                        SerialNumber.Of(s.Id),
                        s.Kind,
                        s.Quantity,
                        s.Amount,
                        MeterQuote.Shown(s.PricedParts),
                        s.BusinessDate
                    )),
                ]
            );
        }
    }
}
