// Slices: ReportCardDamaged, FindCardAgain, ReplaceCard.
using System.Net;
using Customers;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Outbox;

namespace Api.Tests.Issuance;

/// <summary>Nobody takes a stranger's card over: whoever asks has the card, or is its holder and an approver says so.</summary>
public sealed class HolderAsksTests
{
    private static readonly object s_stranger = new
    {
        certificateType = "residentIdentity",
        certificateNumber = "11010519491231002X",
        name = "王小红",
    };

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.4")]
    public async Task A_number_alone_changes_no_card_at_any_branch(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        foreach (var (path, state, body) in Requests(new { }))
        {
            var card = await counter.IssuedCard(change: c => c.State = state);
            (await other.Cashier.Post(Path(card, path), body)).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
            (await other.Cashier.Post(Path(card, path), Body(path, new { holder = s_stranger }))).IsRefused(
                HttpStatusCode.UnprocessableEntity,
                "holder-differs"
            );
            var known = await other.Cashier.Post(Path(card, path), Body(path, new { holder = TestCounter.Holder }));
            known.IsRefused(HttpStatusCode.Forbidden, "approval-required");
            var another = await other.Present(await other.IssuedCard());
            (await other.Cashier.Post(Path(card, path), Body(path, new { cardSessionId = another }))).IsRefused(
                HttpStatusCode.Conflict,
                "card-session-differs"
            );
            Assert.Equal(state, await State(counter, card));
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.4")]
    public async Task With_the_card_present_no_approver_is_asked(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        foreach (var (path, state, _) in Requests(new { }))
        {
            var card = await counter.IssuedCard(change: c => c.State = state);
            var body = Body(path, new { cardSessionId = await counter.Present(card) });

            var done = await counter.Cashier.Post(Path(card, path), body);

            done.Is(path == "replacements" ? HttpStatusCode.Accepted : HttpStatusCode.OK);
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.4"), Trait("Requirement", "PL-02.5")]
    public async Task With_certificate_and_approval_it_is_done_and_the_holder_is_told_without_personal_data(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        (await counter.Cashier.PostApproved(Path(card, "damage-reports"), new { holder = TestCounter.Holder }, counter.Second)).Is(
            HttpStatusCode.OK
        );

        await using var db = await counter.Host.OpenDatabase();
        var told = Assert.Single(await db.Set<OutboxEvent>().Where(e => e.Key == card.CustomerId).ToListAsync());
        Assert.Equal("card.state-changed", told.Name);
        Assert.Contains("reportDamaged", told.Payload, StringComparison.Ordinal);
        Assert.DoesNotContain("王小明", told.Payload, StringComparison.Ordinal);
        Assert.DoesNotContain("11010519491231002X", told.Payload, StringComparison.Ordinal);
        var subject = $"card:{card.Id}";
        var audit = await db.Set<AuditRecord>().SingleAsync(r => r.Subject == subject);
        Assert.Equal(("report-card-damaged", counter.Second.Id), (audit.Action, audit.ApproverId!.Value));
        Assert.Contains("holderCertificate", audit.Detail, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.4"), Trait("Requirement", "FC-37.1")]
    public async Task A_bearer_card_that_cannot_be_read_is_known_by_the_serial_number_of_its_sale(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard(CardType.Bearer);
        var other = await counter.IssuedCard(CardType.Bearer);
        var (sale, foreign) = (await Sold(counter, card), await Sold(counter, other));
        var path = Path(card, "damage-reports");

        (await counter.Cashier.Post(path, new { holder = TestCounter.Holder })).IsRefused(HttpStatusCode.Conflict, "card-has-no-holder");
        (await counter.Cashier.Post(path, new { saleSerialNumber = foreign })).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "sale-differs"
        );
        (await counter.Cashier.Post(path, new { saleSerialNumber = sale })).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        (await counter.Cashier.PostApproved(path, new { saleSerialNumber = sale }, counter.Second)).Is(HttpStatusCode.OK);

        Assert.Equal(CardState.Damaged, await State(counter, card));
        Assert.Equal(CardState.Active, await State(counter, other));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.4"), Trait("Requirement", "PL-06.31")]
    public async Task Certificates_are_not_found_out_by_trying(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(CustomerParameters.LookUpsPerMinute, 3);
        var card = await counter.IssuedCard();
        var answers = new List<Answered>();
        for (var i = 0; i < 8; i++)
        {
            answers.Add(await counter.Cashier.Post(Path(card, "damage-reports"), new { holder = s_stranger }));
        }

        var stopped = answers.Where(a => a.Code == "too-many-look-ups").ToList();
        // The minute may change once under the tries.
        Assert.InRange(answers.Count(a => a.Code == "holder-differs"), 3, 6);
        Assert.InRange(stopped.Count, 2, 5);
        Assert.All(stopped, a => Assert.InRange(a.RetryAfter!.Value.TotalSeconds, 1, 60));
    }

    private static (string Path, CardState State, object Body)[] Requests(object proof) =>
        [
            ("damage-reports", CardState.Active, Body("damage-reports", proof)),
            ("findings", CardState.Lost, Body("findings", proof)),
            ("replacements", CardState.Damaged, Body("replacements", proof)),
        ];

    private static object Body(string path, object proof)
    {
        if (path != "replacements")
        {
            return proof;
        }

        var body = System.Text.Json.JsonSerializer.SerializeToNode(proof, Json.Options)!.AsObject();
        foreach (var (name, value) in SubCards.Fees().Where(f => f.Key != "deposit"))
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    private static string Path(IssuedCard card, string what) => $"/v1/cards/{card.Number}/{what}";

    /// <summary>The transaction that issued a bearer card, as its sale books it.</summary>
    private static async Task<string> Sold(TestCounter counter, IssuedCard card)
    {
        var actor = new Actor(counter.BranchId, counter.Cashier.Id);
        var booking = new SilentBooking(Ids.Next(), actor, new AuditNote("test", "sale"));
        booking.WithHead(
            new Transaction(booking.Id, IssuanceTransactions.Issue, actor)
            {
                CardId = card.Id,
                CustomerId = card.CustomerId,
                Details = "{}",
            }
        );
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
        return SerialNumber.Of(booking.Id);
    }

    private static async Task<CardState> State(TestCounter counter, IssuedCard card)
    {
        await using var db = await counter.Host.OpenDatabase();
        return db.Set<Card>().Single(c => c.Id == card.Id).State;
    }
}
