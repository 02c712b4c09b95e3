using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;

namespace Platform.Ledger.Seals;

/// <summary>What a walk along the chain of seals found.</summary>
/// <param name="Flaws">At most 20 of what is wrong; none when the chain holds.</param>
/// <param name="Newest">The newest seal; null where there is none.</param>
/// <param name="SealedToId">The last id under a seal.</param>
/// <param name="Seals">Seals walked.</param>
/// <param name="Records">Audit records under them.</param>
/// <param name="Broken">The first seal that does not hold.</param>
public sealed record SealProof(IReadOnlyList<BooksFlaw> Flaws, SealMark? Newest, long SealedToId, long Seals, long Records, Seal? Broken)
{
    public DateTimeOffset? SealedTo => SealedToId > 0 ? Ids.TimeOf(SealedToId) : null;
}

/// <summary>
/// Proves that the chain of seals is whole, that the rows under its seals are those that were sealed, that what is anchored outside the database
/// is in it, and that nothing older than some minutes is without a seal (PL-03.9, PL-06.32).
/// </summary>
public sealed class SealChain(
    IDbContextFactory<AppDb> contexts,
    SealKey key,
    SealAnchors anchors,
    IEnumerable<ISealedTable> tables,
    TimeProvider clock
)
{
    /// <summary>Longer than settling and a few rounds take: a row that is older and not sealed was put in, or its seal was removed.</summary>
    public static readonly TimeSpan LongestUnsealed = TimeSpan.FromMinutes(5);

    private const int SealsAtOnce = 200;
    private const int SealsOfTail = 3;

    private readonly IReadOnlyList<ISealedTable> _tables = [.. tables];

    /// <summary>The whole chain, with the rows of all sealed tables.</summary>
    public Task<SealProof> Prove(CancellationToken ct) => Prove(_tables, tailOnly: false, ct);

    /// <summary>The whole chain, with the audit records.</summary>
    public Task<SealProof> ProveAudit(CancellationToken ct) =>
        Prove([.. _tables.Where(t => t.Name == SealedTables.AuditRecords)], tailOnly: false, ct);

    /// <summary>The newest seals with their rows, and the anchors: in a moment, however long the chain is.</summary>
    public Task<SealProof> ProveTail(CancellationToken ct) => Prove(_tables, tailOnly: true, ct);

    private async Task<SealProof> Prove(IReadOnlyList<ISealedTable> proved, bool tailOnly, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var missing = await anchors.Missing(db, ct);
        var walk = new SealWalk(db, key, proved);
        await walk.Start(tailOnly ? SealsOfTail : null, ct);
        while (walk.Flaws.Count < BooksProof.ShownFlaws && await walk.Next(SealsAtOnce, ct)) { }

        var flaws = walk.Flaws.Concat(missing).ToList();
        if (walk.Newest is not { } newest)
        {
            flaws.Add(new BooksFlaw("seals-missing", "no seal"));
        }
        else
        {
            flaws.AddRange(await Unsealed(db, walk.To, ct));
            if (flaws.Count == 0)
            {
                anchors.Saw(SealMark.Of(newest));
                anchors.Keep();
            }
        }

        return new SealProof(
            [.. flaws.Take(BooksProof.ShownFlaws)],
            walk.Newest is null ? null : SealMark.Of(walk.Newest),
            walk.To,
            walk.Seals,
            walk.Records,
            walk.Broken
        );
    }

    /// <summary>What is without a seal for too long, or is dated where no clock is yet, which no seal would ever reach.</summary>
    private async Task<List<BooksFlaw>> Unsealed(AppDb db, long to, CancellationToken ct)
    {
        var flaws = new List<BooksFlaw>();
        var now = clock.GetUtcNow();
        var (old, ahead) = (Ids.At(now - LongestUnsealed), Ids.At(now + Housekeeping.SettleAge));
        // By when it was written, too: the first record of a new database has the first id of all.
        var written = (now - LongestUnsealed).UtcDateTime;
        var records = db.Set<AuditRecord>().Where(r => r.At < written).Select(r => r.Id);
        var heads = db.Set<Transaction>().Where(t => t.BookedAt < written).Select(t => t.Id);
        foreach (var ids in (IQueryable<long>[])[records, heads])
        {
            Add("not-sealed", await ids.Where(i => i > to && i < old).OrderBy(i => i).Take(1).ToListAsync(ct));
        }

        foreach (var ids in (IQueryable<long>[])[db.Set<AuditRecord>().Select(r => r.Id), db.Set<Transaction>().Select(t => t.Id)])
        {
            Add("dated-ahead", await ids.Where(i => i > ahead).OrderBy(i => i).Take(1).ToListAsync(ct));
        }

        return [.. flaws.Distinct()];

        void Add(string rule, List<long> found) =>
            flaws.AddRange(found.Select(id => new BooksFlaw(rule, $"{SerialNumber.Of(id)}, {Ids.TimeOf(id):O}")));
    }
}

