using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Platform.Ledger.Seals;

/// <summary>Where anchors are kept outside the database; null for nowhere but in the log, on day-end sheets and in this process.</summary>
public sealed record AnchorFile(string? Path);

/// <summary>
/// The seals that this process made or saw, kept outside the database: in memory, and in a file that is only ever added to. A chain that was cut
/// off at its end or removed whole is found against them (PL-06.32). Each process knows what it saw; where several share the file, what any saw.
/// </summary>
public sealed class SealAnchors(AnchorFile file, TimeProvider clock, ILogger<SealAnchors> log)
{
    /// <summary>The newest in the file suffice, since each seal is chained to all before it; more show since when it is another chain.</summary>
    private const int MarksRead = 100;

    /// <summary>A line has at most 120 bytes.</summary>
    private const int TailBytes = MarksRead * 120;

    /// <summary>Another process holds the file for the moment that it takes to add a line.</summary>
    private const int ReadTries = 20;
    private static readonly TimeSpan s_readAgain = TimeSpan.FromMilliseconds(25);

    private readonly Lock _writing = new();
    private SealMark? _seen;
    private SealMark? _kept;

    /// <summary>The newest seal that this process made or saw.</summary>
    public SealMark? Seen => Volatile.Read(ref _seen);

    public void Saw(SealMark mark)
    {
        ArgumentNullException.ThrowIfNull(mark);
        lock (_writing)
        {
            if (_seen is null || mark.Number > _seen.Number)
            {
                Volatile.Write(ref _seen, mark);
            }
        }
    }

    /// <summary>The anchored seals that are not in the database as they were. Fewer rows than marks, or other hashes.</summary>
    public async Task<IReadOnlyList<BooksFlaw>> Missing(AppDb db, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        if (await InFile(ct) is not { } marks)
        {
            return [new BooksFlaw("anchors-unreadable", file.Path!)];
        }

        var inFile = marks.Select(m => m.Number).ToHashSet();
        if (Seen is { } seen)
        {
            marks.Add(seen);
        }

        var numbers = marks.Select(m => m.Number).Distinct().ToArray();
        var there = await db.Set<Seal>().Where(s => numbers.Contains(s.Number)).ToDictionaryAsync(s => s.Number, s => s.Hash, ct);
        return
        [
            .. marks
                .Where(m => !there.TryGetValue(m.Number, out var hash) || !m.Marks(m.Number, hash))
                .OrderBy(m => m.Number)
                .Select(m => Flaw(m, inFile.Contains(m.Number) ? "the file of anchors" : "what this process saw"))
                .Distinct(),
        ];
    }

    public static BooksFlaw Flaw(SealMark mark, string source)
    {
        ArgumentNullException.ThrowIfNull(mark);
        return new BooksFlaw(
            "anchored-seal-missing",
            string.Create(CultureInfo.InvariantCulture, $"seal {mark.Number} {mark.ToPrint().Hash}, of {source}")
        );
    }

    /// <summary>Adds the newest seal to the file, on disk when this returns. Where it cannot be written the log says so; nothing stops.</summary>
    public void Keep()
    {
        lock (_writing)
        {
            if (file.Path is not { } path || _seen is null || _seen == _kept)
            {
                return;
            }

            try
            {
                Append(path, _seen);
                _kept = _seen;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                log.LogWarning(e, "Seal {Number} was not added to the file of anchors {File}; it is tried again.", _seen.Number, path);
            }
        }
    }

    private void Append(string path, SealMark mark)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // Nobody else writes meanwhile: processes of one machine share the file.
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            // A line that a crash cut off ends here, and is not read.
            if (stream.ReadByte() != '\n')
            {
                stream.WriteByte((byte)'\n');
            }
        }

        var line = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} {mark.Number} {mark.Hash}\n");
        stream.Write(Encoding.ASCII.GetBytes(line));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Null where the file is there and cannot be read.</summary>
    private async Task<List<SealMark>?> InFile(CancellationToken ct)
    {
        if (file.Path is not { } path || !File.Exists(path))
        {
            return [];
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                stream.Seek(-Math.Min(stream.Length, TailBytes), SeekOrigin.End);
                using var reader = new StreamReader(stream, Encoding.ASCII);
                return [.. (await reader.ReadToEndAsync(ct)).Split('\n').Select(Parse).OfType<SealMark>().TakeLast(MarksRead)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (attempt == ReadTries)
                {
                    log.LogError(e, "The file of anchors {File} cannot be read.", path);
                    return null;
                }

                await Task.Delay(s_readAgain, clock, ct);
            }
        }
    }

    private static SealMark? Parse(string line) =>
        line.TrimEnd('\r').Split(' ') is [_, var number, { Length: 64 } hash]
        && long.TryParse(number, CultureInfo.InvariantCulture, out var parsed)
        && hash.All(char.IsAsciiHexDigit)
            ? new SealMark(parsed, hash)
            : null;
}
