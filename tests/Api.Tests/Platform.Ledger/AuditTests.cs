using System.Net;
using Api.Tests.Platform.Ledger.Tampering;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Ledger.Seals;
using Platform.Problems;

namespace Api.Tests.Platform.Ledger;

/// <summary>Each change leaves a record of who, for whom, where, what, when and how it ended; the records chain by hash (PL-06.8).</summary>
public sealed class AuditTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.8")]
    public async Task Every_change_leaves_a_record_of_who_where_what_when_and_for_whom(Database database)
    {
        await using var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var before = await Records(host);
        var started = TimeProvider.System.GetUtcNow().UtcDateTime;
        var serial = await counter.Collected(card, 5_000);
        await Recorded(
            host,
            before,
            started,
            r =>
                r.OperatorId == counter.Cashier.Id
                && r.BranchId == counter.BranchId
                && r.Outcome == "done"
                && r.Subject.Contains($"{card.Id}", StringComparison.Ordinal)
        );

        before = await Records(host);
        (await counter.Void(card, serial, 5_000)).Is(HttpStatusCode.Created);
        await Recorded(
            host,
            before,
            started,
            r => r.OperatorId == counter.Cashier.Id && r.ApproverId == counter.Second.Id && r.Outcome == "done"
        );

        before = await Records(host);
        var role = new
        {
            branchCode = counter.BranchCode,
            name = "柜员",
            rights = new[] { "funding.collect-payment" },
        };
        (await counter.Cashier.PostApproved("/v1/roles", role, counter.Second)).Is(HttpStatusCode.Created);
        await Recorded(
            host,
            before,
            started,
            r => r.Action.Contains("role", StringComparison.Ordinal) && r.OperatorId == counter.Cashier.Id
        );

        before = await Records(host);
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        await Recorded(host, before, started, r => r.OperatorId == counter.Cashier.Id && r.BranchId == counter.BranchId);

        before = await Records(host);
        var chip = await counter.IssueCard();
        var after = await Records(host);
        Assert.True(after.Count >= before.Count + 2, "Issuing starts and ends.");
        Assert.All(after, r => Assert.DoesNotContain("13800138000", r.Detail ?? "", StringComparison.Ordinal));
        Assert.All(after, r => Assert.DoesNotContain("11010519491231002X", (r.Detail ?? "") + r.Subject, StringComparison.Ordinal));
        Assert.Equal(16, chip.Number.Length);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.8")]
    public async Task A_refused_change_leaves_no_record_of_a_change(Database database)
    {
        await using var host = await TestHost.Start(database);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var before = await Records(host);
        (await counter.Collect(card, 0)).Is(HttpStatusCode.BadRequest);
        (await counter.Allocate(card, 10)).Is(HttpStatusCode.Conflict);
        Assert.Equal(before.Select(r => r.Id), (await Records(host)).Select(r => r.Id));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.8")]
    public async Task An_altered_removed_or_inserted_record_is_found(Database database)
    {
        await using var host = await TestHost.Start(database, settings: SealedBooks.Quiet);
        var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var chain = host.Services.GetRequiredService<AuditChain>();
        var before = (await chain.Prove(null, CancellationToken.None)).Seals;
        for (var i = 0; i < 3; i++)
        {
            await counter.Collected(card, 100);
            Assert.True(await Seal(host));
        }

        Assert.False(await Seal(host));
        var sound = await chain.Prove(null, CancellationToken.None);
        Assert.True(sound.Sound);
        Assert.Equal(before + 3, sound.Seals);

        await using var db = await host.OpenDatabase();
        var records = await db.Set<AuditRecord>().OrderBy(r => r.Id).ToListAsync();
        Assert.Equal(records.Count, sound.Records);
        var victim = records[^1];
        IQueryable<AuditRecord> row = db.Set<AuditRecord>().Where(r => r.Id == victim.Id);

        await Broken(row.ExecuteUpdateAsync(u => u.SetProperty(r => r.Subject, "card:1")));
        await Good(row.ExecuteUpdateAsync(u => u.SetProperty(r => r.Subject, victim.Subject)));
        await Broken(row.ExecuteUpdateAsync(u => u.SetProperty(r => r.OperatorId, 99)));
        await Good(row.ExecuteUpdateAsync(u => u.SetProperty(r => r.OperatorId, victim.OperatorId)));
        await Broken(row.ExecuteUpdateAsync(u => u.SetProperty(r => r.Outcome, "undone")));
        await Good(row.ExecuteUpdateAsync(u => u.SetProperty(r => r.Outcome, victim.Outcome)));
        await Broken(row.ExecuteUpdateAsync(u => u.SetProperty(r => r.At, victim.At.AddMilliseconds(5))));
        await Good(row.ExecuteUpdateAsync(u => u.SetProperty(r => r.At, victim.At)));
        await Broken(row.ExecuteDeleteAsync());
        db.Add(victim);
        await Good(db.SaveChangesAsync());

        var forged = new AuditRecord
        {
            Id = victim.Id - 1,
            At = victim.At,
            Action = "collect-payment",
            Subject = "card:1",
            Outcome = "done",
        };
        db.Add(forged);
        await Broken(db.SaveChangesAsync());
        await Good(db.Set<AuditRecord>().Where(r => r.Id == forged.Id).ExecuteDeleteAsync());
        await Broken(db.Set<Seal>().Where(s => s.Number == 2).ExecuteDeleteAsync());

        async Task Broken(Task<int> damage)
        {
            Assert.Equal(1, await damage);
            var proof = await chain.Prove(null, CancellationToken.None);
            Assert.False(proof.Sound);
            Assert.NotNull(proof.BrokenSeal);
            Assert.Contains("\"sound\":false", await host.Client.GetStringAsync("/internal/audit"), StringComparison.Ordinal);
        }

        async Task Good(Task<int> repair)
        {
            Assert.Equal(1, await repair);
            Assert.True((await chain.Prove(null, CancellationToken.None)).Sound);
        }
    }

    /// <summary>Seals all that is older than this instant. A millisecond may still be going on.</summary>
    private static async Task<bool> Seal(TestHost host) =>
        await host.Services.GetRequiredService<Sealer>().SealAll(TimeSpan.FromMilliseconds(-1), CancellationToken.None) > 0;

    private static async Task<List<AuditRecord>> Records(TestHost host)
    {
        await using var db = await host.OpenDatabase();
        return await db.Set<AuditRecord>().OrderBy(r => r.Id).ToListAsync();
    }

    private static async Task Recorded(TestHost host, List<AuditRecord> before, DateTime since, Func<AuditRecord, bool> expected)
    {
        var known = before.Select(r => r.Id).ToHashSet();
        var added = (await Records(host)).Where(r => !known.Contains(r.Id)).ToList();
        Assert.All(added, r => Assert.InRange(r.At, since.AddSeconds(-1), TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(1)));
        Assert.All(added, r => Assert.NotEmpty(r.Action));
        Assert.All(added, r => Assert.NotEmpty(r.Subject));
        Assert.True(added.Exists(r => expected(r)), string.Join(';', added));
    }
}
