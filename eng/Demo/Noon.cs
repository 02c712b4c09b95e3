using System.Text.Json.Nodes;

namespace Demo;

/// <summary>A collection that was booked, as it must be named again to take it back.</summary>
internal sealed record Collected(string SerialNumber, string PaymentMethod, long Amount);

/// <summary>Money in, set aside, onto the chip, and back (FC-11, FC-13, FC-15, FC-17).</summary>
internal sealed class Noon(Counter counter, IssuedCard card)
{
    private const string Contract = "DEMO-2026";

    /// <summary>1,000.00 yuan with a bonus, sent twice under one key; 300.00 set aside and 200.00 of it loaded.</summary>
    public async Task<Collected> CollectAndLoad()
    {
        var key = Ask.NewKey();
        var body = Payment(100_000, "cash", Contract);
        var first = (await counter.Book(Person.Cashier, CollectionsPath, body, key)).Expect(201);
        Screen.Step(
            "Collect 1,000.00 in cash",
            first.Text("serialNumber"),
            $"quota {Yuan(first, "quotaBalance")}, bonus {Yuan(first, "bonus")}, {first.Number("points")} points by {Contract}",
            Document(first)
        );
        var again = (await counter.Book(Person.Cashier, CollectionsPath, body, key)).Expect(201);
        if (!again.Replayed || again.Content != first.Content)
        {
            throw new DemoFailedException($"The same key was not answered by the same answer: {again.Content}");
        }

        Screen.Step("The same key again", $"{again.Text("serialNumber")}, replayed: booked once");
        await Allocate();
        await Load();
        return new Collected(first.Text("serialNumber"), "cash", 100_000);
    }

    public async Task Void(Collected tooMuch)
    {
        var second = await Collect(50_000, "cash");
        var voided = (await counter.BookApproved(Person.Cashier, $"v1/transactions/{second.SerialNumber}/void", Again(second))).Expect(201);
        Screen.Step("Void it, approved", voided.Text("serialNumber"), $"quota {Yuan(voided, "quotaBalance")}", Document(voided));

        var refused = (await counter.Book(Person.Cashier, $"v1/transactions/{tooMuch.SerialNumber}/void", Again(tooMuch))).Expect(
            409,
            "quota-too-small-for-void"
        );
        Screen.Step(
            $"Void the {Screen.Yuan(tooMuch.Amount)}",
            $"refused: {refused.Code}",
            $"needs {Yuan(refused, "needed")}, quota {Yuan(refused, "quotaBalance")}, in reserve {Yuan(refused, "inReserve")}, "
                + $"in purses {Yuan(refused, "inPurses")}"
        );
    }

    /// <summary>A payment that turns out to be wrong only tomorrow.</summary>
    public async Task<Collected> CollectForTomorrow()
    {
        var third = await Collect(10_000, "bankCard");
        var refused = (await counter.Book(Person.Cashier, $"v1/transactions/{third.SerialNumber}/reversal", Again(third))).Expect(
            409,
            "day-still-open"
        );
        Screen.Step("Reverse it today", $"refused: {refused.Code}");
        return third;
    }

    public JsonObject Again(Collected collected) =>
        new()
        {
            ["cardNumber"] = card.CardNumber,
            ["paymentMethod"] = collected.PaymentMethod,
            ["amount"] = collected.Amount,
        };

    public static string Document(Reply booked) => booked.Text("documents.0.href");

    public static string Yuan(Reply reply, string member) => Screen.Yuan(reply.Number(member));

    private string CollectionsPath => $"v1/cards/{card.CardNumber}/collections";

    private async Task<Collected> Collect(long amount, string paymentMethod)
    {
        var booked = (await counter.Book(Person.Cashier, CollectionsPath, Payment(amount, paymentMethod, null))).Expect(201);
        var serial = booked.Text("serialNumber");
        Screen.Step($"Collect {Screen.Yuan(amount)} ({paymentMethod})", serial, $"quota {Yuan(booked, "quotaBalance")}", Document(booked));
        return new Collected(serial, paymentMethod, amount);
    }

    private async Task Allocate()
    {
        var line = new JsonObject
        {
            ["cardNumber"] = card.CardNumber,
            ["amount"] = 30_000,
            ["points"] = 200,
        };
        var body = new JsonObject { ["lines"] = new JsonArray(line) };
        var booked = (await counter.Book(Person.Cashier, $"v1/customers/{card.CustomerCode}/allocations", body)).Expect(201);
        Screen.Step(
            "Allocate 300.00 and 200 points",
            booked.Text("serialNumber"),
            $"quota {Yuan(booked, "quotaBalance")}, reserve {Yuan(booked, "lines.0.reserveBalance")}",
            Document(booked)
        );
    }

    private async Task Load()
    {
        var started = (
            await counter.Book(Person.Cashier, $"v1/cards/{card.CardNumber}/loads", new JsonObject { ["amount"] = 20_000 })
        ).Expect(202);
        var done = await counter.RunOnCard(Person.Cashier, started);
        var serial = done.Text("serialNumber");
        Screen.Step(
            "Load 200.00 onto the chip",
            serial,
            [$"card operation {done.Text("operationId")}: {done.Text("state")}", .. await counter.DocumentsOf(Person.Cashier, serial)]
        );

        var read = await counter.ReadCard();
        if (read.Number("balance") != 20_000 || read.Number("points") != 200 || read.Text("cardNumber") != card.CardNumber)
        {
            throw new DemoFailedException($"The chip holds something else than was loaded: {read.Content}");
        }

        Screen.Step("Read the card", $"{read.Text("cardNumber")}: {Yuan(read, "balance")} yuan, {read.Number("points")} points");
    }

    private static JsonObject Payment(long amount, string paymentMethod, string? contract) =>
        new()
        {
            ["amount"] = amount,
            ["paymentMethod"] = paymentMethod,
            ["oilType"] = "gasoline92",
            ["contractCode"] = contract,
        };
}
