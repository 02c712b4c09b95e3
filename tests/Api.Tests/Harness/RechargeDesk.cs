using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Customers;
using Funding;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Parameters;

namespace Api.Tests.Harness;

/// <summary>A card that a recharge list names.</summary>
public sealed record ListedCard(long CardId, string Number, long CustomerId);

/// <summary>A unit, the cards its lists name, and the way a list goes: for the tests of batch recharge.</summary>
public sealed class RechargeDesk
{
    private static int s_number = 1_000;

    private RechargeDesk(TestCounter counter, IssuedCard unit, IReadOnlyList<ListedCard> cards) =>
        (Counter, Unit, Cards) = (counter, unit, cards);

    public TestCounter Counter { get; }

    /// <summary>The recharging unit, by its main card.</summary>
    public IssuedCard Unit { get; }

    public IReadOnlyList<ListedCard> Cards { get; }

    /// <summary>A desk at a counter, whose unit has paid in so much.</summary>
    public static Task<RechargeDesk> Open(TestCounter counter, int cards, long unitFen) =>
        Open(counter, [.. Enumerable.Range(0, cards).Select(_ => NewNumber())], unitFen);

    /// <summary>The same with cards of these numbers.</summary>
    public static async Task<RechargeDesk> Open(TestCounter counter, IReadOnlyList<string> cards, long unitFen)
    {
        ArgumentNullException.ThrowIfNull(counter);
        var unit = await counter.IssuedCard(CardType.OrganisationMain);
        for (var left = unitFen; left > 0; left -= 100_000_000)
        {
            await counter.Collected(unit, Math.Min(left, 100_000_000), method: "transfer");
        }

        return new RechargeDesk(counter, unit, await AddCards(counter, cards));
    }

    public static async Task<RechargeDesk> Open(Database database, int cards, long unitFen) =>
        await Open(await TestCounter.Open(database), cards, unitFen);

