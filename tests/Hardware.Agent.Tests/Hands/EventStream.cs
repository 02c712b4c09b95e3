using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Hardware.Agent.Tests.Hands;

/// <summary>What the agent tells a page of readers and cards.</summary>
internal sealed record Event(string Name, JsonElement Data)
{
    internal string? Reader => Data.GetProperty("reader").GetProperty("name").GetString();
}

internal sealed class EventStream(HttpResponseMessage response, IAsyncEnumerator<SseItem<string>> items) : IAsyncDisposable
{
    internal static async Task<EventStream> Open(HttpClient http)
    {
        var response = await http.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new(response, SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator());
    }

    internal async Task<Event> Next()
    {
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)), "The stream ended.");
        return new(items.Current.EventType, JsonDocument.Parse(items.Current.Data).RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await ValueTask.CompletedTask;
    }
}
