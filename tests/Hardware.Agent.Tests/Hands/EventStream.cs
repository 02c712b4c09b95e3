using System.Net.ServerSentEvents;
using System.Text.Json;
using TestRuns;

namespace Hardware.Agent.Tests.Hands;

/// <summary>What the agent tells a page of readers and cards.</summary>
internal sealed record Event(string Name, JsonElement Data)
{
    internal string? Reader => Data.TryGetProperty("reader", out var reader) ? reader.GetProperty("name").GetString() : null;
}

/// <summary>The stream as a page reads it.</summary>
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
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(Patience.Longest), "The stream ended.");
        return new(items.Current.EventType, JsonDocument.Parse(items.Current.Data).RootElement);
    }

    /// <summary>Reads on until that is told.</summary>
    internal async Task Until(string name, string reader)
    {
        var read = await Next();
        while ((read.Name, read.Reader) != (name, reader))
        {
            read = await Next();
        }
    }

    public async ValueTask DisposeAsync()
    {
        response.Dispose();
        await ValueTask.CompletedTask;
    }
}
