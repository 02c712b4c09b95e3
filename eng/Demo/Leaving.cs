using System.Text.Json.Nodes;

namespace Demo;

/// <summary>
/// A customer leaves: money in, the chip emptied, the account closed, and the rest paid out (FC-25, FC-26). Before the card that the day is about,
/// which stays in the reader; so only where the reader takes one card after the other.
/// </summary>
internal sealed class Leaving(Counter counter)
{
    private const long Paid = 50_000;
    private const long Loaded = 10_000;

    public async Task CloseAndPayOut()
    {
        counter.Remember(
            Person.SecondAdministrator,
            (await counter.SignIn(Person.SecondAdministrator, branch: Counter.Headquarters)).Expect(200)
        );
        // Else the refund would wait for what stations still have to send.
        await SetWaitingDays(0);
        var (card, customer) = await Issue();
        await PayIn(card, customer);
        await PayOut(customer, await Close(card));
        await SetWaitingDays(null);
        await counter.Hand.TakeOut();
    }

    private async Task SetWaitingDays(long? days)
    {
        var body = new JsonObject { ["branchCode"] = Counter.BranchCode, ["value"] = days };
        (await counter.Put(Person.SecondAdministrator, "v1/parameters/late-consumption-days", body)).Expect(200);
    }

    private async Task<(string Card, string Customer)> Issue()
    {
        await counter.Hand.PutInBlank();
        var started = (await counter.BookApproved(Person.Cashier, "v1/issuances/personal-single", Morning.Opening(cardFee: 1_500))).Expect(
            202
        );
        await counter.RunOnCard(Person.Cashier, started);
        return (started.Text("cardNumber"), started.Text("customerCode"));
    }

    private async Task PayIn(string card, string customer)
    {
        var payment = new JsonObject
        {
            ["amount"] = Paid,
            ["paymentMethod"] = "cash",
            ["oilType"] = "gasoline92",
        };
        (await counter.Book(Person.Cashier, $"v1/cards/{card}/collections", payment)).Expect(201);
        var lines = new JsonArray(new JsonObject { ["cardNumber"] = card, ["amount"] = 2 * Loaded });
        (await counter.Book(Person.Cashier, $"v1/customers/{customer}/allocations", new JsonObject { ["lines"] = lines })).Expect(201);
        var load = new JsonObject { ["amount"] = Loaded };
        await counter.RunOnCard(Person.Cashier, (await counter.Book(Person.Cashier, $"v1/cards/{card}/loads", load)).Expect(202));
        Screen.Step(
            "A customer who leaves",
            $"card {card} of customer {customer}",
            $"collected {Screen.Yuan(Paid)}, of it {Screen.Yuan(Loaded)} in reserve and {Screen.Yuan(Loaded)} on the chip"
        );
    }

    private async Task<string> Close(string card)
    {
        var opened = (await counter.Book(Person.Cashier, $"v1/card-sessions/{await Present()}/closings", null)).Expect(201);
        var closing = opened.Text("closingId");
        var obstacles = opened.Member("obstacles").AsArray().Select(o => $"{o!["code"]}: {o["method"]} {o["path"]}");
        Screen.Step("Open its closing", opened.Text("serialNumber"), obstacles);

        var unload = new JsonObject { ["amount"] = Loaded };
        await counter.RunOnCard(Person.Cashier, (await counter.Book(Person.Cashier, $"v1/cards/{card}/unloads", unload)).Expect(202));
        var taken = new JsonObject { ["cardSessionId"] = await Present() };
        (await counter.Book(Person.Cashier, $"v1/closings/{closing}/cards", taken)).Expect(200);
        var ended = (
            await counter.BookApproved(Person.Cashier, $"v1/closings/{closing}/end", new JsonObject { ["feeWaived"] = true })
        ).Expect(201);
        Screen.Step(
            "Unload the chip, take the card, close, approved",
            ended.Text("serialNumber"),
            $"{ended.Number("cardsClosed")} card closed, reserve {Noon.Yuan(ended, "reserveSwept")} swept, quota {Noon.Yuan(ended, "quota")}",
            Noon.Document(ended)
        );
        return closing;
    }

    private async Task PayOut(string customer, string closing)
    {
        var body = new JsonObject { ["way"] = "cash", ["referenceNumber"] = $"TK-{closing}" };
        var path = $"v1/customers/{customer}/refunds";
        var tried = (await counter.Book(Person.Cashier, $"{path}?dryRun=true", body)).Expect(200);
        var refund = (await counter.BookApproved(Person.Cashier, path, body)).Expect(201);
        var left = (await counter.Get(Person.Cashier, $"v1/customers/{customer}/refundable")).Expect(200);
        if (refund.Number("amount") != Paid || tried.Number("amount") != Paid || left.Number("quota") != 0)
        {
            throw new DemoFailedException($"The account was not paid out whole: {refund.Content}; {left.Content}");
        }

        Screen.Step(
            $"Refund {Screen.Yuan(Paid)} in cash, approved",
            refund.Text("serialNumber"),
            $"quota {Noon.Yuan(left, "quota")}",
            Noon.Document(refund)
        );
    }

    /// <summary>The card proves that it is there.</summary>
    private async Task<string> Present()
    {
        var started = (await counter.Book(Person.Cashier, "v1/card-sessions", null)).Expect(202);
        await counter.RunOnCard(Person.Cashier, started);
        return started.Text("sessionId");
    }
}