/// <summary>One walk along the chain, a number of seals at a time.</summary>
internal sealed class SealWalk(AppDb db, SealKey key, IReadOnlyList<ISealedTable> tables)
{
    private const string Altered = "seal-altered";

    private byte[]? _before;
    private long _number;
    private long _read;
    private bool _anyOfKey;

    public List<BooksFlaw> Flaws { get; } = [];

    public Seal? Newest { get; private set; }

    public Seal? Broken { get; private set; }

    public long Seals { get; private set; }

    public long Records { get; private set; }

    /// <summary>The last id under the seals walked.</summary>
    public long To { get; private set; } = long.MinValue;

    /// <summary>Begins at the first seal, or at one of the last <paramref name="last"/>.</summary>
    public async Task Start(int? last, CancellationToken ct)
    {
        var first = last is { } count ? await db.Set<Seal>().OrderByDescending(s => s.Number).Skip(count).FirstOrDefaultAsync(ct) : null;
        (_number, _before, To) = first is null ? (0, await AuditSeal.End(db, ct), long.MinValue) : (first.Number, first.Hash, first.ToId);
        _read = first?.Number ?? long.MinValue;
    }

    public async Task<bool> Next(int most, CancellationToken ct)
    {
        var seals = await db.Set<Seal>().Where(s => s.Number > _read).OrderBy(s => s.Number).Take(most).ToListAsync(ct);
        if (seals.Count == 0)
        {
            return false;
        }

        _read = seals[^1].Number;
        var flawsBefore = Flaws.Count;
        foreach (var seal in seals)
        {
            Link(seal);
        }

        if (!_anyOfKey && Flaws.TrueForAll(f => f.Rule == Altered))
        {
            // Not one of them is of this key: another vault is mounted, or the database is another one's.
            Flaws.Clear();
            Flaws.Add(new BooksFlaw("seals-of-another-key", $"seal {seals[0].Number} to {seals[^1].Number}"));
            return false;
        }

        await Compare(seals, inOneGo: Flaws.Count == flawsBefore, ct);
        return true;
    }

    private void Link(Seal seal)
    {
        if (seal.Number != _number + 1)
        {
            Flaw(seal, new BooksFlaw("seal-missing", $"seal {_number + 1}"));
        }
        else if (seal.FromId != To || !key.Of(seal, _before!).AsSpan().SequenceEqual(seal.Hash))
        {
            Flaw(seal, new BooksFlaw(Altered, Place(seal)));
        }
        else
        {
            _anyOfKey = true;
        }

        Seals++;
        Records += SealContents.Parse(seal.Contents).GetValueOrDefault(SealedTables.AuditRecords)?.Rows ?? 0;
        (Newest, _number, _before, To) = (seal, seal.Number, seal.Hash, seal.ToId);
    }

    /// <summary>The rows under the seals against what the seals say. Stretches that do not join are read one by one.</summary>
    private async Task Compare(List<Seal> seals, bool inOneGo, CancellationToken ct)
    {
        foreach (var table in tables)
        {
            if (inOneGo)
            {
                var found = await table.Digest(db, [seals[0].FromId, .. seals.Select(s => s.ToId)], ct);
                for (var i = 0; i < seals.Count; i++)
                {
                    Compare(seals[i], table, found[i]);
                }

                continue;
            }

            foreach (var seal in seals.Where(s => s.FromId < s.ToId))
            {
                Compare(seal, table, (await table.Digest(db, [seal.FromId, seal.ToId], ct))[0]);
            }
        }
    }

    private void Compare(Seal seal, ISealedTable table, SealedRows found)
    {
        if (SealContents.Parse(seal.Contents).TryGetValue(table.Name, out var sealed_) && sealed_ != found)
        {
            Flaw(
                seal,
                new BooksFlaw("sealed-rows-changed", $"{table.Name}, {Place(seal)}: {sealed_.Rows} rows sealed, {found.Rows} found")
            );
        }
    }

    private void Flaw(Seal seal, BooksFlaw flaw)
    {
        Flaws.Add(flaw);
        Broken = Broken is null || seal.Number < Broken.Number ? seal : Broken;
    }

    private static string Place(Seal seal) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"seal {seal.Number} of {Ids.TimeOf(Math.Max(seal.FromId, 0)):yyyy-MM-dd'T'HH:mm:ss'Z'} to {Ids.TimeOf(seal.ToId):yyyy-MM-dd'T'HH:mm:ss'Z'}"
        );
}
