// Slices: OpenClosing, TakeCardBack, GetClosing, EndClosing, GiveUpClosing.
using System.Net;
using System.Text.Json.Nodes;
using Funding;
using Funding.Allocations.Templates;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Refunds;

namespace Api.Tests.Refunds;

public sealed class ClosingTests
{
    private static readonly Dictionary<string, string?> s_quick = new() { ["Refunds:SweepEvery"] = "00:00:00.1" };

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.1"), Trait("Requirement", "FC-25.3"), Trait("Requirement", "FC-25.4"), Trait("Requirement", "FC-25.5")]
    [Trait("Requirement", "FC-25.7"), Trait("Requirement", "FC-25.10")]
    public async Task A_customer_is_closed_in_one_booking_when_every_card_has_come_back(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(RefundParameters.ClosingFee, 500);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var (sub, lost) = (await counter.AnotherCard(main), await counter.AnotherCard(main, change: c => c.State = CardState.Lost));
        await counter.GiveBy(main, "cash", 10_000, bonus: 1_000);
        (await counter.Allocate(sub, 10_500)).Is(HttpStatusCode.Created);
        await Template(counter, main, sub);

        var opened = (await counter.OpenClosing(main)).Is(HttpStatusCode.Created);
        var closing = opened["closingId"];
        Assert.Equal(3, opened.Body["cards"]!.AsArray().Count);
        Assert.Equal([("card-to-come", main.Number), ("card-to-come", sub.Number)], Obstacles(opened.Body));
        (await counter.OpenClosing(main)).IsRefused(HttpStatusCode.Conflict, "closing-open-already");
        var refused = (await counter.EndClosing(closing)).IsRefused(HttpStatusCode.Conflict, "closing-has-obstacles");
        Assert.Equal(2, refused.Body["obstacles"]!.AsArray().Count);

        (await counter.TakeCard(closing, main)).Is(HttpStatusCode.OK);
        (await counter.TakeCard(closing, main)).IsRefused(HttpStatusCode.Conflict, "card-taken-already");
        var all = (await counter.TakeCard(closing, sub)).Is(HttpStatusCode.OK);
        Assert.Empty(all.Body["obstacles"]!.AsArray());
        Assert.Equal(counter.Cashier.Login, all.Body["cards"]![0]!["takenBy"]!.GetValue<string>());

        (await counter.EndClosing(closing, new { })).IsRefused(HttpStatusCode.UnprocessableEntity, "closing-fee-required");
        var end = new { fee = new { paymentMethod = "cash", invoiceNumber = "04412777" } };
        var tried = (await counter.Cashier.Post($"/v1/closings/{closing}/end?dryRun=true", end)).Is(HttpStatusCode.OK);
        (await counter.Cashier.Post($"/v1/closings/{closing}/end", end)).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("active", (await counter.Customer(main.CustomerCode))["state"]!.GetValue<string>());
        var done = (await counter.EndClosing(closing, end)).Is(HttpStatusCode.Created);

        foreach (var figure in new[] { "cardsClosed", "reserveSwept", "bonusLapsed", "pointsLapsed", "fee", "quota" })
        {
            Assert.Equal(tried[figure], done[figure]);
        }

        Assert.Equal(
            (3, 10_500, 1_000, 500, 10_000),
            (
                (int)done.Number("cardsClosed"),
                (int)done.Number("reserveSwept"),
                (int)done.Number("bonusLapsed"),
                (int)done.Number("fee"),
                (int)done.Number("quota")
            )
        );
        Assert.Equal((10_000, 0), (await counter.Quota(main), await counter.Reserve(sub)));
        var customer = await counter.Customer(main.CustomerCode);
        Assert.Equal("closed", customer["state"]!.GetValue<string>());
        Assert.All(customer["cards"]!.AsArray(), c => Assert.Equal("closed", c!["state"]!.GetValue<string>()));
        (await counter.Collect(main, 100)).IsRefused(HttpStatusCode.Conflict, "card-closed");
        await using (var db = await counter.Host.OpenDatabase())
        {
            Assert.Equal(
                3,
                await db.Set<global::Issuance.Blacklist.BlacklistEntry>()
                    .CountAsync(b => b.Listed && new[] { main.Id, sub.Id, lost.Id }.Contains(b.CardId))
            );
            Assert.False(await db.Set<AllocationTemplate>().AnyAsync(t => t.CustomerId == main.CustomerId));
        }

        (await counter.EndClosing(closing)).IsRefused(HttpStatusCode.Conflict, "closing-state-forbids");
        var notice = (await counter.Cashier.Get($"/v1/transactions/{done.SerialNumber}/documents/closing-notice"))
            .Is(HttpStatusCode.OK)
            .Text;
        Assert.All(
            ["清户通知单", "作废赠送金额", "10.00", "105.00", "04412777"],
            w => Assert.Contains(w, notice, StringComparison.Ordinal)
        );
        var form = (await counter.Cashier.Get($"/v1/transactions/{opened.SerialNumber}/documents/closing-application"))
            .Is(HttpStatusCode.OK)
            .Text;
        Assert.All(["清户申请表", "卡片清单", "已收回", "已挂失"], w => Assert.Contains(w, form, StringComparison.Ordinal));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.2"), Trait("Requirement", "FC-25.6"), Trait("Requirement", "FC-25.8")]
    public async Task Every_obstacle_is_named_with_the_call_that_removes_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.OrganisationMain);
        var (full, old, fresh) = (
            await counter.AnotherCard(main, CardType.OrganisationSub),
            await counter.AnotherCard(main, CardType.OrganisationSub, c => c.State = CardState.Closed),
            await counter.AnotherCard(main, CardType.OrganisationSub)
        );
        await counter.Loaded(full, 700);
        var received = await counter.Cheque(main, 1_000);
        var cleared = await counter.Cheque(main, 2_000);
        (await counter.Clear(cleared)).Is(HttpStatusCode.Created);
        await using (var db = await counter.Host.OpenDatabase())
        {
            db.Add(Waiting(counter, old, fresh));
            await db.SaveChangesAsync();
        }

