// Slices: ReplaceCard, GetReplacement.
using System.Net;
using System.Text.Json.Nodes;
using Access.SystemParameters;
using Customers;
using Hardware.Simulators.Chip;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;
using Platform.Problems;

namespace Api.Tests.Issuance;

public sealed class ReplaceCardTests
{
    private static readonly Dictionary<string, string?> s_quick = new() { ["Cards:TransferEvery"] = "00:00:00.1" };

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.3")]
    public async Task Reserve_points_and_restrictions_go_with_the_new_card_and_the_old_one_is_closed(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 100_000, points: 70);
        await counter.Run(card.Chip, (await counter.StartLoad(card, 30_000)).Is(HttpStatusCode.Accepted));
        await counter.Run(
            card.Chip,
            (await Post(counter, card.Number, "restrictions", new { fillsPerDay = 3 })).Is(HttpStatusCode.Accepted)
        );
        await Report(counter, card, "damage-reports", new { holder = TestCounter.Holder });

        var (renewed, outcome) = await Replace(counter, card);

        Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
        var cards = (await counter.Customer(card.CustomerCode))["cards"]!.AsArray();
        Assert.Equal(("closed", 0L, 30_000L, 0L), Shown(cards, card.Number));
        Assert.Equal(("active", 70_000L, 0L, 0L), Shown(cards, renewed.Number));
        Assert.Equal("3", await FillsPerDay(counter, renewed));
        Assert.Equal(renewed.Number, ChipCards.Identity(renewed.Chip).CardNumber);
        var fees = (await counter.Cashier.Get($"/v1/transactions/{outcome["serialNumber"]}")).Is(HttpStatusCode.OK);
        Assert.Equal(("replacement", 2_000), (fees["type"], fees.Number("fee")));
        (await counter.Cashier.Get($"/v1/transactions/{outcome["serialNumber"]}/documents/fee-receipt")).Is(HttpStatusCode.OK);
        var shown = (await counter.Cashier.Get($"/v1/cards/{card.Number}/replacement")).Is(HttpStatusCode.OK);
        Assert.Equal((renewed.Number, "damaged", "waiting"), (shown["newCardNumber"], shown["reason"], shown["state"]));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.3"), Trait("Requirement", "FC-15.4")]
    public async Task The_old_purse_less_late_consumption_moves_once_when_the_waiting_time_is_over(Database database)
    {
        await using var host = await TestHost.Start(database, settings: s_quick);
        await using var second = await TestHost.Start(database, host.ConnectionString, s_quick);
        await using var counter = await TestCounter.Open(host);
        await SetWaitingDays(counter, 3);
        var card = await counter.IssueCard();
        await counter.Fund(card, 100_000);
        await counter.Run(card.Chip, (await counter.StartLoad(card, 60_000)).Is(HttpStatusCode.Accepted));
        var late = StationUploads.Buy(card.Chip, 15_000);
        var tooLate = StationUploads.Buy(card.Chip, 1_000);
        var fill = StationUploads.Of(StationUploads.Lock(card.Chip), 5_000);
        await Report(counter, card, "loss-reports");
        var (renewed, _) = await Replace(counter, card);

        var waits = await counter.StartLoad(renewed, 10_000);
        waits.IsRefused(HttpStatusCode.Conflict, "replacement-load-waits");
        Assert.Equal((1, 0, 1, 0), StationUploads.Counts((await counter.Upload([late, fill])).Is(HttpStatusCode.OK)));
        await EndWaiting(counter, card);
        var moved = await Eventually.Holds(() => Replacement(counter, card), r => r["state"]!.GetValue<string>() == "transferred");

        Assert.Equal(40_000, moved["amount"]!.GetValue<long>());
        var cards = (await counter.Customer(card.CustomerCode))["cards"]!.AsArray();
        Assert.Equal(("closed", 0L, 0L, 0L), Shown(cards, card.Number));
        Assert.Equal(("active", 80_000L, 0L, 0L), Shown(cards, renewed.Number));
        await using (var db = await host.OpenDatabase())
        {
            Assert.Equal(1, await db.Set<Transaction>().CountAsync(t => t.Type == "balance-transfer"));
        }

        var loaded = await counter.Run(renewed.Chip, (await counter.StartLoad(renewed, 80_000)).Is(HttpStatusCode.Accepted));
        Assert.Equal("confirmed", loaded["state"]!.GetValue<string>());
        var aside = (await counter.Upload([tooLate])).Is(HttpStatusCode.OK);
        Assert.Equal("cardAccountTooSmall", aside.Body["notBooked"]![0]!["reason"]!.GetValue<string>());
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.3")]
    public async Task Many_transfers_are_shared_by_three_processes_and_each_is_made_once(Database database)
    {
        const int many = 20;
        await using var host = await TestHost.Start(database, settings: s_quick);
        await using var second = await TestHost.Start(database, host.ConnectionString, s_quick);
        await using var third = await TestHost.Start(database, host.ConnectionString, s_quick);
        await using var counter = await TestCounter.Open(host);
        var rows = new List<global::Issuance.Replacing.CardReplacement>();
        for (var i = 0; i < many; i++)
        {
            var old = await counter.IssuedCard(change: c => c.State = CardState.Closed);
            await counter.Loaded(old, 1_000 + i);
            rows.Add(Waiting(counter, old, await counter.AnotherCard(old)));
        }

        await using (var db = await host.OpenDatabase())
        {
            db.AddRange(rows);
            await db.SaveChangesAsync();
        }

        await Eventually.Holds(() => Transferred(host), n => n == many);
        for (var i = 0; i < many; i++)
        {
            Assert.Equal(0, await counter.Balance(IssuanceAccounts.Card, rows[i].OldCardId));
            Assert.Equal(1_000 + i, await counter.Balance(IssuanceAccounts.Reserve, rows[i].NewCardId));
        }

        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.3")]
    public async Task A_card_is_replaced_once_and_not_found_again_while_its_new_chip_is_written(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        (await Post(counter, card.Number, "replacements", Fees())).IsRefused(HttpStatusCode.Conflict, "card-active");
        await Report(counter, card, "loss-reports");
        var other = await counter.Cashier.Post($"/v1/cards/{card.Number}/replacements", Fees(fee: 0));
        other.IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("replace-card-and-fee-differs", other["action"]);

        // Torn before its identity was written: the reservation is released, and the card can be replaced again.
        var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);
        chip.Hooks.Arm();
        chip.Hooks.TearBeforeCommit = 12;
        var torn = await counter.Run(chip, (await Post(counter, card.Number, "replacements", Fees())).Is(HttpStatusCode.Accepted));
        Assert.Equal("notDone", torn["state"]!.GetValue<string>());
        (await counter.Cashier.Get($"/v1/cards/{card.Number}/replacement")).IsRefused(HttpStatusCode.NotFound, "not-found");

        var first = (await Post(counter, card.Number, "replacements", Fees())).Is(HttpStatusCode.Accepted);
        var second = (await Post(counter, card.Number, "replacements", Fees())).Is(HttpStatusCode.Accepted);
        chip.Hooks.Arm();
        Assert.Equal("confirmed", (await counter.Run(chip, first))["state"]!.GetValue<string>());
        var late = await counter.Run(VirtualChip.CreateBlank(IssuerProfile.Demo), second);
        Assert.Equal(("notDone", "card-closed"), (late["state"]!.GetValue<string>(), late["code"]!.GetValue<string>()));
        (await Post(counter, card.Number, "findings", new { holder = TestCounter.Holder })).IsRefused(
            HttpStatusCode.Conflict,
            "card-closed"
        );
        await counter.BooksAreSound();
    }

    internal static async Task<(ChipCard Card, JsonNode Outcome)> Replace(TestCounter counter, ChipCard card)
    {
        var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);
        var started = (await Post(counter, card.Number, "replacements", Fees())).Is(HttpStatusCode.Accepted);
        var outcome = await counter.Run(chip, started);
        return (card with { Chip = chip, Number = started["cardNumber"] }, outcome);
    }

