namespace Billing.TopUps.Carriers;

/// <summary>A prefix that was set: its carrier in place of the declared one. The longest prefix of a number wins.</summary>
internal sealed class TopUpPrefix : IVersioned
{
    public const string PrefixIndex = "IX_top_up_prefixes_Prefix";

    public long Id { get; init; }

    /// <summary>3 to 5 digits.</summary>
    public required string Prefix { get; init; }

    /// <summary>The carrier's code; null where its numbers cannot be topped up.</summary>
    public string? CarrierCode { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<TopUpPrefix>
    {
        public void Configure(EntityTypeBuilder<TopUpPrefix> builder)
        {
            builder.ToTable("top_up_prefixes");
            builder.HasKey(p => p.Id);
            builder.Property(p => p.Prefix).HasMaxLength(5);
            builder.Property(p => p.CarrierCode).HasMaxLength(TopUpLimits.Code);
            builder.HasIndex(p => p.Prefix, PrefixIndex).IsUnique();
        }
    }
}

/// <summary>The carrier that a number's prefix proposes. The till may choose another, since numbers move between carriers (MT-01.8).</summary>
internal sealed class Prefixes(AppDb db)
{
    private const int Longest = 5;
    private const int Shortest = 3;

    /// <summary>What a number's longest prefix says: whether it is known, and the carrier's code; null where it is never topped up.</summary>
    public async Task<(bool Known, string? CarrierCode)> Find(string phone, CancellationToken ct)
    {
        string[] prefixes = [.. Enumerable.Range(Shortest, Longest - Shortest + 1).Select(n => phone[..n]).Reverse()];
        var set = await db.Set<TopUpPrefix>()
            .Where(p => prefixes.Contains(p.Prefix))
            .ToDictionaryAsync(p => p.Prefix, p => p.CarrierCode, ct);
        foreach (var prefix in prefixes)
        {
            if (set.TryGetValue(prefix, out var code) || DeclaredPrefixes.All.TryGetValue(prefix, out code))
            {
                return (true, code);
            }
        }

        return (false, null);
    }
}

/// <summary>The prefixes as they were allotted in 2020, declared as reference data; each can be set otherwise.</summary>
internal static class DeclaredPrefixes
{
    private const string Mobile =
        "1340 1341 1342 1343 1344 1345 1346 1347 1348 135 136 137 138 139 147 150 151 152 157 158 159 172 178 182 183 184 187 188 195 197 198 "
        + "165 1703 1705 1706";

    private const string Unicom = "130 131 132 145 155 156 166 175 176 185 186 196 167 171 1704 1707 1708 1709";

    private const string Telecom = "133 149 153 173 17400 17401 17402 17403 17404 17405 177 180 181 189 190 191 193 199 162 1700 1701 1702";

    private const string Broadnet = "192";

    /// <summary>Satellite and emergency numbers.</summary>
    private const string Never = "1349 1749 17406 17407 17408 17409 17410 17411 17412";

    /// <summary>Each prefix with its carrier's code; null for numbers that are never topped up.</summary>
    public static readonly IReadOnlyDictionary<string, string?> All = new (string Prefixes, string? Code)[]
    {
        (Mobile, "CM"),
        (Unicom, "CU"),
        (Telecom, "CT"),
        (Broadnet, "CB"),
        (Never, null),
    }
        .SelectMany(g => g.Prefixes.Split(' ').Select(p => (Prefix: p, g.Code)))
        .ToDictionary(p => p.Prefix, p => p.Code);
}
