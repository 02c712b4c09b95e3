using Hardware.Agent.Cards;
using Hardware.Agent.Journal;
using Hardware.Agent.Operations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Health;

/// <summary>Whether the agent can carry operations.</summary>
/// <param name="Status">ready or notReady.</param>
/// <param name="Readers">How many readers there are.</param>
/// <param name="OpenOperations">Operations the API has not heard the end of.</param>
/// <param name="JournalWritable">False after a journal row could not be written: no operation may change a card.</param>
/// <param name="JournalTornBytes">The torn last line dropped at start, in bytes; normal after a power cut.</param>
/// <param name="JournalDamagedLines">Damaged lines found at start; somebody should look at the copy beside the journal.</param>
public sealed record AgentHealth(
    string Status,
    int Readers,
    int OpenOperations,
    bool JournalWritable,
    int JournalTornBytes,
    int JournalDamagedLines
);

internal static class HealthEndpoints
{
    internal static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.NoContent())
            .WithName("GetLiveness")
            .WithTags("Health")
            .WithSummary("Is the agent running")
            .WithDescription("204 while the process answers.");

        app.MapGet("/health/ready", Ready)
            .WithName("GetReadiness")
            .WithTags("Health")
            .WithSummary("Can the agent carry operations")
            .WithDescription("200 when the journal can be written and there is a reader, else 503 with the same body.")
            .Produces<AgentHealth>(200)
            .Produces<AgentHealth>(503);
    }

    private static JsonHttpResult<AgentHealth> Ready(OperationJournal journal, ICardTransport transport, OperationRegister register)
    {
        var readers = transport.Readers().Count;
        var ready = journal.Writable && readers > 0;
        var health = new AgentHealth(
            ready ? "ready" : "notReady",
            readers,
            register.Latest(int.MaxValue, openOnly: true).Count,
            journal.Writable,
            journal.TornBytes,
            journal.DamagedLines
        );
        return TypedResults.Json(health, statusCode: ready ? 200 : 503);
    }
}
