// Slices: ListCustomerTransactions, ListCardTransactions, ListTransactions, ExportCustomerTransactions, ExportCardTransactions.
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Problems;
using Platform.Tables;

namespace Api.Tests.Funding;

public sealed class StatementTests
{
    private const string Quota = "quota";

    /// <summary>A customer's main and sub-card with some transactions of every kind, which tests only read.</summary>
    private static readonly Dictionary<Database, Lazy<Task<Lived>>> s_lived = Enum.GetValues<Database>()
        .ToDictionary(d => d, d => new Lazy<Task<Lived>>(() => LiveThrough(d, seed: 43, steps: 25)));

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task A_customers_transactions_are_all_there_and_their_balances_run_to_that_of_the_account(Database database)
    {
        var (counter, main, _) = await s_lived[database].Value;

        var lines = await counter.Cashier.Walk($"/v1/customers/{main.CustomerCode}/transactions", limit: 3);

        Assert.Equal(await Serials(counter, main), lines.Select(Serial).Order(StringComparer.Ordinal));
        AssertChains(lines, Quota);
        Assert.Equal(await counter.Quota(main), lines[^1]["quotaBalance"]!.GetValue<long>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task A_line_that_did_not_touch_the_quota_shows_the_balance_of_the_line_before(Database database)
    {
        var (counter, main, _) = await s_lived[database].Value;

        var (quota, untouched) = (0L, 0);
        foreach (var line in await counter.Cashier.Walk($"/v1/customers/{main.CustomerCode}/transactions"))
        {
            untouched += Balance(line, Quota) is null ? 1 : 0;
            quota = Balance(line, Quota) is { } moved ? After(moved) : quota;
            Assert.Equal(quota, line["quotaBalance"]!.GetValue<long>());
        }

        Assert.True(untouched > 0);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task The_balances_of_a_cards_accounts_run_to_those_of_the_accounts(Database database)
    {
        var (counter, _, sub) = await s_lived[database].Value;

        var lines = await counter.Cashier.Walk($"/v1/cards/{sub.Number}/transactions", limit: 4);

        AssertChains(lines, "reserve");
        AssertChains(lines, "card");
        Assert.Equal(await counter.Reserve(sub), After(lines.Select(l => Balance(l, "reserve")).Last(b => b is not null)));
        Assert.Equal(await counter.CardAccount(sub), After(lines.Select(l => Balance(l, "card")).Last(b => b is not null)));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task A_line_leads_to_its_double_entry(Database database)
    {
        var (counter, main, _) = await s_lived[database].Value;
        var line = (await counter.Cashier.Walk($"/v1/customers/{main.CustomerCode}/transactions"))[0];

        var entries = (await counter.Cashier.Get($"/v1/transactions/{Serial(line)}")).Is(HttpStatusCode.OK).Body["entries"]!.AsArray();

        Assert.Equal(After(Balance(line, Quota)), After(entries.Single(e => e!["account"]!.GetValue<string>() == Quota)));
        Assert.Equal(0, entries.Sum(Amount));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task A_card_shows_what_touched_its_accounts_and_not_another_cards(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var (sub, other) = (await counter.AnotherCard(main), await counter.AnotherCard(main));
        await counter.Collected(main, 90_000);
        var toSub = (await counter.Allocate(sub, 20_000)).Is(HttpStatusCode.Created).SerialNumber;
        var toOther = (await counter.Allocate(other, 5_000)).Is(HttpStatusCode.Created).SerialNumber;

        var line = Assert.Single(await counter.Cashier.Walk($"/v1/cards/{sub.Number}/transactions"));
        Assert.Equal(toSub, Serial(line));
        Assert.Equal((20_000, 20_000), (Amount(Balance(line, "reserve")), After(Balance(line, "reserve"))));
        Assert.Equal((-20_000, 70_000), (Amount(Balance(line, Quota)), After(Balance(line, Quota))));
        Assert.Equal([toOther], (await counter.Cashier.Walk($"/v1/cards/{other.Number}/transactions")).Select(Serial));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task A_card_shows_what_was_made_with_it_though_it_touched_the_customers_account_alone(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var paid = await counter.Collected(main, 90_000);

        Assert.Equal([paid], (await counter.Cashier.Walk($"/v1/cards/{main.Number}/transactions")).Select(Serial));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task Transactions_are_narrowed_by_business_date_type_and_branch(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var elsewhere = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var first = await counter.Collected(card, 100);
        var date = (await counter.Cashier.Get($"/v1/transactions/{first}"))["businessDate"];
        var undone = (await counter.Void(card, first, 100)).Is(HttpStatusCode.Created).SerialNumber;
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        var next = await counter.Collected(card, 300);
        var away = (await elsewhere.Collect(card, 400)).Is(HttpStatusCode.Created).SerialNumber;
        var path = $"/v1/customers/{card.CustomerCode}/transactions";

        async Task Are(string query, params string[] serials) =>
            Assert.Equal(
                serials.Order(StringComparer.Ordinal),
                (await counter.Cashier.Walk($"{path}?{query}")).Select(Serial).Order(StringComparer.Ordinal)
            );
        await Are($"to={date}&branchCode={counter.BranchCode}", first, undone);
        await Are($"from={date}&to={date}&type=void", undone);
        await Are($"branchCode={elsewhere.BranchCode}", away);
        await Are($"from={Day(date, 1)}&branchCode={counter.BranchCode}", next);
        await Are($"from={Day(date, 2)}");
        await Are("type=load");
        (await counter.Cashier.Get($"{path}?from=2026-02-02&to=2026-02-01")).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        (await counter.Cashier.Get($"{path}?after=AAAA")).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
        (await counter.Cashier.Get($"{path}?limit=1001")).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
        (await counter.Cashier.Get($"{path}?branchCode=99999999")).IsRefused(HttpStatusCode.NotFound, "not-found");
        (await counter.Cashier.Get("/v1/cards/1000110000000013/transactions")).IsRefused(HttpStatusCode.NotFound, "card-not-found");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task Pages_are_whole_and_balances_chain_while_bookings_run(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        for (var i = 0; i < 20; i++)
        {
            await counter.Collected(card, 100 + i);
        }

        var before = await Serials(counter, card);
        var running = Enumerable.Range(0, 40).Select(i => counter.Collected(card, 1_000 + i)).ToList();
        var read = await counter.Cashier.Walk($"/v1/customers/{card.CustomerCode}/transactions", limit: 2);
        await Task.WhenAll(running);

        Assert.Equal(read.Count, read.Select(Serial).Distinct().Count());
        Assert.Empty(before.Except(read.Select(Serial)));
        var all = await counter.Cashier.Walk($"/v1/customers/{card.CustomerCode}/transactions");
        Assert.Equal(60, all.Count);
        Assert.Equal(await counter.Quota(card), all.Sum(l => Amount(Balance(l, Quota))));
        // The balance of a line was written with its entry: racing bookings may stand in another order, in their own they chain.
        AssertChains(all.OrderBy(l => After(Balance(l, Quota))), Quota);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task The_same_lines_are_exported_as_csv_and_xlsx(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        for (var i = 1; i <= 3; i++)
        {
            await counter.Collected(card, i * 1_234_56);
        }

        var serials = (await counter.Cashier.Walk($"/v1/customers/{card.CustomerCode}/transactions")).Select(Serial).ToList();
        foreach (var path in (string[])[$"/v1/customers/{card.CustomerCode}/transactions", $"/v1/cards/{card.Number}/transactions"])
        {
            var csv = Encoding.UTF8.GetString(await Download(counter, $"{path}/export", "text/csv"));
            Assert.StartsWith("\ufeff业务流水号,营业日", csv, StringComparison.Ordinal);
            // With a tab behind, for a spreadsheet would round its twenty digits.
            Assert.Equal(serials.Select(s => $"\"{s}\t\""), csv.Split("\r\n")[1..^1].Select(l => l.Split(',')[0]));
            Assert.All(csv.Split("\r\n")[1..^1], l => Assert.Equal(("收款", "现金"), (l.Split(',')[2], l.Split(',')[12])));
            Assert.Equal("7407.36", csv.Split("\r\n")[^2].Split(',')[15]);

            using var xlsx = new MemoryStream(
                await Download(counter, $"{path}/export?format=xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
            );
            var rows = TableReader.Open(xlsx, TableFormat.Xlsx, new TableLimits(), []).Rows.ToList();
            Assert.Equal(serials, rows[1..].Select(r => r.Cells[0]));
            Assert.Equal(["1234.56", "3703.68", "7407.36"], rows[1..].Select(r => r.Cells[15]));
        }

        (await counter.Cashier.Get($"/v1/customers/{card.CustomerCode}/transactions/export?format=pdf")).IsRefused(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.2")]
    public async Task A_branch_sees_its_own_transactions_and_those_below_by_operator_and_day(Database database)
    {
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        await using var counter = await TestCounter.Open(database);
        await using var elsewhere = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var serial = await counter.Collected(card, 500);
        var date = (await counter.Cashier.Get($"/v1/transactions/{serial}"))["businessDate"];

        Assert.Contains(
            serial,
            (await counter.Cashier.Walk($"/v1/transactions?from={date}&operator={counter.Cashier.Login}")).Select(Serial)
        );
        Assert.Empty(await counter.Cashier.Walk($"/v1/transactions?operator={counter.Second.Login}"));
        Assert.Empty(await counter.Cashier.Walk($"/v1/transactions?to={Day(date, -1)}"));
        Assert.Contains(
            serial,
            (await headquarters.Cashier.Walk($"/v1/transactions?branchCode={counter.BranchCode}&type=collection")).Select(Serial)
        );
        (await elsewhere.Cashier.Get($"/v1/transactions?branchCode={counter.BranchCode}")).IsRefused(
            HttpStatusCode.Forbidden,
            "branch-out-of-reach"
        );
    }

    /// <summary>Collections, voids, allocations and loads in a random order.</summary>
    private static async Task<Lived> LiveThrough(Database database, int seed, int steps)
    {
        var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var sub = await counter.AnotherCard(main);
        var random = new Random(seed);
        await counter.Collected(main, 1_000_000);
        for (var i = 0; i < steps; i++)
        {
            var fen = random.Next(1, 20_000);
            switch (random.Next(4))
            {
                case 0:
                    await counter.Collected(main, fen);
                    break;
                case 1:
                    (await counter.Void(main, await counter.Collected(main, fen), fen)).Is(HttpStatusCode.Created);
                    break;
                case 2:
                    (await counter.Allocate(sub, fen)).Is(HttpStatusCode.Created);
                    break;
                default:
                    await counter.Loaded(sub, fen);
                    break;
            }
        }

        await counter.BooksAreSound();
        return new Lived(counter, main, sub);
    }

    /// <summary>Each balance is the one before it and the amount.</summary>
    private static void AssertChains(IEnumerable<JsonNode> lines, string account)
    {
        var balance = 0L;
        var changes = lines.Select(l => Balance(l, account)).OfType<JsonNode>().ToList();
        Assert.NotEmpty(changes);
        foreach (var line in changes)
        {
            balance += Amount(line);
            Assert.Equal(balance, After(line));
        }
    }

    private static async Task<List<string>> Serials(TestCounter counter, IssuedCard card)
    {
        await using var db = await counter.Host.OpenDatabase();
        var ids = await db.Set<Transaction>().Where(t => t.CustomerId == card.CustomerId).Select(t => t.Id).ToListAsync();
        return [.. ids.Select(SerialNumber.Of).Order(StringComparer.Ordinal)];
    }

    private static async Task<byte[]> Download(TestCounter counter, string path, string type)
    {
        var (file, headers) = await counter.Cashier.Download(path);
        Assert.Equal((type, "attachment"), (headers.ContentType!.MediaType, headers.ContentDisposition!.DispositionType));
        return file;
    }

    private static JsonNode? Balance(JsonNode line, string account) =>
        line["balances"]!.AsArray().SingleOrDefault(b => b!["account"]!.GetValue<string>() == account);

    private static long Amount(JsonNode? balance) => balance!["amount"]!.GetValue<long>();

    private static long After(JsonNode? balance) => balance!["balanceAfter"]!.GetValue<long>();

    private static string Serial(JsonNode line) => line["serialNumber"]!.GetValue<string>();

    private static string Day(string date, int later) =>
        DateOnly.Parse(date, CultureInfo.InvariantCulture).AddDays(later).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record Lived(TestCounter Counter, IssuedCard Main, IssuedCard Sub);
}
