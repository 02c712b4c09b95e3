using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Api;

/// <summary>What those who run the API look at: liveness, readiness, memory (PL-06.10), and the proof of the books (PL-03.8).</summary>
internal static class Operations
{
    public static void MapOperations(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live")).ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription();
        app.MapGet("/internal/runtime", Runtime).ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(IDbContextFactory<AppDb> contexts, CancellationToken ct)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(ct);
            await db.Set<NumberSeries>().Take(1).AnyAsync(ct);
            return TypedResults.Text("ready");
        }
        catch (System.Data.Common.DbException)
        {
            return TypedResults.Text("the database does not answer", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
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
