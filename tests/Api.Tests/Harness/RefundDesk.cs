using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Counter.Payments;
using Funding;
using Issuance;

namespace Api.Tests.Harness;

/// <summary>What a counter does to give money back and to close customers.</summary>
internal static class RefundDesk
{
    public static JsonObject By(string way, long? amount = null, bool feeWaived = true)
    {
        var body = new JsonObject { ["way"] = way, ["feeWaived"] = feeWaived };
        if (amount is { } fen)
        {
            body["amount"] = fen;
        }

        return body;
    }

    /// <summary>A special refund with approval.</summary>
    public static Task<Answered> Special(this TestCounter counter, IssuedCard card, string way, long? amount = null, string? key = null) =>
        counter.Special(card, By(way, amount), key);

    public static Task<Answered> Special(this TestCounter counter, IssuedCard card, JsonObject body, string? key = null) =>
        counter.Cashier.PostApproved($"/v1/cards/{card.Number}/special-refunds", body, counter.Second, key);

    public static async Task<JsonNode> Refundable(this TestCounter counter, string customerCode) =>
        (await counter.Cashier.Get($"/v1/customers/{customerCode}/refundable")).Is(HttpStatusCode.OK).Body;

    /// <summary>Serial number and fen of each line, newest first.</summary>
    public static IReadOnlyList<(string Recharge, long Left)> Lines(JsonNode refundable) =>
        [.. refundable["lines"]!.AsArray().Select(l => (l!["rechargeSerialNumber"]!.GetValue<string>(), l["left"]!.GetValue<long>()))];

    /// <summary>What each way can carry.</summary>
    public static IReadOnlyDictionary<string, long> Ways(JsonNode refundable) =>
        refundable["ways"]!.AsArray().ToDictionary(w => w!["way"]!.GetValue<string>(), w => w!["amount"]!.GetValue<long>());

    /// <summary>A collection with a bonus by a way of paying.</summary>
    public static async Task<string> GiveBy(this TestCounter counter, IssuedCard card, string method, long paid, long bonus)
    {
        var booking = new SilentBooking(Ids.Next(), new Actor(counter.BranchId, counter.Cashier.Id), new AuditNote("test", "bonus"));
        var by = Enum.Parse<PaymentMethod>(method, ignoreCase: true);
        booking.WithHead(
            new Transaction(booking.Id, FundingTransactions.Collection, booking.Actor)
            {
                CustomerId = card.CustomerId,
                CardId = card.Id,
                Amount = paid,
                Bonus = bonus,
                PaymentMethod = by.ToString(),
            }
        );
        var quota = new AccountRef(IssuanceAccounts.Quota, card.CustomerId);
        booking.Move(by.AccountAt(booking.Actor)!.Value, quota, paid);
        booking.Move(new AccountRef(IssuanceAccounts.Bonus, card.CustomerId), quota, bonus);
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
        return SerialNumber.Of(booking.Id);
    }

    /// <summary>Opens the closing of a customer whose card is present.</summary>
    public static async Task<Answered> OpenClosing(this TestCounter counter, IssuedCard card) =>
        await counter.Cashier.Post($"/v1/card-sessions/{await counter.Present(card)}/closings", new { });

    public static async Task<Answered> TakeCard(this TestCounter counter, string closing, IssuedCard card) =>
        await counter.Cashier.Post($"/v1/closings/{closing}/cards", new { cardSessionId = await counter.Present(card) });

    public static Task<Answered> EndClosing(this TestCounter counter, string closing, object? body = null, string? key = null) =>
        counter.Cashier.PostApproved($"/v1/closings/{closing}/end", body ?? new { feeWaived = true }, counter.Second, key);

    /// <summary>Closes a customer with these cards, which come back; refunds are possible at once.</summary>
    public static async Task<string> Closed(this TestCounter counter, params IReadOnlyList<IssuedCard> cards)
    {
        await counter.Set(FundingParameters.LateConsumptionDays, 0);
        var closing = (await counter.OpenClosing(cards[0])).Is(HttpStatusCode.Created)["closingId"];
        foreach (var card in cards)
        {
            (await counter.TakeCard(closing, card)).Is(HttpStatusCode.OK);
        }

        (await counter.EndClosing(closing)).Is(HttpStatusCode.Created);
        return closing;
    }

    public static Task<Answered> RefundClosed(
        this TestCounter counter,
        IssuedCard card,
        string way,
        object? invoices = null,
        string? key = null
    ) =>
        counter.Cashier.PostApproved(
            $"/v1/customers/{card.CustomerCode}/refunds",
            invoices is null
                ? new { way, referenceNumber = "TK-1" }
                : new
                {
                    way,
                    referenceNumber = "TK-1",
                    invoices,
                },
            counter.Second,
            key
        );

    public static Task<Answered> Confirm(this TestCounter counter, string refund, string? key = null) =>
        counter.Cashier.Post($"/v1/refunds/{refund}/confirmation", new { }, key);

    public static Task<Answered> Return(this TestCounter counter, string refund, string? key = null) =>
        counter.Cashier.Post($"/v1/refunds/{refund}/return", new { reason = "account closed" }, key);

    public static Task<Answered> Cancel(this TestCounter counter, string refund, string? key = null) =>
        counter.Cashier.PostApproved($"/v1/refunds/{refund}/cancellation", new { }, counter.Second, key);

    public static long InTransit(string refund) => SerialNumber.Parse(refund)!.Value;

    public static string Of(long id) => id.ToString(CultureInfo.InvariantCulture);

    /// <summary>A collection with one invoice of all of it.</summary>
    public static async Task<(string Serial, string Number)> Invoiced(TestCounter counter, IssuedCard card, long fen, string series)
    {
        var number = $"{series}{Ids.Next()}"[..19];
        var body = TestCounter.Payment(fen);
        body["invoice"] = new JsonObject { ["number"] = number, ["amount"] = fen };
        return ((await counter.Cashier.Post($"/v1/cards/{card.Number}/collections", body)).Is(HttpStatusCode.Created).SerialNumber, number);
    }
}