        var shown = (await counter.OpenClosing(main)).Is(HttpStatusCode.Created).Body;

        var obstacles = shown["obstacles"]!
            .AsArray()
            .Select(o => (Code: o!["code"]!.GetValue<string>(), Path: o["path"]!.GetValue<string>()))
            .ToList();
        Assert.Contains(("purse-not-empty", $"/v1/cards/{full.Number}/unloads"), obstacles);
        Assert.Contains(("cheque-not-cleared", $"/v1/cheques/{received}/clearing"), obstacles);
        Assert.Contains(obstacles, o => o.Code == "cheque-not-used-up");
        Assert.Contains(("replacement-waiting", $"/v1/cards/{old.Number}/replacement"), obstacles);
        Assert.Equal(3, obstacles.Count(o => o.Code == "card-to-come"));
        var closing = shown["closingId"]!.GetValue<string>();
        (await counter.TakeCard(closing, full)).IsRefused(HttpStatusCode.Conflict, "purse-not-empty");
        var stranger = await counter.IssuedCard();
        (await counter.TakeCard(closing, stranger)).IsRefused(HttpStatusCode.Conflict, "card-of-other-customer");
        var again = (await counter.Cashier.Get($"/v1/closings/{closing}")).Is(HttpStatusCode.OK);
        Assert.Equal(obstacles.Count, again.Body["obstacles"]!.AsArray().Count);
        (await counter.OpenClosing(await counter.IssuedCard(CardType.Bearer))).IsRefused(HttpStatusCode.Conflict, "card-type-not-served");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.6")]
    public async Task A_closing_that_is_given_up_leaves_everything_as_before(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 5_000);
        var closing = (await counter.OpenClosing(card)).Is(HttpStatusCode.Created)["closingId"];
        (await counter.TakeCard(closing, card)).Is(HttpStatusCode.OK);

        Assert.Equal("givenUp", (await counter.Cashier.Post($"/v1/closings/{closing}/give-up", new { })).Is(HttpStatusCode.OK)["state"]);