    internal static async Task Report(TestCounter counter, ChipCard card, string how, object? body = null) =>
        (await Post(counter, card.Number, how, body ?? new { certificateNumber = "11010519491231002X", name = "王小明" })).Is(
            HttpStatusCode.OK
        );

    private static async Task SetWaitingDays(TestCounter counter, long days)
    {
        await using var db = await counter.Host.OpenDatabase();
        db.Add(
            new SystemParameter
            {
                BranchId = counter.BranchId,
                Name = IssuanceParameters.TransferWaitingDays.Name,
                Value = days,
            }
        );
        await db.SaveChangesAsync();
    }

    /// <summary>The waiting time, over at once.</summary>
    private static async Task EndWaiting(TestCounter counter, ChipCard old)
    {
        var number = old.Number;
        await using var db = await counter.Host.OpenDatabase();
        var id = db.Set<Card>().Single(c => c.Number == number).Id;
        var due = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
        var rows = db.Set<global::Issuance.Replacing.CardReplacement>().Where(r => r.OldCardId == id);
        var waits = (await rows.SingleAsync()).TransferDueAt!.Value - TimeProvider.System.GetUtcNow().UtcDateTime;
        Assert.InRange(waits, TimeSpan.FromHours(71), TimeSpan.FromHours(72));
        Assert.Equal(1, await rows.ExecuteUpdateAsync(u => u.SetProperty(r => r.TransferDueAt, due)));
    }

