using System.Text.Json.Nodes;

namespace Demo;

/// <summary>A collection that was booked, as it must be named again to take it back.</summary>
internal sealed record Collected(string SerialNumber, string PaymentMethod, long Amount);

/// <summary>Money in, set aside, onto the chip, and back (FC-11, FC-13, FC-15, FC-17).</summary>
internal sealed class Noon(Counter counter, IssuedCard card)
{
    private const string Contract = "DEMO-2026";

    /// <summary>Of a load over T=0: the chip's CREDIT FOR LOAD.</summary>
    private const int Commit = 8;

    /// <summary>1,000.00 yuan with a bonus, sent twice under one key; 300.00 set aside and 250.00 of it loaded.</summary>
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
        await LoadTorn();
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

        await ReadCard(expected: 20_000);
    }

    /// <summary>The customer pulls the card in the middle of a load: nobody knows, until the card is read again.</summary>
    private async Task LoadTorn()
    {
        var body = new JsonObject { ["amount"] = 5_000 };
        var started = (await counter.Book(Person.Cashier, $"v1/cards/{card.CardNumber}/loads", body)).Expect(202);
        await counter.Hand.PullAfter(Commit);
        var torn = await counter.Carry(started);
        if (torn.Text("state") != "unknown")
        {
            throw new DemoFailedException($"A load whose card was pulled out ended as {torn.Content}");
        }

        Screen.Step("Load 50.00, card pulled in the middle", $"{torn.Text("state")}: {torn.Text("code")}");
        var waits = (await counter.Get(Person.Cashier, "v1/card-operations")).Expect(200).Member("items").AsArray();
        var pending = waits.Count == 1 ? waits[0]! : throw new DemoFailedException($"{waits.Count} operations wait, not one.");
        var refused = (await counter.Book(Person.Cashier, $"v1/cards/{card.CardNumber}/loads", body)).Expect(409);
        Screen.Step("What waits at the branch", $"{pending["kind"]} of {pending["cardNumber"]}; another load: {refused.Code}");

        await counter.Hand.PutBack();
        var again = (await counter.Book(Person.Cashier, "v1/card-re-reads", new JsonObject { ["cardNumber"] = card.CardNumber })).Expect(
            202
        );
        var done = await counter.RunOnCard(Person.Cashier, again);
        Screen.Step("Card put back and read again", $"{done.Text("state")}: {done.Text("serialNumber")}", done.Text("message"));
        await ReadCard(expected: 25_000);
    }

    private async Task ReadCard(long expected)
    {
        var read = await counter.ReadCard();
        if (read.Number("balance") != expected || read.Number("points") != 200 || read.Text("cardNumber") != card.CardNumber)
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
