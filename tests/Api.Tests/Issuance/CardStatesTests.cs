// Slices: ReportCardLost, FindCardAgain, ReportCardDamaged, ExpireCard, BlockCard, UnblockCard.
using System.Net;
using Access.Branches;
using Api.Tests.Platform;
using Issuance.Cards;

namespace Api.Tests.Issuance;

public sealed class CardStatesTests
{
    private static readonly Dictionary<CardChange, (string Path, object Body)> s_requests = new()
    {
        [CardChange.ReportLost] = ("loss-reports", new { certificateNumber = "11010519491231002x", name = "王小明" }),
        [CardChange.FindAgain] = ("findings", new { holder = TestCounter.Holder }),
        [CardChange.ReportDamaged] = ("damage-reports", new { holder = TestCounter.Holder }),
        [CardChange.Expire] = ("expiries", new { }),
        [CardChange.Block] = ("blocks", new { }),
        [CardChange.Unblock] = ("unblocks", new { }),
        [CardChange.Replace] = (
            "replacements",
            new
            {
                cardFee = 2_000,
                serviceFeeWaived = true,
                feeInvoice = false,
                paymentMethod = "cash",
                holder = TestCounter.Holder,
            }
        ),
    };

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.1")]
    public async Task Every_change_is_allowed_in_the_states_of_the_table_and_refused_in_every_other_by_its_own_code(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        foreach (var (change, (path, body)) in s_requests)
        {
            foreach (var state in Enum.GetValues<CardState>().Where(s => s != CardState.Released))
            {
                var card = await counter.IssuedCard(change: c => c.State = state);
                var answer = await counter.Cashier.PostApproved($"/v1/cards/{card.Number}/{path}", body, counter.Second);
                if (!CardStates.Allows(change, state))
                {
                    answer.IsRefused(HttpStatusCode.Conflict, $"card-{Json.Name(state)}");
                }
                else if (change == CardChange.Replace)
                {
                    answer.Is(HttpStatusCode.Accepted);
                }
                else
                {
                    Assert.Equal(Json.Name(CardStates.Rule(change).To), answer.Is(HttpStatusCode.OK)["state"]);
                }

                var expected = CardStates.Allows(change, state) && change != CardChange.Replace ? CardStates.Rule(change).To : state;
                Assert.Equal(expected, await State(counter, card));
            }
        }
    }

    [Fact]
    [Trait("Requirement", "FC-36.1")]
    public void Every_change_stands_in_the_table_once_and_names_who_may()
    {
        Assert.Equal(Enum.GetValues<CardChange>().Order(), CardStates.Table.Select(r => r.Change).Order());
        Assert.All(s_requests.Keys, c => Assert.Contains(CardStates.Rule(c).Right, CardLifeRights.All));
        Assert.All(CardStates.Table.Where(r => !s_requests.ContainsKey(r.Change)), r => Assert.Null(r.Right));
        Assert.All(CardStates.Table, r => Assert.DoesNotContain(r.To, r.From));
        Assert.DoesNotContain(CardStates.Table.SelectMany(r => r.From), s => s is CardState.Closed or CardState.Released);
    }

    [Fact]
    [Trait("Requirement", "FC-36.1")]
    public async Task The_table_in_the_docs_is_the_one_in_the_code()
    {
        var file = Path.Combine(OpenApiTests.Root(), "docs", "card-states.md");
        var text = (await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n");
        var table = text[text.IndexOf("| change |", StringComparison.Ordinal)..];
        Assert.Equal(CardStates.Markdown(), table);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.1")]
    public async Task A_loss_is_taken_only_from_who_knows_certificate_and_name_of_the_holder(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        foreach (var (certificate, name) in new[] { ("11010519491231002X", "王小红"), ("110105194912310021", "王小明") })
        {
            var answer = await counter.Cashier.Post($"/v1/cards/{card.Number}/loss-reports", new { certificateNumber = certificate, name });
            answer.IsRefused(HttpStatusCode.UnprocessableEntity, "holder-differs");
        }

        Assert.Equal(CardState.Active, await State(counter, card));
        var bearer = await counter.IssuedCard(CardType.Bearer);
        (await Lose(counter, bearer)).IsRefused(HttpStatusCode.Conflict, "card-has-no-holder");

        var key = Clerk.NewKey();
        var first = (await Lose(counter, card, key)).Is(HttpStatusCode.OK);
        Assert.Equal(first.Text, (await Lose(counter, card, key)).Text);
        var present = new { cardSessionId = await counter.Present(card) };
        (await counter.Cashier.Post($"/v1/cards/{card.Number}/findings", present)).Is(HttpStatusCode.OK);
        Assert.Equal(CardState.Active, await State(counter, card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.10")]
    public async Task Every_operation_of_a_card_names_the_state_that_forbids_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        foreach (var state in new[] { CardState.Lost, CardState.Damaged, CardState.Expired, CardState.Blocked, CardState.Closed })
        {
            var card = await counter.IssuedCard(change: c => c.State = state);
            var code = $"card-{Json.Name(state)}";
            (await counter.Collect(card, 100)).IsRefused(HttpStatusCode.Conflict, code);
            foreach (var (path, body) in Operations())
            {
                (await counter.Cashier.Post($"/v1/cards/{card.Number}/{path}", body)).IsRefused(HttpStatusCode.Conflict, code);
            }
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.1")]
    public async Task A_card_expires_by_itself_on_the_day_after_its_last_one(Database database)
    {
        var settings = new Dictionary<string, string?> { ["Cards:ExpireEvery"] = "00:00:00.1" };
        await using var host = await TestHost.Start(database, settings: settings);
        await using var counter = await TestCounter.Open(host);
        var today = ChinaCalendar.Today(TimeProvider.System);
        var last = await counter.IssuedCard();
        await using (var db = await host.OpenDatabase())
        {
            await Add(db, last, "8", today.AddDays(-1));
            await Add(db, last, "9", today);
        }

        await Eventually.Holds(() => Number(host, "8"), s => s == CardState.Expired);
        Assert.Equal(CardState.Active, await Number(host, "9"));
        Assert.Equal(CardState.Active, await State(counter, last));
    }

    internal static Task<Answered> Lose(TestCounter counter, IssuedCard card, string? key = null) =>
        counter.Cashier.Post(
            $"/v1/cards/{card.Number}/loss-reports",
            new { certificateNumber = "11010519491231002X", name = "王小明" },
            key
        );

    private static IEnumerable<(string Path, object Body)> Operations() =>
        [("loads", new { amount = 1 }), ("restrictions", new { fillsPerDay = 3 }), ("grey-unlocks", new { withoutRecord = false })];

    private static async Task<CardState> State(TestCounter counter, IssuedCard card)
    {
        await using var db = await counter.Host.OpenDatabase();
        return db.Set<Card>().Single(c => c.Id == card.Id).State;
    }

    private static async Task<CardState> Number(TestHost host, string number)
    {
        await using var db = await host.OpenDatabase();
        return db.Set<Card>().Single(c => c.Number == number).State;
    }

    private static async Task Add(AppDb db, IssuedCard like, string number, DateOnly validTo)
    {
        var card = db.Set<Card>().Single(c => c.Id == like.Id);
        db.Add(
            new Card
            {
                Id = Ids.Next(),
                Number = number,
                State = CardState.Active,
                CustomerId = card.CustomerId,
                BranchId = card.BranchId,
                IssuerCode = card.IssuerCode,
                Profile = card.Profile,
                ValidFrom = validTo.AddYears(-1),
                ValidTo = validTo,
                CreatedAt = card.CreatedAt,
            }
        );
        await db.SaveChangesAsync();
    }
}