    /// <summary>A .dat file: its lines, and a trailer that is right unless another is given.</summary>
    public static byte[] Dat(IReadOnlyList<string> lines, string? trailer = null)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var total = lines.Sum(l => decimal.TryParse(l.Split(',')[1], CultureInfo.InvariantCulture, out var yuan) ? yuan : 0);
        var last = trailer ?? string.Create(CultureInfo.InvariantCulture, $"合计,{lines.Count},{total:F2}");
        return Encoding.UTF8.GetBytes(string.Join('\n', [.. lines, last]) + "\n");
    }

    /// <summary>One line a card, card i with i + 1 yuan: so every account's balance tells which line it came from.</summary>
    public byte[] File(int? cards = null) =>
        Dat([.. Cards.Take(cards ?? Cards.Count).Select((c, i) => Line(c.Number, i + 1, "王小明", $"第 {i + 1} 笔"))]);

    public static string Line(string card, long yuan, string holder = "", string remark = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{card},{yuan}.00,{holder},{remark}");

    public Task<Answered> Submit(byte[] file, string format = "dat", bool? repeat = null, string? key = null, Clerk? by = null) =>
        Submit(
            $"customerCode={Unit.CustomerCode}&format={format}&fileName=november.{format}"
                + (repeat is { } meant ? $"&repeat={(meant ? "true" : "false")}" : ""),
            file,
            key,
            by
        );

    /// <summary>With a query of the test's own.</summary>
    public async Task<Answered> Submit(string query, byte[] file, string? key = null, Clerk? by = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/recharge-lists?{query}") { Content = new ByteArrayContent(file) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (by ?? Counter.Cashier).Token);
        request.Headers.AcceptLanguage.ParseAdd("en");
        request.Headers.Add("Idempotency-Key", key ?? Clerk.NewKey());
        using var response = await Counter.Host.Client.SendAsync(request);
        return await Answered.Of(response);
    }

    /// <summary>Submits a file, waits for the end of its check, and gives the list.</summary>
    public async Task<Answered> Checked(byte[] file, string format = "dat", bool? repeat = null)
    {
        var list = (await Submit(file, format, repeat)).Is(HttpStatusCode.Accepted);
        return await Until(list.SerialNumber, s => s != "checking");
    }

    /// <summary>Submits a file that must be good; its list's serial number.</summary>
    public async Task<string> Submitted(byte[] file, string format = "dat", bool? repeat = null)
    {
        var list = await Checked(file, format, repeat);
        Assert.True(list["state"] == "submitted", list.Text);
        return list.SerialNumber;
    }

    /// <summary>Submits, has the second operator release it, and waits for its end.</summary>
    public async Task<Answered> Finished(byte[] file)
    {
        var serial = await Submitted(file);
        (await Release(serial)).Is(HttpStatusCode.Created);
        return await Until(serial, s => s == "finished");
    }

    public Task<Answered> Release(string serial, Clerk? by = null, string? key = null) =>
        Step(by ?? Counter.Second, serial, "release", key);

    public Task<Answered> Void(string serial, Clerk? by = null, string? key = null) => Step(by ?? Counter.Cashier, serial, "void", key);

    public Task<Answered> Retrieve(string serial, Clerk? by = null, string? key = null) =>
        Step(by ?? Counter.Cashier, serial, "retrieval", key);

    public async Task<Answered> Show(string serial) => (await Counter.Cashier.Get($"/v1/recharge-lists/{serial}")).Is(HttpStatusCode.OK);

    public Task<Answered> Until(string serial, Func<string, bool> state) => Eventually.Holds(() => Show(serial), l => state(l["state"]));

    /// <summary>The lines, or those of one outcome.</summary>
    public async Task<IReadOnlyList<Answered>> Lines(string serial, string? outcome = null)
    {
        var answer = (
            await Counter.Cashier.Get($"/v1/recharge-lists/{serial}/lines?limit=1000{(outcome is null ? "" : $"&outcome={outcome}")}")
        ).Is(HttpStatusCode.OK);
        return [.. answer.Body["items"]!.AsArray().Select(i => answer with { Text = i!.ToJsonString() })];
    }

    public async Task<byte[]> Download(string path) => (await Counter.Cashier.Download(path)).File;

    /// <summary>Fen in the quota account of each card's customer, in the order of the cards.</summary>
    public async Task<long[]> Balances()
    {
        var ids = Cards.Select(c => c.CustomerId).ToArray();
        await using var db = await Counter.Host.OpenDatabase();
        var found = await db.Set<Account>()
            .Where(a => a.Kind == IssuanceAccounts.Quota.Number && ids.Contains(a.Owner))
            .ToDictionaryAsync(a => a.Owner, a => a.Balance);
        return [.. ids.Select(i => found.GetValueOrDefault(i))];
    }

    /// <summary>Fen that a released list still holds.</summary>
    public async Task<long> Held(string serial) =>
        await Counter.Balance(
            FundingAccounts.RechargeList,
            SerialNumber.Parse(serial) ?? throw new ArgumentException("No serial number.", nameof(serial))
        );

    private static Task<Answered> Step(Clerk by, string serial, string step, string? key) =>
        by.Post($"/v1/recharge-lists/{serial}/{step}", new { }, key);

    /// <summary>Many cards at once, each of a customer of its own.</summary>
    private static async Task<List<ListedCard>> AddCards(TestCounter counter, IReadOnlyList<string> numbers)
    {
        var (customers, cards) = (new List<Customer>(), new List<Card>());
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        foreach (var number in numbers)
        {
            customers.Add(
                new Customer
                {
                    Id = Ids.Next(),
                    Code = WithCheck("2" + number[7..15]),
                    State = CustomerState.Active,
                    BranchId = counter.BranchId,
                    Name = "王小明",
                    CertificateNumber = "11010519491231002X",
                    Phone = "13800138000",
                    OpenedAt = now,
                }
            );
            cards.Add(
                new Card
                {
                    Id = Ids.Next(),
                    Number = number,
                    Type = CardType.PersonalSingle,
                    State = CardState.Active,
                    CustomerId = customers[^1].Id,
                    BranchId = counter.BranchId,
                    IssuerCode = "100022",
                    Profile = "demo",
                    ValidFrom = new DateOnly(2026, 1, 1),
                    ValidTo = new DateOnly(2036, 1, 1),
                    CreatedAt = now,
                }
            );
        }

        await using var db = await counter.Host.OpenDatabase();
        db.AddRange(customers);
        db.AddRange(cards);
        await db.SaveChangesAsync();
        return cards.ConvertAll(c => new ListedCard(c.Id, c.Number, c.CustomerId));
    }

    private static string NewNumber() =>
        WithCheck("1000220" + Interlocked.Increment(ref s_number).ToString("D8", CultureInfo.InvariantCulture));

    private static string WithCheck(string body) => body + Luhn.CheckDigit(body);
}

/// <summary>What happens to cards behind a list's back.</summary>
public static class LostCards
{
    public static async Task LosesCard(this TestCounter counter, ListedCard listed)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(listed);
        await using var db = await counter.Host.OpenDatabase();
        await db.Set<Card>()
            .Where(c => c.Id == listed.CardId)
            .ExecuteUpdateAsync(u => u.SetProperty(c => c.State, CardState.Lost).SetProperty(c => c.Version, c => c.Version + 1));
    }
}
