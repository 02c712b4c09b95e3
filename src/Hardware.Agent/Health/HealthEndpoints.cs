using Hardware.Agent.Cards;
using Hardware.Agent.Journal;
using Hardware.Agent.Operations;
using Hardware.Agent.Problems;
using Hardware.Agent.Readers;
using Hardware.Agent.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Health;

/// <summary>Whether the agent can carry operations.</summary>
/// <param name="Readers">How many readers there are.</param>
/// <param name="OpenOperations">Operations the API has not heard the end of.</param>
/// <param name="JournalTornBytes">The torn last line dropped at start, in bytes; normal after a power cut.</param>
/// <param name="JournalDamagedLines">Damaged lines found at start; somebody should look at the copy beside the journal.</param>
public sealed record AgentHealth(int Readers, int OpenOperations, int JournalTornBytes, int JournalDamagedLines);

internal static class HealthEndpoints
{
    internal static void Map(IEndpointRouteBuilder app)
    {
        app = app.MapGroup("").WithMetadata(NoSessionNeeded.Mark);
        app.MapGet("/health/live", () => TypedResults.NoContent())
            .WithName("GetLiveness")
            .WithTags("Health")
            .WithSummary("Is the agent running")
            .WithDescription("204 while the process answers.");

        app.MapGet("/health/ready", Ready)
            .WithName("GetReadiness")
            .WithTags("Health")
            .WithSummary("Can the agent carry operations")
            .WithDescription("200 when the journal can be written and there is a reader, else 503 with the reason.")
            .Produces<AgentProblem>(503, "application/problem+json");
    }

    private static Results<Ok<AgentHealth>, Refusal> Ready(OperationJournal journal, ICardTransport transport, OperationRegister register)
    {
        if (!journal.Writable)
        {
            return Refusals.JournalNotWritable;
        }

        if (ReaderEndpoints.Trouble(transport) is { } trouble)
        {
            return trouble;
        }

        return transport.Readers() is { Count: > 0 and var readers }
            ? TypedResults.Ok(
                new AgentHealth(readers, register.Latest(int.MaxValue, openOnly: true).Count, journal.TornBytes, journal.DamagedLines)
            )
            : Refusals.NoReader;
    }
}
