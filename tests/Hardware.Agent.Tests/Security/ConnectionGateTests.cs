using System.Net.Sockets;
using Hardware.Agent.Security;
using TestRuns;

namespace Hardware.Agent.Tests.Security;

/// <summary>A program on the counter's machine that opens connections and says nothing does not shut the agent's pages out.</summary>
public sealed class ConnectionGateTests
{
    [Fact]
    public async Task The_agent_answers_while_somebody_holds_as_many_connections_as_it_lets_in()
    {
        await using var api = await CardApi.Start();
        await using var agent = await TestAgent.Start(api);
        // A page's event stream is open all day; it is not ended for the sake of those that say nothing.
        using var events = await agent.Http.GetAsync("/v1/events", HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, events.StatusCode);
        var held = new List<Socket>();
        try
        {
            for (var i = 0; i < 2 * ConnectionGate.Most; i++)
            {
                held.Add(await Connect(agent));
                if (i % 50 == 0)
                {
                    using var between = await agent.Stranger().GetAsync("/health/live");
                    Assert.Equal(HttpStatusCode.NoContent, between.StatusCode);
                }
            }

            using var after = await agent.Stranger().GetAsync("/health/live");
            using var readers = await agent.Http.GetAsync("/v1/readers");
            Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.OK), (after.StatusCode, readers.StatusCode));
            // The first of them were ended for the later ones.
            Assert.True(await IsEnded(held[0]).WaitAsync(Patience.Longest));
            using var stream = await events.Content.ReadAsStreamAsync();
            Assert.True(await stream.ReadAsync(new byte[1]) > 0);
        }
        finally
        {
            held.ForEach(s => s.Dispose());
        }
    }

    private static async Task<bool> IsEnded(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1].AsMemory()) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private static async Task<Socket> Connect(TestAgent agent)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", agent.Http.BaseAddress!.Port);
        return socket;
    }
}
