using System.Net;
using System.Text.Json.Nodes;
using Counter.Payments;
using Hardware.Simulators.Chip;
using Issuance.Cards;
using Platform.Cards.Cryptography.Profiles;
using Platform.Problems;

namespace Api.Tests.Funding;

/// <summary>Collections and recharges that are paid by cheque.</summary>
public sealed class PayByChequeTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.5"), Trait("Requirement", "FC-31.4")]
    public async Task Sixteen_payments_at_once_never_go_beyond_the_cheque(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var second = await TestHost.Start(database, counter.Host.ConnectionString);
        var other = await counter.CashierAt(second);
        var card = await counter.IssuedCard();
        var cheque = await Cleared(counter, card, 10_000);
        var body = TestCounter.Payment(3_000, "cheque");
        body["chequeId"] = cheque;

        var answers = await Retries.AtOnceWithOwnKeys(
            (i, key) => (i % 2 == 0 ? counter.Cashier : other).Post($"/v1/cards/{card.Number}/collections", body, key)
        );

        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Created));
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a =>
            {
                a.IsRefused(HttpStatusCode.Conflict, "cheque-too-small");
                Assert.Equal(1_000, a.Number("left"));
            }
        );
        Assert.Equal(9_000, await counter.Quota(card));
        Assert.Equal([(cheque, 1_000L)], await counter.Usable(card));
        (await counter.PayBy(cheque, card, 1_000)).Is(HttpStatusCode.Created);
        Assert.Empty(await counter.Usable(card));
        await counter.BooksAreSound();
    }

    [Theory]
    [EachDatabase("recharges", "collections")]
    [Trait("Requirement", "FC-09.5"), Trait("Requirement", "FC-10.1"), Trait("Requirement", "FC-12.1")]
    public async Task Only_a_usable_cheque_of_this_customer_is_taken(Database database, string what)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var stranger = await counter.IssuedCard();
        var strangers = await Cleared(counter, stranger, 10_000);
        var own = await Cleared(counter, card, 10_000);
        var path = $"/v1/card-sessions/{await counter.Present(card)}/{what}";
        Task<Answered> Pay(string? cheque, string method = "cheque")
        {
            var body = TestCounter.Payment(100, method);
            body["chequeId"] = cheque;
            return counter.Cashier.Post(path, body);
        }

        (await Pay(null)).IsRefused(HttpStatusCode.UnprocessableEntity, "cheque-id-required");
        (await Pay(strangers)).IsRefused(HttpStatusCode.NotFound, "cheque-not-found");
        (await Pay("1")).IsRefused(HttpStatusCode.NotFound, "cheque-not-found");
        (await Pay(own, "cash")).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        (await Pay(await counter.Cheque(card, 100))).IsRefused(HttpStatusCode.Conflict, "cheque-not-cleared");
        (await Pay(own)).Is(HttpStatusCode.Created);

        Assert.Equal(100, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-17.5"), Trait("Requirement", "FC-18.1")]
    public async Task A_void_and_a_reversal_give_the_amount_back_to_the_cheque(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var cheque = await Cleared(counter, card, 10_000);
        var first = (await counter.PayBy(cheque, card, 4_000)).Is(HttpStatusCode.Created).SerialNumber;
        var second = (await counter.PayBy(cheque, card, 5_000)).Is(HttpStatusCode.Created).SerialNumber;

        await Correct(counter, card, first, 4_000, "void");
        Assert.Equal([(cheque, 5_000L)], await counter.Usable(card));
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        await Correct(counter, card, second, 5_000, "reversal");

        Assert.Equal([(cheque, 10_000L)], await counter.Usable(card));
        Assert.Equal(0, await counter.Quota(card));
        (await counter.PayBy(cheque, card, 10_000)).Is(HttpStatusCode.Created);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-31.4")]
    public async Task A_cheque_pays_fees_too_and_never_beyond_its_amount(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var cheque = await Cleared(counter, main, 5_000);
        var batch = await counter.OpenBatch(main);
        JsonObject Fees(string id)
        {
            var fees = SubCards.Fees();
            (fees["paymentMethod"], fees["chequeId"]) = ("cheque", id);
            return fees;
        }

        (await counter.StartSub(batch, Fees("1"))).IsRefused(HttpStatusCode.Conflict, "fee-cheque-not-usable");
        var started = new List<Answered>();
        for (var i = 0; i < 4; i++)
        {
            started.Add((await counter.StartSub(batch, Fees(cheque))).Is(HttpStatusCode.Accepted));
        }

        // One is torn before its chip is written; of the others two find enough left.
        var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);
        chip.Hooks.Arm();
        chip.Hooks.TearBeforeCommit = 10;
        Assert.Equal("notDone", (await counter.Run(chip, started[0]))["state"]!.GetValue<string>());
        Assert.Equal([(cheque, 5_000L)], await counter.Usable(main));
        var ends = await Task.WhenAll(started[1..].Select(s => Task.Run(() => counter.Write(s))));

        Assert.Equal(2, ends.Count(e => e == ("confirmed", "card-done")));
        Assert.Equal(1, ends.Count(e => e == ("notDone", "fee-cheque-not-usable")));
        Assert.Equal([(cheque, 1_000L)], await counter.Usable(main));
        Assert.Equal(4_000, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
        (await counter.PayBy(cheque, main, 1_001)).IsRefused(HttpStatusCode.Conflict, "cheque-too-small");
        (await counter.PayBy(cheque, main, 1_000)).Is(HttpStatusCode.Created);
        await counter.BooksAreSound();
    }

    private static async Task Correct(TestCounter counter, IssuedCard card, string serial, long fen, string how) =>
        (
            await counter.Cashier.PostApproved(
                $"/v1/transactions/{serial}/{how}",
                TestCounter.Correction(card, fen, "cheque"),
                counter.Second
            )
        ).Is(HttpStatusCode.Created);

    private static async Task<string> Cleared(TestCounter counter, IssuedCard card, long fen)
    {
        var cheque = await counter.Cheque(card, fen);
        (await counter.Clear(cheque)).Is(HttpStatusCode.Created);
        return cheque;
    }
}
