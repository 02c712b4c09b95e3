using Microsoft.EntityFrameworkCore;
using Platform.Audit;

namespace Platform.Ledger.Seals;

/// <summary>What a walk along the audit trail found.</summary>
/// <param name="Sound">Nothing is wrong.</param>
/// <param name="Seals">Seals walked.</param>
/// <param name="Records">Records under them.</param>
/// <param name="BrokenSeal">Number of the first seal that does not hold; null when all hold.</param>
/// <param name="BrokenFrom">When the stretch of records under it begins, UTC.</param>
/// <param name="BrokenTo">When it ends, UTC.</param>
/// <param name="SealedTo">Records up to this instant are under a seal; later ones are not protected yet.</param>
/// <param name="Unsealed">How many later ones there are.</param>
/// <param name="LastSeal">The newest seal: what to note down as an anchor.</param>
/// <param name="Anchor">The anchor that was asked for; null when none was.</param>
/// <param name="Flaws">At most 20 of what is wrong.</param>
public sealed record AuditProof(
    bool Sound,
    long Seals,
    long Records,
    long? BrokenSeal,
    DateTimeOffset? BrokenFrom,
    DateTimeOffset? BrokenTo,
    DateTimeOffset? SealedTo,
    long Unsealed,
    SealMark? LastSeal,
    AnchorVerdict? Anchor,
    IReadOnlyList<BooksFlaw> Flaws
);

/// <summary>Whether a seal that an auditor knows from a day-end sheet, a log or a file of anchors is still in the chain.</summary>
public sealed record AnchorVerdict(long Number, string Hash, bool InChain);

/// <summary>An anchor is a seal's number, and its hash or at least 16 digits of it.</summary>
public sealed record SealAnchorInvalid()
    : Refusal(
        "seal-anchor-invalid",
        400,
        "after must be a seal's number, and hash 16 to 64 hexadecimal digits of its hash.",
        "after 须为封印序号，hash 须为该封印哈希的前 16 至 64 位十六进制数字。"
    );

/// <summary>Proves the audit trail: the chain of seals, the old chain before it, and an auditor's anchor.</summary>
public sealed class AuditChain(IDbContextFactory<AppDb> contexts, SealChain chain)
{
    private const int HashDigits = 64;

    /// <summary>Walks the whole chain, and says of the seal that an auditor names whether it is still in it.</summary>
    public async Task<Outcome<AuditProof>> Prove(long? after, string? hash, CancellationToken ct)
    {
        if (after is null != hash is null)
        {
            return new SealAnchorInvalid();
        }

        if (after is not { } number)
        {
            return await Prove(null, ct);
        }

        var valid = number > 0 && hash!.Length is >= SealMark.PrintedDigits and <= HashDigits && hash.All(char.IsAsciiHexDigit);
        return valid ? await Prove(new SealMark(number, hash!), ct) : new SealAnchorInvalid();
    }

    public async Task<AuditProof> Prove(SealMark? asked, CancellationToken ct)
    {
        var proof = await chain.ProveAudit(ct);
        var flaws = proof.Flaws.ToList();
        if (await AuditSeal.Broken(contexts, ct) is { } old)
        {
            flaws.Add(old);
        }

        await using var db = await contexts.CreateDbContextAsync(ct);
        var anchor = asked is null ? null : await Verdict(db, asked, ct);
        if (anchor is { InChain: false })
        {
            flaws.Add(SealAnchors.Flaw(asked!, "the anchor asked for"));
        }

        var broken = proof.Broken;
        return new AuditProof(
            flaws.Count == 0,
            proof.Seals,
            proof.Records,
            broken?.Number,
            broken is null ? null : Ids.TimeOf(Math.Max(broken.FromId, 0)),
            broken is null ? null : Ids.TimeOf(broken.ToId),
            proof.SealedTo,
            await db.Set<AuditRecord>().LongCountAsync(r => r.Id > proof.SealedToId, ct),
            proof.Newest,
            anchor,
            [.. flaws.Take(BooksProof.ShownFlaws)]
        );
    }

    private static async Task<AnchorVerdict> Verdict(AppDb db, SealMark asked, CancellationToken ct)
    {
        var seal = await db.Set<Seal>().SingleOrDefaultAsync(s => s.Number == asked.Number, ct);
        return new AnchorVerdict(asked.Number, asked.Hash, seal is not null && asked.Marks(seal.Number, seal.Hash));
    }
}
