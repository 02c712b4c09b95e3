using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Harness;

/// <summary>What a counter does with cheques.</summary>
public static class ChequeDesk
{
    public static JsonObject ChequeBody(long fen, string? number = null) =>
        new()
        {
            ["bank"] = "工商银行",
            ["chequeNumber"] = number ?? $"C{Ids.Next()}"[..19],
            ["amount"] = fen,
            ["accountNumber"] = "0200003419027309871",
            ["receiptNumber"] = "SJ-0007",
        };

    public static Task<Answered> StartCheque(this TestCounter counter, IssuedCard card, JsonObject body, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        return counter.Cashier.PostApproved($"/v1/cards/{card.Number}/cheques", body, counter.Second, key);
    }

    /// <summary>Receives a cheque; its id.</summary>
    public static async Task<string> Cheque(this TestCounter counter, IssuedCard card, long fen) =>
        (await counter.StartCheque(card, ChequeBody(fen))).Is(HttpStatusCode.Created)["chequeId"];

    /// <summary>Credits the customer on sight from now on, as the second operator approves.</summary>
    public static Task<Answered> CreditOnSight(this TestCounter counter, IssuedCard card, string ifMatch = "\"0\"", string mode = "onSight")
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        return counter.Cashier.PutApproved($"/v1/customers/{card.CustomerCode}/cheque-mode", new { mode }, ifMatch, counter.Second);
    }

    public static Task<Answered> Clear(this TestCounter counter, string cheque, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return counter.Cashier.PostApproved($"/v1/cheques/{cheque}/clearing", new { }, counter.Second, key);
    }

    public static Task<Answered> Bounce(this TestCounter counter, string cheque, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return counter.Cashier.Post($"/v1/cheques/{cheque}/bounce", new { }, key);
    }

    /// <summary>Pays into the quota account by a cheque.</summary>
    public static Task<Answered> PayBy(this TestCounter counter, string? cheque, IssuedCard card, long fen, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        var body = TestCounter.Payment(fen, "cheque");
        if (cheque is not null)
        {
            body["chequeId"] = cheque;
        }

        return counter.Cashier.Post($"/v1/cards/{card.Number}/collections", body, key);
    }

    /// <summary>What the customer can pay with: cheque id and what is left.</summary>
    public static async Task<IReadOnlyList<(string Id, long Left)>> Usable(this TestCounter counter, IssuedCard card)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        var list = (await counter.Cashier.Get($"/v1/customers/{card.CustomerCode}/usable-cheques")).Is(HttpStatusCode.OK);
        return [.. list.Body["items"]!.AsArray().Select(i => (i!["chequeId"]!.GetValue<string>(), i["left"]!.GetValue<long>()))];
    }
}
