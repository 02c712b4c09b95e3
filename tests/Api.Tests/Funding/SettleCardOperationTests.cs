using System.Net;
using Counter.Payments;
using Platform.Problems;

namespace Api.Tests.Funding;

public sealed class SettleCardOperationTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.3"), Trait("Requirement", "PL-02.1")]
    public async Task Needs_the_waiting_time_and_an_approval_and_gives_the_hold_back(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, operation) = await Unknown(counter);

        (await counter.Settle(operation)).IsRefused(HttpStatusCode.Conflict, "settlement-too-early");
        await counter.WaitBeforeSettling(0);
        var path = $"/v1/card-operations/{operation}/settlements";
        (await counter.Cashier.Post(path, new { reason = "gone" })).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal(20_000, (await counter.Balances(card)).InTransit);
        (await counter.Settle(operation, settleAs: "done")).IsRefused(HttpStatusCode.UnprocessableEntity, "settlement-by-later-use");

        var settled = (await counter.Settle(operation)).Is(HttpStatusCode.Created);

        Assert.Equal("notDone", settled["as"]);
        var books = await counter.Balances(card);
        Assert.Equal((50_000, 0, 0), (books.Reserve, books.InTransit, books.Purse));
        var shown = (await counter.Cashier.Get($"/v1/transactions/{settled.SerialNumber}")).Is(HttpStatusCode.OK);
        Assert.Equal(counter.Second.Login, shown["approvedBy"]);
        Assert.Empty(await counter.Pending());
        (await counter.Settle(operation)).IsRefused(HttpStatusCode.Conflict, "card-operation-not-unknown");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.3"), Trait("Requirement", "FC-35.2"), Trait("Requirement", "PL-03.6")]
    public async Task Sixteen_at_once_settle_once_also_against_the_card_itself(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.WaitBeforeSettling(0);
        var (card, operation) = await Unknown(counter);
        var body = new { reason = "gone" };
        var path = $"/v1/card-operations/{operation}/settlements";
        var tokens = await counter.Cashier.Approvals(path, body, counter.Second, 8);

        var settling = tokens.ConvertAll(t => Task.Run(() => counter.Cashier.Post(path, body, approval: t)));
        var reading = Enumerable
            .Range(0, 8)
            .Select(_ => Task.Run(() => counter.Cashier.Post("/v1/card-re-reads", new { cardNumber = card.Number })))
            .ToList();
        await Task.WhenAll(settling.Concat(reading));

        // One of them moved the operation first. Whichever it was, reading on ends with chip and books alike.
        var settled = settling.Count(s => s.Result.Status == HttpStatusCode.Created);
        var read = reading.Where(r => r.Result.Status == HttpStatusCode.Accepted).Select(r => r.Result).ToList();
        Assert.True(settled <= 1 && read.Count <= 1 && settled + read.Count >= 1, $"{settled} settled, {read.Count} read.");
        if (read.Count == 1)
        {
            await counter.Run(card.Chip, read[0]);
        }

        if ((await counter.Pending()).Count > 0)
        {
            (await counter.Settle(operation, settleAs: "done")).Is(HttpStatusCode.Created);
        }

        if (read.Count == 0)
        {
            await counter.SettleAll(card.Chip, card.Number);
            (await counter.Settle(operation, settleAs: "done")).Is(HttpStatusCode.Created);
        }

        await counter.ChipEqualsBooks(card, "settled once");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.3")]
    public async Task An_issue_whose_chip_is_gone_leaves_neither_customer_nor_card(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.WaitBeforeSettling(0);
        var chip = Hardware.Simulators.Chip.VirtualChip.CreateBlank(global::Platform.Cards.Cryptography.Profiles.IssuerProfile.Demo);
        var probe = await counter.IssueCard();
        var commit = probe.Chip.Hooks.Count - 8;
        var started = (await counter.StartIssue()).Is(HttpStatusCode.Accepted);
        Assert.Equal("unknown", CardBooks.State(await counter.RunTorn(chip, started, commit, after: false)));

        var waiting = (await counter.Pending())[0]!;
        Assert.Equal(("issue", chip.ChipSerial), (waiting["kind"]!.GetValue<string>(), waiting["chipSerial"]!.GetValue<string>()));
        (await counter.Settle(CardBooks.OperationId(started))).Is(HttpStatusCode.Created);

        (await counter.Cashier.Get($"/v1/cards/{started["cardNumber"]}")).Is(HttpStatusCode.NotFound);
        (await counter.Cashier.Get($"/v1/customers/{started["customerCode"]}")).Is(HttpStatusCode.NotFound);
        Assert.Equal(-ChipCards.SetFee, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.IssueCard(chip);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-35.3")]
    public async Task Only_the_own_branchs_and_only_what_is_pending_is_settled(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        await counter.WaitBeforeSettling(0);
        var (card, operation) = await Unknown(counter);

        (await other.Settle(operation)).IsRefused(HttpStatusCode.NotFound, "not-found");
        var again = (await counter.Cashier.Post("/v1/card-re-reads", new { cardNumber = card.Number })).Is(HttpStatusCode.Accepted);
        (await counter.Settle(operation)).IsRefused(HttpStatusCode.Conflict, "card-operation-running");
        await counter.Run(card.Chip, again);
        (await counter.Settle(operation)).IsRefused(HttpStatusCode.Conflict, "card-operation-not-unknown");
        (await counter.Cashier.Post($"/v1/card-operations/{operation}/settlements", new { reason = "" })).IsRefused(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
    }

    /// <summary>A load of 20,000 of 50,000 that the chip has done and nobody heard of.</summary>
    private static async Task<(ChipCard Card, string Operation)> Unknown(TestCounter counter)
    {
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        Assert.Equal("unknown", CardBooks.State(await counter.RunTorn(card.Chip, started, apdu: 6, after: true)));
        return (card, CardBooks.OperationId(started));
    }
}
