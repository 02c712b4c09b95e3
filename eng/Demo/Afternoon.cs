using System.Text.Json.Nodes;

namespace Demo;

/// <summary>
/// Prepaid meters: an account, its setting card, a user's first purchase, the meter that takes it, and the next (PM-01, PM-04, PM-05, PM-09, PM-12).
/// Memory cards and meter are the agent's simulated ones.
/// </summary>
internal sealed class Afternoon(Counter counter, FrontEnd agent, CancellationToken ct)
{
    private const string Meter = "202600000001";

    private string _card = "";
    private string _inReader = "";

    public async Task Meters()
    {
        await Open("88001234", limit: 100_000);
        var early = (await Sell(await Read(Person.Cashier), 10_000)).Expect(409, "card-not-swiped");
        Screen.Step("Sell again before the card was swiped", $"refused: {early.Code}");
        Screen.Step("Swipe the card at the meter", Shown(await Swipe()));
        await Use(15_000);
        Screen.Step("150.00 kWh flow; swipe: it writes back", Shown(await Swipe()));
        var started = (await Sell(await Read(Person.Cashier), 10_000)).Expect(202);
        var done = await counter.RunOnCard(Person.Cashier, started);
        Screen.Step(
            "Sell for 100.00 in cash",
            done.Text("serialNumber"),
            $"{Units(started.Number("quote.quantity"))} kWh for {Screen.Yuan(started.Number("quote.amount"))}, "
                + $"{Screen.Yuan(started.Number("quote.back"))} given back"
        );
        Screen.Step("Swipe again", Shown(await Swipe()));
        await Empty();
    }

    /// <summary>An account with a price, a meter that is set, and a user whose card is in the reader with the first purchase.</summary>
    /// <param name="code">The maintenance code, which no other account may have.</param>
    /// <param name="limit">The most that may be in the meter; 0 for no limit.</param>
    public async Task Open(string code, long limit)
    {
        await Empty();
        var account = await Account(code, limit);
        var price = (
            await counter.Book(
                Person.ManagerOfBranch,
                $"v1/meter-accounts/{account}/prices",
                new JsonObject { ["name"] = "居民电价", ["tiers"] = Tiers((276_000, 5_380), (480_000, 5_880), (null, 8_380)) }
            )
        )
            .Expect(201)
            .Text("priceId");
        var setting = await NewCard();
        await Make("setting", account);
        await Simulate(HttpMethod.Post, "meters", new JsonObject { ["meterNumber"] = Meter }, 201);
        Screen.Step("Meter account, setting card, meter set", Shown(await Swipe(setting)));
        _card = await NewCard();
        var user = await User();
        var body = new JsonObject
        {
            ["readId"] = await Read(Person.Cashier),
            ["accountId"] = account,
            ["priceId"] = price,
            ["meterNumber"] = Meter,
            ["quantity"] = 20_000,
            ["paymentMethod"] = "cash",
        };
        var started = (await counter.Book(Person.Cashier, $"v1/meter-users/{user}/openings", body)).Expect(202);
        var done = await counter.RunOnCard(Person.Cashier, started);
        Screen.Step(
            "Open a meter user with 200.00 kWh",
            done.Text("serialNumber"),
            [
                $"{Screen.Yuan(started.Number("quote.amount"))} in cash; card {started.Text("cardNumber")}",
                .. await counter.DocumentsOf(Person.Cashier, done.Text("serialNumber")),
            ]
        );
    }

    /// <summary>Begins reading the card in the reader.</summary>
    public async Task<Reply> StartRead(Person who) => (await counter.Book(who, "v1/meter-card-reads", null)).Expect(202);

    /// <summary>Begins a sale to the card that was read, for so many fen.</summary>
    public Task<Reply> Sell(string readId, long fen) =>
        counter.Book(
            Person.Cashier,
            "v1/meter-sales",
            new JsonObject
            {
                ["readId"] = readId,
                ["subMeter"] = 1,
                ["amount"] = fen,
                ["paymentMethod"] = "cash",
            }
        );

