using System.Net.Http.Json;
using Hardware.Simulators.Meters;
using Hardware.Simulators.Readers;

namespace Hardware.Agent.Tests.Cards;

/// <summary>Memory cards behind the driver of their reader: the API sends the commands of a CPU card's file.</summary>
[Collection(PcscService.Collection)]
public sealed class MemoryCardTests
{
    private static readonly PeerCommand s_select = new("00A4000002EF01");
    private static readonly PeerCommand s_read = new("00B0001004");
    private static readonly PeerCommand s_write = new("00D600100411223344", Commit: true);
    private static readonly PeerCommand s_rightCode = new("0020000003FFFFFF", Commit: true);
    private static readonly PeerCommand s_wrongCode = new("0020000003010203", Commit: true, ContinueOn: ["63C2", "63C1", "6983"]);

    [Theory]
    [InlineData("sle4442")]
    [InlineData("cpuFile")]
    public async Task A_memory_card_and_a_file_of_a_CPU_card_take_the_same_commands(string face)
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.Insert(await NewCard(agent, face));
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, s_select, s_read, s_rightCode, s_write, s_read, new("0024010003010203", Commit: true)),
            _ => PeerReply.Commands(2, s_wrongCode with { Apdu = "0020000003FFFFFF" }, new("0020000003010203"), s_read),
            r => PeerReply.Done(r)
        );

        using var response = await agent.Run(operation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var first = operation.Rounds[1].Answers;
        Assert.All(first, a => Assert.Equal("9000", a.StatusWord));
        Assert.Equal(("FFFFFFFF", "11223344"), (first[1].Data, first[4].Data));
        Assert.Equal(["63C2", "9000", "9000"], operation.Rounds[2].Answers.Select(a => a.StatusWord));
    }

    [Fact]
    public async Task Wrong_codes_count_down_and_lock_the_card_and_what_it_does_not_know_it_refuses()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        await agent.Insert(await NewCard(agent, "sle4442"));
        var operation = api.Prepare(
            _ => PeerReply.Commands(1, s_select, s_wrongCode, s_wrongCode, s_wrongCode, new("0020000003FFFFFF", ContinueOn: ["6983"])),
            _ => PeerReply.Commands(2, s_write),
            _ => PeerReply.Commands(3, Apdus.SelectMaster),
            r => PeerReply.Done(r)
        );

        using var response = await agent.Run(operation);

        Assert.Equal(["9000", "63C2", "63C1", "6983", "6983"], operation.Rounds[1].Answers.Select(a => a.StatusWord));
        Assert.Equal("6982", operation.Rounds[2].Answers[0].StatusWord);
        Assert.Equal("6A82", operation.Rounds[3].Answers[0].StatusWord);
    }

    [Fact]
    public async Task Over_the_real_service_a_memory_card_is_written_and_torn_between_two_bytes()
    {
        PcscService.SkipWithout();
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api, Transport.Pcscd);
        var card = VirtualMemoryCard.CreateBlank();
        await using var hand = new VpcdCard("127.0.0.1", VpcdCard.FirstPort);
        await hand.Insert(card);
        await TestAgent.UntilSeen(async () => await agent.ReaderState() == "card", () => hand.Replug());
        var operation = api.Prepare(_ => PeerReply.Commands(1, s_select, s_rightCode, s_write, s_read), r => PeerReply.Done(r));

        using var done = await agent.Run(operation);

        Assert.Equal("11223344", operation.Rounds[1].Answers[3].Data);
        card.TearAfter(2);
        var torn = api.Prepare(
            _ => PeerReply.Commands(1, s_select, s_rightCode, new("00D600100455667788", Commit: true)),
            r => PeerReply.Done(r, r.Failure is null ? "confirmed" : "unknown")
        );
        using var unknown = await agent.Run(torn);
        Assert.Equal("unknown", (await TestAgent.Body(unknown)).GetProperty("state").GetString());
        Assert.Equal("55663344", Convert.ToHexString(card.Bytes(), 16, 4));
    }

    [Fact]
    public async Task A_simulated_meter_refuses_a_card_until_it_was_set_and_says_what_it_shows()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        var card = await NewCard(agent, "sle4442");
        using var made = await agent.Http.PostAsJsonAsync("/v1/simulator/meters", new { meterNumber = "202600000001" });
        using var twice = await agent.Http.PostAsJsonAsync("/v1/simulator/meters", new { meterNumber = "202600000001" });
        using var wrong = await agent.Http.PostAsJsonAsync("/v1/simulator/meters", new { meterNumber = "../../etc" });
        using var swiped = await agent.Http.PostAsJsonAsync("/v1/simulator/meters/202600000001/swipes", new { cardId = card });
        using var used = await agent.Http.PostAsJsonAsync("/v1/simulator/meters/202600000001/uses", new { quantity = 100 });
        await agent.Insert(card);
        using var inReader = await agent.Http.PostAsJsonAsync("/v1/simulator/meters/202600000001/swipes", new { cardId = card });

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        await TestAgent.Problem(twice, HttpStatusCode.Conflict, "simulated-meter-known");
        await TestAgent.Problem(wrong, HttpStatusCode.BadRequest, "simulated-meter-invalid");
        Assert.Equal("wrongMac", (await TestAgent.Body(swiped)).GetProperty("result").GetString());
        Assert.Equal(0, (await TestAgent.Body(used)).GetProperty("used").GetInt64());
        await TestAgent.Problem(inReader, HttpStatusCode.Conflict, "simulated-card-not-at-hand");
        var shown = await agent.Get("/v1/simulator/meters/202600000001");
        Assert.Equal("emptied", shown.GetProperty("readiness").GetString());
        Assert.Single((await agent.Get("/v1/simulator/meters")).GetProperty("items").EnumerateArray());
        using var missing = await agent.Http.GetAsync("/v1/simulator/meters/999999999999");
        await TestAgent.Problem(missing, HttpStatusCode.NotFound, "simulated-meter-not-found");
    }

    private static async Task<string> NewCard(TestAgent agent, string face)
    {
        using var made = await agent.Http.PostAsJsonAsync("/v1/simulator/memory-cards", new { face });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        return (await TestAgent.Body(made)).GetProperty("cardId").GetString() ?? "";
    }
}