    private static global::Issuance.Replacing.CardReplacement Waiting(TestCounter counter, IssuedCard old, IssuedCard card) =>
        new()
        {
            Id = Ids.Next(),
            OldCardId = old.Id,
            NewCardId = card.Id,
            CustomerId = old.CustomerId,
            BranchId = counter.BranchId,
            OperatorId = counter.Cashier.Id,
            Reason = CardState.Lost,
            State = global::Issuance.Replacing.ReplacementState.Waiting,
            ReplacedAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-7),
            TransferDueAt = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1),
        };

    private static async Task<int> Transferred(TestHost host)
    {
        await using var db = await host.OpenDatabase();
        return await db.Set<Transaction>().CountAsync(t => t.Type == "balance-transfer");
    }

    private static async Task<JsonNode> Replacement(TestCounter counter, ChipCard card) =>
        (await counter.Cashier.Get($"/v1/cards/{card.Number}/replacement")).Is(HttpStatusCode.OK).Body;

    private static async Task<string> FillsPerDay(TestCounter counter, ChipCard card)
    {
        await using var db = await counter.Host.OpenDatabase();
        var id = db.Set<Card>().Single(c => c.Number == card.Number).Id;
        var file = db.Set<global::Issuance.Restrictions.CardRestriction>().Single(r => r.CardId == id).File;
        return $"{RestrictionFile.Decode(Convert.FromHexString(file))!.FillsPerDay}";
    }

    private static object Fees(long fee = 2_000) =>
        new
        {
            cardFee = fee,
            serviceFeeWaived = true,
            feeInvoice = false,
            paymentMethod = "cash",
            holder = TestCounter.Holder,
        };

    private static Task<Answered> Post(TestCounter counter, string card, string what, object body) =>
        counter.Cashier.PostApproved($"/v1/cards/{card}/{what}", body, counter.Second);

    private static (string State, long Reserve, long Purse, long InTransit) Shown(JsonArray cards, string number)
    {
        var card = cards.Single(c => c!["cardNumber"]!.GetValue<string>() == number)!;
        long Fen(string name) => card[name]!.GetValue<long>();
        return (card["state"]!.GetValue<string>(), Fen("reserve"), Fen("purse"), Fen("inTransit"));
    }
}
