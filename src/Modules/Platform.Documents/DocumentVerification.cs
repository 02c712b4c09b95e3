using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.Configuration;
using Platform.Persistence.Dialects;
using Platform.Settings;

namespace Platform.Documents;

/// <summary>The generated key under which documents' addresses are made, where no setting gives one. One row.</summary>
internal sealed class DocumentKey
{
    public const long OnlyId = 1;

    public long Id { get; init; }

    public required byte[] Key { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<DocumentKey>
    {
        public void Configure(EntityTypeBuilder<DocumentKey> builder)
        {
            builder.ToTable("document_keys");
            builder.HasKey(k => k.Id);
            builder.Property(k => k.Key).HasMaxLength(64);
        }
    }
}

/// <summary>What a token was made for.</summary>
/// <param name="Printing">The printing's number; 0 of a preview, null on paper that names none.</param>
public sealed record VerifiedToken(long TransactionId, string Kind, int? Printing);

/// <summary>
/// Makes and reads the tokens of verification addresses: serial number, kind, the printing's number (0 on a preview), and 96 bits of HMAC-SHA256, so
/// that nobody can walk through the documents or make up an address. Setting <c>Documents:VerificationKey</c>: keys of 32 characters or more,
/// separated by spaces; the first makes tokens, all are believed, so that a key can be replaced while older paper stays good. Without it the key is
/// generated once and kept in the database.
/// </summary>
public sealed class DocumentVerification(IConfiguration configuration, IDbContextFactory<AppDb> contexts, Dialect dialect) : IDisposable
{
    public const string Setting = "Documents:VerificationKey";
    public const int MaxTokenLength = 100;
    private const int MacBytes = 12;
    private const int MinKeyLength = 32;

    /// <summary>What the start holds the setting against.</summary>
    public static readonly SettingForm Form = new(
        $"keys of {MinKeyLength} characters or more, separated by spaces",
        $"以空格分隔的密钥，每个至少 {MinKeyLength} 个字符",
        text => Array.TrueForAll(Split(text), k => k.Length >= MinKeyLength)
    );

    private readonly SemaphoreSlim _gate = new(1, 1);
    private IReadOnlyList<byte[]>? _keys;

    /// <summary>The token of a printing of a transaction's document; null makes that of a preview.</summary>
    public async Task<string> Token(string serialNumber, string kind, int? printing, CancellationToken ct)
    {
        var keys = await Keys(ct);
        var signed = $"{serialNumber}.{kind}.{printing ?? 0}";
        return $"{signed}.{Mac(keys[0], signed)}";
    }

    /// <summary>What a token was made for; null when it was not made here.</summary>
    public async Task<VerifiedToken?> Read(string token, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        var parts = token.Length > MaxTokenLength ? [] : token.Split('.');
        if (parts is not ([_, _, _] or [_, _, _, _]) || SerialNumber.Parse(parts[0]) is not { } id)
        {
            return null;
        }

        // Paper of earlier versions names no printing.
        var (signed, mac) = (string.Join('.', parts[..^1]), parts[^1]);
        var printing =
            parts.Length == 4 && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : (int?)null;

        var given = Encoding.UTF8.GetBytes(mac);
        var genuine = false;
        foreach (var key in await Keys(ct))
        {
            genuine |= CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Mac(key, signed)));
        }

        return genuine ? new VerifiedToken(id, parts[1], printing) : null;
    }

    public void Dispose() => _gate.Dispose();

    private static string Mac(byte[] key, string signed) =>
        Base64Url.EncodeToString(
            HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"document\n{signed.Replace('.', '\n')}")).AsSpan(0, MacBytes)
        );

    private async Task<IReadOnlyList<byte[]>> Keys(CancellationToken ct)
    {
        if (_keys is { } known)
        {
            return known;
        }

        await _gate.WaitAsync(ct);
        try
        {
            return _keys ??= Configured() ?? [await Kept(ct)];
        }
        finally
        {
            _gate.Release();
        }
    }

    private byte[][]? Configured()
    {
        var keys = Split(configuration[Setting]);
        return keys.Length == 0 ? null : [.. keys.Select(Encoding.UTF8.GetBytes)];
    }

    private static string[] Split(string? keys) => (keys ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of several processes that make the key at once, the primary key lets one win, and all take the winner's.</summary>
    private async Task<byte[]> Kept(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<DocumentKey>().SingleOrDefaultAsync(k => k.Id == DocumentKey.OnlyId, ct) is { } kept)
        {
            return kept.Key;
        }

        db.Add(new DocumentKey { Id = DocumentKey.OnlyId, Key = RandomNumberGenerator.GetBytes(32) });
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (dialect.IsUniqueViolation(e))
        {
            db.ChangeTracker.Clear();
        }

        return (await db.Set<DocumentKey>().SingleAsync(k => k.Id == DocumentKey.OnlyId, ct)).Key;
    }
}
