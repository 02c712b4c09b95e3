using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Hardware.Agent.Tests.Readers;

[Collection(PcscService.Collection)]
public sealed class ReaderTests
{
    [Theory, EachTransport]
    public async Task Readers_tell_their_state_and_the_cards_answer_to_reset(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        var card = await agent.BlankCardIn(agent.Second);

        var readers = (await agent.Get("/v1/readers")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal([agent.First, agent.Second], readers.Select(r => r.GetProperty("name").GetString() ?? ""));
        Assert.Equal("empty", readers[0].GetProperty("state").GetString());
        Assert.Equal("3B6A00004643" + card.ToUpperInvariant(), readers[1].GetProperty("atr").GetString());
        using var missing = await agent.Http.GetAsync("/v1/readers/none");
        await TestAgent.Problem(missing, HttpStatusCode.NotFound, "reader-not-found");
    }

    [Theory, EachTransport]
    public async Task A_blank_card_is_read_as_blank_with_its_chip_serial(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        var id = await agent.BlankCardIn();

        var card = await agent.Get("/v1/card");

        Assert.Equal(("blank", id.ToUpperInvariant()), (card.GetProperty("kind").GetString(), card.GetProperty("chipSerial").GetString()));
        Assert.False(card.TryGetProperty("cardNumber", out _));
    }

    [Theory, EachTransport]
    public async Task An_issued_card_is_read_with_number_balance_and_points(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        var id = await agent.NewCard();
        Alter(
            agent,
            id,
            chip =>
            {
                chip["Applications"]![0]!["PublicFile"] = "1001100100000001010100011000000000000042202601012031123101" + "00";
                chip["Applications"]![0]!["Balance"] = 12345;
                chip["Applications"]![1]!["Balance"] = 678;
            }
        );
        await agent.Insert(id);

        var card = await agent.Get("/v1/card");

        Assert.Equal(("issued", "1000000000000042"), (card.GetProperty("kind").GetString(), card.GetProperty("cardNumber").GetString()));
        Assert.Equal((12345, 678), (card.GetProperty("balance").GetInt64(), card.GetProperty("points").GetInt64()));
        Assert.Equal("2031-12-31", card.GetProperty("expiry").GetString());
    }

    [Theory, EachTransport]
    public async Task A_card_of_another_issuer_and_a_blocked_card_are_told_apart(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        var foreign = await agent.NewCard();
        Alter(agent, foreign, chip => chip["Applications"]![0]!["PublicFile"] = new string('7', 60));
        var blocked = await agent.NewCard();
        Alter(agent, blocked, chip => chip["Applications"]![0]!["Block"] = "temporary");

        await agent.Insert(foreign, agent.First);
        await agent.Insert(blocked, agent.Second);

        Assert.Equal("foreign", (await agent.Get($"/v1/card?reader={agent.First}")).GetProperty("kind").GetString());
        Assert.Equal("blocked", (await agent.Get($"/v1/card?reader={agent.Second}")).GetProperty("kind").GetString());
    }

    [Theory, EachTransport]
    public async Task The_event_stream_begins_with_all_readers_and_tells_of_every_card(Transport transport)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, transport);
        var card = await agent.NewCard();
        await using var events = await EventStream.Open(agent.Http);

        var first = await events.Next();
        await agent.Insert(card);
        var inserted = await events.Next();
        await agent.Remove();
        var removed = await events.Next();

        Assert.Equal(("readers", 2), (first.Name, first.Data.GetProperty("readers").GetArrayLength()));
        Assert.Equal(("card-inserted", agent.First), (inserted.Name, inserted.Reader));
        Assert.Equal(("card-removed", agent.First), (removed.Name, removed.Reader));
    }

    [Fact]
    public async Task A_quiet_event_stream_beats_and_still_tells_of_the_next_card()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, "--Agent:HeartbeatSeconds=1");
        await using var events = await EventStream.Open(agent.Http);
        await events.Next();

        Assert.Equal("heartbeat", (await events.Next()).Name);
        await agent.BlankCardIn();
        var next = await events.Next();
        Assert.Equal("card-inserted", next.Name == "heartbeat" ? (await events.Next()).Name : next.Name);
    }

    [Fact]
    public async Task Event_streams_are_limited_and_a_closed_one_makes_room()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        var streams = new List<EventStream>();
        for (var i = 0; i < 16; i++)
        {
            streams.Add(await EventStream.Open(agent.Http));
        }

        using var refused = await agent.Http.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead);
        await TestAgent.Problem(refused, HttpStatusCode.TooManyRequests, "too-many-streams");

        await streams[0].DisposeAsync();
        await TestAgent.Until(async () => await Opens(agent.Http), "a closed stream makes room");
        foreach (var stream in streams.Skip(1))
        {
            await stream.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("../operations")]
    [InlineData("..%2Foperations")]
    [InlineData("")]
    [InlineData("nobody")]
    public async Task A_card_name_never_leaves_the_folder(string cardId)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);

        using var response = await agent.Http.PutAsJsonAsync($"/v1/simulator/readers/{TestAgent.Reader1}/card", new { cardId });

        await TestAgent.Problem(response, HttpStatusCode.NotFound, "simulated-card-not-found");
    }

    [Fact]
    public async Task A_reader_takes_one_card_and_a_card_one_reader()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        var card = await agent.BlankCardIn();
        var other = await agent.NewCard();

        using var full = await agent.Http.PutAsJsonAsync($"/v1/simulator/readers/{TestAgent.Reader1}/card", new { cardId = other });
        using var elsewhere = await agent.Http.PutAsJsonAsync($"/v1/simulator/readers/{TestAgent.Reader2}/card", new { cardId = card });

        await TestAgent.Problem(full, HttpStatusCode.Conflict, "reader-occupied");
        await TestAgent.Problem(elsewhere, HttpStatusCode.Conflict, "reader-occupied");
    }

    private static async Task<bool> Opens(HttpClient http)
    {
        using var response = await http.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Changes a card's memory as a month of use would.</summary>
    private static void Alter(TestAgent agent, string id, Action<JsonNode> change)
    {
        var file = agent.Hand.FileOf(id);
        var chip = JsonNode.Parse(File.ReadAllText(file));
        Assert.NotNull(chip);
        change(chip);
        File.WriteAllText(file, chip.ToJsonString());
    }
}
