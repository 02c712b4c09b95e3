using Hardware.Agent.Cards;
using Hardware.Agent.Journal;
using Hardware.Agent.Operations;
using Hardware.Agent.Problems;
using Hardware.Agent.Readers;
using Hardware.Agent.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Hardware.Agent.Health;

/// <summary>Whether the agent can run card operations.</summary>
/// <param name="Readers">The number of readers.</param>
/// <param name="OpenOperations">The number of operations whose end is not reported to the API yet.</param>
/// <param name="JournalTornBytes">Bytes of an incomplete last line that the start dropped. This is normal after a power cut.</param>
/// <param name="JournalDamagedLines">Damaged lines found at start. Inspect the copy beside the journal.</param>
public sealed record AgentHealth(int Readers, int OpenOperations, int JournalTornBytes, int JournalDamagedLines);

internal static class HealthEndpoints
{
    internal static void Map(IEndpointRouteBuilder app)
    {
        app = app.MapGroup("").WithMetadata(NoSessionNeeded.Mark);
        app.MapGet("/health/live", () => TypedResults.NoContent())
            .WithName("GetLiveness")
            .WithTags("Health")
            .WithSummary("Get liveness")
            .WithDescription("Returns 204 while the process runs.");

        app.MapGet("/health/ready", Ready)
            .WithName("GetReadiness")
            .WithTags("Health")
            .WithSummary("Get readiness")
            .WithDescription("Returns 200 if the journal is writable and a reader is present; otherwise 503 with the reason.")
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
