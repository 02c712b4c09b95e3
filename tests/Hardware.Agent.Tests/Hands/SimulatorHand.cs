using System.Net.Http.Json;

namespace Hardware.Agent.Tests.Hands;

/// <summary>At the agent's own virtual readers.</summary>
internal sealed class SimulatorHand(string folder) : ICardHand
{
    public string Reader1 => TestAgent.Reader1;

    public string Reader2 => TestAgent.Reader2;

    public Task Begin(HttpClient agent) => Task.CompletedTask;

    public async Task<string> NewCard(HttpClient agent)
    {
        using var created = await agent.PostAsync("/v1/simulator/cards", null);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        return (await TestAgent.Body(created)).GetProperty("cardId").GetString() ?? "";
    }

    public async Task Insert(HttpClient agent, string cardId, string reader)
    {
        using var done = await agent.PutAsJsonAsync($"/v1/simulator/readers/{reader}/card", new { cardId });
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    public async Task Remove(HttpClient agent, string reader)
    {
        using var done = await agent.DeleteAsync($"/v1/simulator/readers/{reader}/card");
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    public async Task Arrange(HttpClient agent, string kind, int atCommand, string reader)
    {
        using var done = await agent.PutAsJsonAsync($"/v1/simulator/readers/{reader}/fault", new { kind, atCommand });
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
    }

    public async Task<bool> Hangs(HttpClient agent, string reader) => await TestAgent.StateOf(agent, reader) == "notResponding";

    public string FileOf(string cardId) => Path.Combine(folder, "cards", cardId + ".json");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
