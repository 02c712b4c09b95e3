using Platform.Idempotency;

namespace Platform.Ledger.Batches;

/// <summary>What a batch asks the database before it applies its bookings: where a provider can, in one round trip.</summary>
internal sealed class BatchWants
{
    public List<long> Branches { get; } = [];

    /// <summary>Hold the days against every other booking, and not only against day-end.</summary>
    public bool DaysAlone { get; init; }

    /// <summary>In key order and once each, so that two batches never wait for each other in a circle.</summary>
    public List<AccountRef> Accounts { get; } = [];

    /// <summary>Ids of idempotency records.</summary>
    public List<long> Keys { get; } = [];

    public List<string> Stamps { get; } = [];

    public List<VersionCheck> Rows { get; } = [];
}

/// <summary>Rows of one table whose versions are asked for; <paramref name="Held"/>: and kept by a shared lock until the commit.</summary>
internal sealed record VersionCheck(Type Row, string Table, string Key, List<long> Ids, bool Held = false);

/// <summary>What the database said.</summary>
internal sealed class BatchReads
{
    public Dictionary<long, BranchDay> Days { get; } = [];

    public Dictionary<AccountKey, LockedAccount> Accounts { get; } = [];

    /// <summary>Keys that were used before, by their records' ids.</summary>
    public Dictionary<long, IdempotencyRecord> Known { get; } = [];

    public Dictionary<string, long> Stamps { get; } = [];

    public Dictionary<(Type Row, long Id), int> Versions { get; } = [];

    /// <summary>Does what a decision took from memory still hold?</summary>
    public bool Confirms(Premise premise) =>
        premise.Stamp is { } name
            ? Stamps.GetValueOrDefault(name) == premise.Version
            : Versions.TryGetValue((premise.Row!, premise.Id), out var version) && version == premise.Version;

    public void Add(IdempotencyRecord record) => Known[record.Id] = record;

    public void AddAccount(short kind, long owner, long balance, int version)
    {
        var key = new AccountKey(kind, owner);
        Accounts[key] = new LockedAccount(key, balance, version, exists: true);
    }

    public void AddDay(long branchId, DateOnly date, int version) =>
        Days[branchId] = new BranchDay
        {
            BranchId = branchId,
            BusinessDate = date,
            Version = version,
        };
}
