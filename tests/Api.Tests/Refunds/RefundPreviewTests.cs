// Slices: SpecialRefund, SpecialRefundWithCard, SmallRefund, EndClosing, RefundAfterClosing, RefundDeposits, each with dryRun.
using System.Net;
using System.Text.Json.Nodes;
using Funding;
using Issuance.Cards;
using Platform.Cards.Cryptography.Profiles;
using Refunds;

namespace Api.Tests.Refunds;

/// <summary>What a preview names is what the booking books, on every route that has both; and a preview books nothing.</summary>
public sealed class RefundPreviewTests
{
    private static readonly string[] s_refund = ["kind", "way", "amount", "toUnits", "bonusLapsed", "lines", "returnedInvoices"];

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.5"), Trait("Requirement", "FC-28.1"), Trait("Requirement", "FC-27.1")]
    public async Task Special_refunds_typed_and_card_present(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(RefundParameters.SpecialRefundFee, 300);
        var card = await counter.IssuedCard(CardType.PersonalMain);
        var invoiced = await RefundDesk.Invoiced(counter, card, 9_000, "P");
        await counter.GiveBy(card, "cash", 2_000, bonus: 500);

        var typed = RefundEndTests.With(RefundDesk.By("cash", 5_000, feeWaived: false), invoiced.Number, "RP1");
        var (tried, done) = await Same(counter, $"/v1/cards/{card.Number}/special-refunds", typed, s_refund);
        Assert.Equal(tried["feeDue"]!.GetValue<long>(), done["fee"]!["due"]!.GetValue<long>());
        Assert.Equal(
            tried["refundableAfter"]!.GetValue<long>(),
            (await counter.Refundable(card.CustomerCode))["refundable"]!.GetValue<long>()
        );
        (await counter.Cashier.Post($"/v1/refunds/{done["serialNumber"]}/fee", new { paymentMethod = "cash" })).Is(HttpStatusCode.OK);

        var session = await counter.Present(card);
        await Same(counter, $"/v1/card-sessions/{session}/special-refunds", RefundDesk.By("bankCard"), s_refund);
        Assert.Equal(500, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-29.1"), Trait("Requirement", "FC-29.5")]
    public async Task Small_refunds(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard(change: Own);
        await counter.GiveBy(card, "bankCard", 700, bonus: 60);
        (await counter.Allocate(card, 300)).Is(HttpStatusCode.Created);
        var path = $"/v1/card-sessions/{await counter.Present(card)}/small-refunds";

        var (tried, done) = await Same(counter, path, [], []);

        Assert.Equal(700, tried["amount"]!.GetValue<long>());
        Agree(tried, done["refund"]!, s_refund);
        Agree(tried, done["preview"]!, [.. s_refund, "refundableAfter", "feeDue"]);
        Assert.Equal(0, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.10"), Trait("Requirement", "FC-26.5"), Trait("Requirement", "FC-30.2")]
    public async Task The_end_of_a_closing_and_what_is_paid_after_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(FundingParameters.LateConsumptionDays, 0);
        await counter.Set(RefundParameters.ClosingFee, 200);
        var card = await counter.IssuedCard();
        await counter.GiveBy(card, "cash", 4_000, bonus: 300);
        await counter.GiveBy(card, "transfer", 1_000, bonus: 0);
        (await counter.Allocate(card, 2_500, points: 0)).Is(HttpStatusCode.Created);
        await RefundAfterClosingTests.Deposit(counter, card, 1_000);
        var closing = (await counter.OpenClosing(card)).Is(HttpStatusCode.Created)["closingId"];
        (await counter.TakeCard(closing, card)).Is(HttpStatusCode.OK);

        var fee = new JsonObject { ["fee"] = new JsonObject { ["paymentMethod"] = "cash" } };
        string[] end = ["customerCode", "cardsClosed", "reserveSwept", "bonusLapsed", "pointsLapsed", "fee", "quota"];
        var (ended, _) = await Same(counter, $"/v1/closings/{closing}/end", fee, end);
        Assert.Equal((200, 300), (ended["fee"]!.GetValue<long>(), ended["bonusLapsed"]!.GetValue<long>()));
        foreach (var way in new[] { "cash", "transfer" })
        {
            var body = new JsonObject { ["way"] = way, ["referenceNumber"] = "TK-9" };
            await Same(counter, $"/v1/customers/{card.CustomerCode}/refunds", body, s_refund);
        }

        Assert.Equal(0, await counter.Quota(card));
        var deposits = new JsonObject { ["way"] = "cash" };
        await Same(counter, $"/v1/closings/{closing}/deposit-refunds", deposits, ["customerCode", "cards", "refund", "forfeit"]);
        await counter.BooksAreSound();
    }

    /// <summary>Previews twice, so that the first is seen to have booked nothing; then books.</summary>
    private static async Task<(JsonNode Tried, JsonNode Done)> Same(TestCounter counter, string path, JsonObject body, string[] members)
    {
        var booked = await counter.Transactions();
        var tried = (await counter.Cashier.Post($"{path}?dryRun=true", body)).Is(HttpStatusCode.OK).Body;
        var again = (await counter.Cashier.Post($"{path}?dryRun=true", body)).Is(HttpStatusCode.OK).Body;
        Agree(tried, again, members);
        Assert.Equal(booked, await counter.Transactions());
        var done = (await counter.Cashier.PostApproved(path, body, counter.Second)).Is(HttpStatusCode.Created).Body;
        Agree(tried, done, members);
        return (tried, done);
    }

    private static void Agree(JsonNode tried, JsonNode done, string[] members) =>
        Assert.All(members, m => Assert.Equal(tried[m]!.ToJsonString(), done[m]!.ToJsonString()));

    private static void Own(Card card) => typeof(Card).GetProperty(nameof(Card.IssuerCode))!.SetValue(card, IssuerProfile.Demo.IssuerCode);
}
