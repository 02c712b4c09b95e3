using System.Diagnostics;
using Api.DemoData;
using Api.Edge;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Seals;
using Platform.Problems;

namespace Api;

/// <summary>What those who run the API look at: liveness, readiness, memory (PL-06.10), and the proof of the books (PL-03.8).</summary>
internal static class Operations
{
    private static readonly TimeSpan s_readyWithin = TimeSpan.FromSeconds(10);

    public static void MapOperations(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();
        var within = app.MapGroup("/internal").ExcludeFromDescription().AddEndpointFilter<InternalDoor>();
        within.MapGet("/runtime", Runtime);
        within.MapGet(
            "/books",
            async (BooksProof proof, bool? full, CancellationToken ct) => Results.Json(await proof.Check(full ?? false, ct), Json.Options)
        );
        if (app.Services.GetService<BenchmarkData>() is { } benchmark)
        {
            within.MapGet("/benchmark", async (CancellationToken ct) => Results.Json(await benchmark.Open(ct), Json.Options));
        }

        within.MapGet(
            "/audit",
            async (AuditChain chain, long? after, string? hash, CancellationToken ct) =>
            {
                var proof = await chain.Prove(after, hash, ct);
                return proof.Refusal is { } refusal ? Problem.Of(refusal) : Results.Json(proof.Value, Json.Options);
            }
        );
    }

    /// <summary>Never an error, whatever fails: who asks wants to know whether to send requests here.</summary>
    private static async Task<IResult> Ready(IDbContextFactory<AppDb> contexts, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(s_readyWithin);
        try
        {
            await using var db = await contexts.CreateDbContextAsync(patience.Token);
            await db.Set<NumberSeries>().Take(1).AnyAsync(patience.Token);
            if (Ids.HasNode)
            {
                return TypedResults.Text("ready");
            }
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            // Said below.
        }

        return TypedResults.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Runtime()
    {
        using var self = Process.GetCurrentProcess();
        return Results.Ok(
            new
            {
                allocatedBytes = GC.GetTotalAllocatedBytes(precise: true),
                workingSetBytes = self.WorkingSet64,
                gcCollections = GC.CollectionCount(0),
            }
        );
    }
}
