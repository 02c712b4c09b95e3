using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Problems;

namespace Api.Tests.Platform;

/// <summary>An instant is answered as it will be read.</summary>
public sealed class InstantsTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.4")]
    public async Task An_instant_of_the_clock_is_the_same_when_a_database_has_kept_it(Database database)
    {
        var host = await TestHost.Shared(database);
        var clock = host.Services.GetRequiredService<TimeProvider>();
        var records = Enumerable
            .Range(0, 50)
            .Select(_ => new AuditRecord
            {
                Id = Ids.Next(),
                At = clock.GetUtcNow().UtcDateTime,
                Action = "test",
                Subject = "instant",
                Outcome = "done",
            })
            .ToList();
        await using var db = await host.OpenDatabase();
        db.AddRange(records);
        await db.SaveChangesAsync();

        var ids = records.ConvertAll(r => r.Id);
        var kept = await db.Set<AuditRecord>().AsNoTracking().Where(r => ids.Contains(r.Id)).OrderBy(r => r.Id).ToListAsync();
        Assert.Equal(records.Select(r => r.At.AtUtc()), kept.Select(r => r.At.AtUtc()));
    }
}
