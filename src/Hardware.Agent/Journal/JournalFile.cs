using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hardware.Agent.Journal;

/// <summary>What reading the journal at start showed.</summary>
/// <param name="Rows">The rows in the order they were written.</param>
/// <param name="TornBytes">The length of a last line that was cut short; it was never confirmed, so what it announced did not happen.</param>
/// <param name="DamagedLines">Lines before the last one that do not match their checksum: the disk, or a hand.</param>
internal sealed record JournalContent(IReadOnlyList<JournalRow> Rows, int TornBytes, int DamagedLines);

/// <summary>The file: lines of <c>{"crc":"xxxxxxxx","row":{…}}</c>.</summary>
internal sealed class JournalFile : IDisposable
{
    private const string Head = "{\"crc\":\"";
    private const string Middle = "\",\"row\":";
    private const int RowStart = 8 + 8 + 8;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly string _path;
    private readonly JournalSeal _seal;
    private FileStream _file;

    /// <exception cref="IOException">Another agent has the file.</exception>
    internal JournalFile(string path, JournalSeal seal)
    {
        _path = path;
        _seal = seal;
        _file = OpenStream(path, FileMode.OpenOrCreate);
        FolderSync.Flush(Path.GetDirectoryName(path) ?? ".");
    }

    internal long Length => _file.Length;

    public void Dispose() => _file.Dispose();

    /// <summary>Reads all rows, cuts off a torn last line, and keeps a copy of a file with damaged lines beside it.</summary>
    internal JournalContent Read()
    {
        _file.Position = 0;
        var bytes = new byte[_file.Length];
        _file.ReadExactly(bytes);
        var end = Array.LastIndexOf(bytes, (byte)'\n') + 1;
        var lines = Encoding.UTF8.GetString(bytes, 0, end).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = lines.Select(Parse).ToList();
        var damaged = rows.Count(r => r is null);
        if (damaged > 0)
        {
            PrivateFile.Write($"{_path}.damaged", bytes);
        }

        _file.SetLength(end);
        _file.Position = end;
        return new JournalContent([.. rows.OfType<JournalRow>()], bytes.Length - end, damaged);
    }

    /// <summary>Writes one row; it survives the agent's end in any case, and the machine's when it waits until the disk has it.</summary>
    /// <exception cref="IOException">It is not on disk; the file is as it was before.</exception>
    internal void Append(JournalRow row, bool toDisk = true)
    {
        var before = _file.Position;
        try
        {
            _file.Write(Line(row));
            _file.Flush(flushToDisk: toDisk);
        }
        catch (IOException)
        {
            // Half a line in the middle of the file would spoil the row after it.
            _file.SetLength(before);
            _file.Position = before;
            throw;
        }
    }

    /// <summary>Replaces the file by these rows; a crash on the way leaves the old file.</summary>
    internal void Replace(IEnumerable<JournalRow> rows)
    {
        using (var fresh = OpenStream(_path + ".new", FileMode.Create))
        {
            foreach (var row in rows)
            {
                fresh.Write(Line(row));
            }

            fresh.Flush(flushToDisk: true);
        }

        // Windows renames no open file, nor over one.
        _file.Dispose();
        try
        {
            File.Move(_path + ".new", _path, overwrite: true);
            FolderSync.Flush(Path.GetDirectoryName(_path) ?? ".");
        }
        finally
        {
            _file = OpenStream(_path, FileMode.OpenOrCreate);
            _file.Seek(0, SeekOrigin.End);
        }
    }

    private byte[] Line(JournalRow row)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(row.ToDisk(_seal), Json);
        return [.. Encoding.UTF8.GetBytes($"{Head}{Crc32.Of(json):x8}{Middle}"), .. json, (byte)'}', (byte)'\n'];
    }

    private JournalRow? Parse(string line)
    {
        if (line.Length < RowStart + 3 || !line.StartsWith(Head, StringComparison.Ordinal) || line[^1] != '}')
        {
            return null;
        }

        var json = line[RowStart..^1];
        var crc = Crc32.Of(Encoding.UTF8.GetBytes(json)).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        return line.AsSpan(Head.Length, 8).SequenceEqual(crc) ? JsonSerializer.Deserialize<JournalRow>(json, Json)?.FromDisk(_seal) : null;
    }

    // Not shared: two agents on one journal would each report the other's operations.
    private static FileStream OpenStream(string path, FileMode mode) => PrivateFile.Open(path, mode, FileShare.None);
}