    /// <summary>The user's card goes to the meter and back into the reader.</summary>
    public async Task<Reply> Swipe()
    {
        var swiped = await Swipe(_card);
        await PutIn(_card);
        return swiped;
    }

    public Task Use(long quantity) => Simulate(HttpMethod.Post, $"meters/{Meter}/uses", new JsonObject { ["quantity"] = quantity }, 200);

    private async Task<string> Account(string code, long limit) => (
            await counter.Book(
                Person.ManagerOfBranch,
                "v1/meter-accounts",
                new JsonObject
                {
                    ["name"] = "一期居民电表",
                    ["meterType"] = "electricity",
                    ["subMeter"] = 1,
                    ["maintenanceCode"] = code,
                    ["purchaseLimit"] = limit,
                    ["preStored"] = 500,
                    ["overdraft"] = 400,
                    ["alarm"] = 1_000,
                }
            )
        ).Expect(201).Text("accountId");

    private async Task<string> User()
    {
        var body = new JsonObject
        {
            ["name"] = "王小明",
            ["phone"] = "13800138000",
            ["address"] = "1 号楼 2 单元 301",
        };
        return (await counter.Book(Person.Cashier, "v1/meter-users", body)).Expect(201).Text("userId");
    }

    /// <summary>A card from the factory, made new, in the reader.</summary>
    private async Task<string> NewCard()
    {
        var made = await Simulate(HttpMethod.Post, "memory-cards", new JsonObject { ["face"] = "sle4442" }, 201);
        await PutIn(made.Text("cardId"));
        await Make("new", account: null);
        return made.Text("cardId");
    }

    private async Task Make(string kind, string? account)
    {
        var body = new JsonObject
        {
            ["readId"] = await Read(Person.ManagerOfBranch),
            ["kind"] = kind,
            ["accountId"] = account,
        };
        var started = (await counter.Book(Person.ManagerOfBranch, "v1/meter-cards", body)).Expect(202);
        await counter.RunOnCard(Person.ManagerOfBranch, started);
    }

    private async Task<string> Read(Person who)
    {
        var started = await StartRead(who);
        await counter.RunOnCard(who, started);
        return started.Text("operation.operationId");
    }

    private async Task<Reply> Swipe(string card)
    {
        await Empty();
        return await Simulate(HttpMethod.Post, $"meters/{Meter}/swipes", new JsonObject { ["cardId"] = card }, 200);
    }

    private async Task PutIn(string card)
    {
        await Empty();
        await Simulate(HttpMethod.Put, Place, new JsonObject { ["cardId"] = card }, 204);
        _inReader = card;
    }

    /// <summary>Also the chip that may lie there from before.</summary>
    private async Task Empty()
    {
        var taken = await agent.Send(new Ask(HttpMethod.Delete, $"v1/simulator/{Place}"), ct);
        if (taken.Status != 204 && _inReader.Length > 0)
        {
            taken.Expect(204);
        }

        _inReader = "";
    }

    private static string Place => $"readers/{Uri.EscapeDataString(SimulatedHand.Name)}/card";

    private async Task<Reply> Simulate(HttpMethod method, string path, JsonObject body, int status) =>
        (await agent.Send(new Ask(method, $"v1/simulator/{path}", body), ct)).Expect(status);

    private static string Shown(Reply swiped) =>
        $"{swiped.Text("result")}: {Units(swiped.Number("meter.remaining"))} kWh left, {Units(swiped.Number("meter.totalUse"))} used";

    private static string Units(long hundredths) => Screen.Yuan(hundredths);

    private static JsonArray Tiers(params (long? UpTo, long Price)[] tiers) =>
        [.. tiers.Select(t => (JsonNode)new JsonObject { ["upTo"] = t.UpTo, ["price"] = t.Price })];
}
