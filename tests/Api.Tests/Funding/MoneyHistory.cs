using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Funding;

/// <summary>
/// One customer's random history at a counter, held after every step against a reference that knows nothing of accounts: coins, and a table of
/// what each card has. The terms of the contract are read as FC-38.1 words them, in decimals.
/// </summary>
internal sealed class MoneyHistory(TestCounter counter, IReadOnlyList<IssuedCard> cards, string contract, Random random)
{
    public static readonly (int From, int BasisPoints, int PointsPerYuan)[] Tiers = [(1_000, 1_000, 3), (3_000, 333, 7), (4_000, 2_500, 0)];
    public const int Cap = 900;

    private readonly Coins _coins = new();
    private readonly Dictionary<string, (int Fen, int Points)> _reserves = cards.ToDictionary(c => c.Number, _ => (0, 0));
    private readonly List<Paid> _paid = [];
    private int _points;
    private int _day;

    public List<string> Log { get; } = [];

    public async Task Live(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            await Step();
            await AgreesWithTheReference();
        }
    }

    private Task Step() =>
        random.Next(12) switch
        {
            < 4 => Collect(),
            < 7 => Allocate(),
            < 9 => Return(),
            < 11 => TakeBack(),
            _ => CloseDay(),
        };

    private async Task Collect()
    {
        var amount = random.Next(4) == 0 ? Tiers[random.Next(Tiers.Length)].From - random.Next(2) : random.Next(1, 6_000);
        var gift = random.Next(3) > 0;
        var body = TestCounter.Payment(amount);
        if (gift)
        {
            body["contractCode"] = contract;
        }

        Log.Add($"collect {amount}{(gift ? " under the contract" : "")}");
        var done = (await counter.Cashier.Post($"/v1/cards/{cards[0].Number}/collections", body)).Is(HttpStatusCode.Created);
        var (bonus, points) = gift ? Earned(amount) : (0, 0);
        Assert.Equal((bonus, points), ((int)done.Number("bonus"), (int)done.Number("points")));
        _coins.Collect(amount, bonus);
        _points += points;
        _paid.Add(new Paid(done.SerialNumber, amount, bonus, points, _day));
    }

    /// <summary>The step that the amount reaches; hundredths of a percent; whole fen; whole points; never above the cap.</summary>
    private static (int Bonus, int Points) Earned(int amount)
    {
        var (bonus, points) = (0m, 0m);
        foreach (var tier in Tiers.Where(t => amount >= t.From))
        {
            (bonus, points) = (amount * (tier.BasisPoints / 10_000m), amount / 100m * tier.PointsPerYuan);
        }

        return ((int)Math.Min(decimal.Floor(bonus), Cap), (int)decimal.Floor(points));
    }

    private async Task Allocate()
    {
        var lines = cards
            .Where(_ => random.Next(3) > 0)
            .Select(c => (Card: c, Fen: random.Next(0, 3_000), Points: random.Next(0, 40)))
            .Where(l => l.Fen + l.Points > 0)
            .ToList();
        if (lines.Count == 0)
        {
            return;
        }

        var (fen, points) = (lines.Sum(l => l.Fen), lines.Sum(l => l.Points));
        Log.Add($"allocate {string.Join(" + ", lines.Select(l => $"{l.Fen} and {l.Points} P"))}");
        var path = $"/v1/customers/{cards[0].CustomerCode}/allocations";
        var given = new JsonArray([.. lines.Select(l => Line(l.Card, l.Fen, l.Points))]);
        var tried = await counter.Cashier.Post($"{path}?dryRun=true", new JsonObject { ["lines"] = given.DeepClone() });
        var session = await counter.PresentMain(cards[0]);
        var done = await counter.Cashier.Post(path, new JsonObject { ["lines"] = given, ["cardSessionId"] = session });
        if (fen > _coins.Quota || points > _points)
        {
            Refused(tried, fen > _coins.Quota, "allocation-exceeds-quota", "allocation-exceeds-points");
            Refused(done, fen > _coins.Quota, "allocation-exceeds-quota", "allocation-exceeds-points");
            return;
        }

        tried.Is(HttpStatusCode.OK);
        done.Is(HttpStatusCode.Created);
        Assert.Equal((fen, points), ((int)done.Number("amount"), (int)done.Number("points")));
        Assert.Equal((done["quotaBalance"], done["quotaPointsBalance"]), (tried["quotaBalance"], tried["quotaPointsBalance"]));
        Assert.Equal(done.Body["lines"]!.ToJsonString(), tried.Body["lines"]!.ToJsonString());
        _coins.Allocate(fen);
        _points -= points;
        foreach (var line in lines)
        {
            var (had, hadPoints) = _reserves[line.Card.Number];
            _reserves[line.Card.Number] = (had + line.Fen, hadPoints + line.Points);
        }
    }

    private async Task Return()
    {
        var card = cards[random.Next(cards.Count)];
        var (fen, points) = _reserves[card.Number];
        var (back, backPoints) = (random.Next(0, fen + 2), random.Next(0, points + 2));
        if (back + backPoints == 0)
        {
            return;
        }

        Log.Add($"return {back} and {backPoints} P of {fen} and {points} P");
        var done = await counter.Cashier.Post($"/v1/cards/{card.Number}/returns", new { amount = back, points = backPoints });
        if (back > fen || backPoints > points)
        {
            Refused(done, back > fen, "reserve-too-small", "reserve-points-too-few");
            return;
        }

        done.Is(HttpStatusCode.Created);
        _coins.Return(back);
        _points += backPoints;
        _reserves[card.Number] = (fen - back, points - backPoints);
    }

    private async Task TakeBack()
    {
        if (_paid.Count == 0)
        {
            return;
        }

        var paid = _paid[random.Next(_paid.Count)];
        var sameDay = paid.Day == _day;
        Log.Add($"{(sameDay ? "void" : "reverse")} {paid.Amount} + {paid.Bonus}, {paid.Points} P");
        var done = sameDay
            ? await counter.Void(cards[0], paid.SerialNumber, paid.Amount)
            : await counter.Reverse(cards[0], paid.SerialNumber, paid.Amount);
        var needed = paid.Amount + paid.Bonus;
        if (needed > _coins.Quota || paid.Points > _points)
        {
            Refused(done, needed > _coins.Quota, "quota-too-small-for-void", "points-too-few-for-void");
            return;
        }

        done.Is(HttpStatusCode.Created);
        _coins.TakeBack(paid.Amount, paid.Bonus);
        _points -= paid.Points;
        _paid.Remove(paid);
    }

    private async Task CloseDay()
    {
        if (_paid.Count < 3)
        {
            return;
        }

        Log.Add("close the day");
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        _day++;
    }

    private async Task AgreesWithTheReference()
    {
        var shown = (await counter.Cashier.Get($"/v1/customers/{cards[0].CustomerCode}")).Is(HttpStatusCode.OK);
        var money = (shown.Number("quota"), shown.Number("quotaBonus"), shown.Number("refundable"), shown.Number("quotaPoints"));
        Assert.Equal((_coins.Quota, _coins.Bonus, _coins.Refundable, _points), money);
        var shownCards = shown.Body["cards"]!.AsArray();
        Assert.Equal(_reserves.Count, shownCards.Count);
        foreach (var card in shownCards)
        {
            var held = ((int)card!["reserve"]!.GetValue<long>(), (int)card["reservePoints"]!.GetValue<long>());
            Assert.Equal(_reserves[card["cardNumber"]!.GetValue<string>()], held);
        }
    }

    /// <summary>Money is named first, points where only they are missing.</summary>
    private static void Refused(Answered answer, bool money, string ofMoney, string ofPoints) =>
        answer.IsRefused(HttpStatusCode.Conflict, money ? ofMoney : ofPoints);

    private static JsonObject Line(IssuedCard card, int fen, int points) =>
        new()
        {
            ["cardNumber"] = card.Number,
            ["amount"] = fen,
            ["points"] = points,
        };

    private sealed record Paid(string SerialNumber, int Amount, int Bonus, int Points, int Day);
}