        (await counter.EndClosing(closing)).IsRefused(HttpStatusCode.Conflict, "closing-state-forbids");
        await counter.Collected(card, 100);
        Assert.Equal(5_100, await counter.Quota(card));
        (await counter.OpenClosing(card)).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.9"), Trait("Requirement", "FC-26.1"), Trait("Requirement", "FC-39.1")]
    public async Task Late_consumption_is_taken_from_what_was_kept_and_afterwards_set_aside_as_a_claim(Database database)
    {
        await using var host = await TestHost.Start(database, settings: s_quick);
        await using var counter = await TestCounter.Open(host);
        await counter.Set(FundingParameters.LateConsumptionDays, 5);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var lost = await counter.AnotherCard(main);
        await counter.GiveBy(main, "cash", 10_000, bonus: 1_000);
        (await counter.Allocate(lost, 11_000)).Is(HttpStatusCode.Created);
        await OntoCard(counter, lost, 11_000);
        await host.Change<Card>(c => c.Id == lost.Id, c => c.State = CardState.Lost);
        var closing = (await counter.OpenClosing(main)).Is(HttpStatusCode.Created)["closingId"];
        (await counter.TakeCard(closing, main)).Is(HttpStatusCode.OK);
        (await counter.EndClosing(closing)).Is(HttpStatusCode.Created);
        var waiting = (await counter.Cashier.Get($"/v1/closings/{closing}")).Is(HttpStatusCode.OK).Body["cards"]![1]!;
        Assert.Equal(11_000, waiting["purse"]!.GetValue<long>());
        Assert.NotNull(waiting["purseFrom"]);

        Assert.Equal(
            (1, 0, 0, 0),
            StationUploads.Counts((await counter.Upload([StationUploads.Made(lost.Number, 1, 4_000)])).Is(HttpStatusCode.OK))
        );
        await EndWaiting(host, closing);
        var swept = await Eventually.Holds(
            async () => (await counter.Cashier.Get($"/v1/closings/{closing}")).Body,
            c => c["purseSwept"]!.GetValue<long>() > 0
        );

        Assert.Equal((7_000, 1_000), (swept["purseSwept"]!.GetValue<long>(), swept["bonusLapsed"]!.GetValue<long>()));
        Assert.Equal((6_000, 0), (await counter.Quota(main), await counter.CardAccount(lost)));
        var late = (await counter.Upload([StationUploads.Made(lost.Number, 2, 500)])).Is(HttpStatusCode.OK);
        Assert.Equal("afterClosing", late.Body["notBooked"]![0]!["reason"]!.GetValue<string>());
        Assert.Single(await counter.Cashier.Walk("/v1/consumption/set-aside?afterClosing=true"));
        Assert.Empty(await counter.Cashier.Walk("/v1/consumption/set-aside"));
        Assert.Equal(6_000, (await counter.RefundClosed(main, "cash")).Is(HttpStatusCode.Created).Number("amount"));
        Assert.Equal(0, await counter.Quota(main));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.4"), Trait("Requirement", "FC-25.10")]
    public async Task Closing_while_payments_come_in_closes_once_and_loses_no_money(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(FundingParameters.LateConsumptionDays, 0);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 5_000);
        var closing = (await counter.OpenClosing(card)).Is(HttpStatusCode.Created)["closingId"];
        (await counter.TakeCard(closing, card)).Is(HttpStatusCode.OK);
        var path = $"/v1/closings/{closing}/end";
        var tokens = await counter.Cashier.Approvals(path, new { feeWaived = true }, counter.Second, 4);

        var closings = tokens.Select(t => Task.Run(() => counter.Cashier.Post(path, new { feeWaived = true }, approval: t)));
        var payments = Enumerable.Range(0, 12).Select(_ => Task.Run(() => counter.Collect(card, 100)));
        var answers = await Task.WhenAll([.. closings, .. payments]);

        Assert.Single(answers[..4], a => a.Status == HttpStatusCode.Created);
        Assert.All(
            answers[..4].Where(a => a.Status != HttpStatusCode.Created),
            a => a.IsRefused(HttpStatusCode.Conflict, "closing-state-forbids")
        );
        var paid = answers[4..].Count(a => a.Status == HttpStatusCode.Created);
        Assert.Equal(5_000 + (100 * paid), await counter.Quota(card));
        Assert.Equal(5_000 + (100 * paid), (await counter.RefundClosed(card, "cash")).Is(HttpStatusCode.Created).Number("amount"));
        await counter.BooksAreSound();
    }

    /// <summary>As a load would: reserve to the card account.</summary>
    internal static async Task OntoCard(TestCounter counter, IssuedCard card, long fen)
    {
        var booking = new SilentBooking(Ids.Next(), new Actor(counter.BranchId, counter.Cashier.Id), new AuditNote("test", "load"));
        booking
            .WithHead(
                new Transaction(booking.Id, FundingTransactions.Load, booking.Actor)
                {
                    CustomerId = card.CustomerId,
                    CardId = card.Id,
                    Amount = fen,
                }
            )
            .Move(new AccountRef(IssuanceAccounts.Reserve, card.Id), new AccountRef(IssuanceAccounts.Card, card.Id), fen);
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
    }

    internal static async Task EndWaiting(TestHost host, string closing)
    {
        var id = long.Parse(closing, System.Globalization.CultureInfo.InvariantCulture);
        await using var db = await host.OpenDatabase();
        var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        await db.Set<global::Refunds.Closing.CustomerClosing>()
            .Where(c => c.Id == id)
            .ExecuteUpdateAsync(u => u.SetProperty(c => c.RefundableFrom, past));
    }

    private static async Task Template(TestCounter counter, IssuedCard main, IssuedCard sub)
    {
        var body = new { name = "monthly", lines = new[] { new { cardNumber = sub.Number, amount = 100 } } };
        (await counter.Cashier.Post($"/v1/customers/{main.CustomerCode}/allocation-templates", body)).Is(HttpStatusCode.Created);
    }

    private static global::Issuance.Replacing.CardReplacement Waiting(TestCounter counter, IssuedCard old, IssuedCard fresh) =>
        new()
        {
            Id = Ids.Next(),
            OldCardId = old.Id,
            NewCardId = fresh.Id,
            CustomerId = old.CustomerId,
            BranchId = counter.BranchId,
            OperatorId = counter.Cashier.Id,
            Reason = CardState.Damaged,
            State = global::Issuance.Replacing.ReplacementState.Waiting,
            TransferDueAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(7),
        };

    private static IReadOnlyList<(string Code, string? Card)> Obstacles(JsonNode shown) =>
        [.. shown["obstacles"]!.AsArray().Select(o => (o!["code"]!.GetValue<string>(), o["cardNumber"]?.GetValue<string>()))];
}
