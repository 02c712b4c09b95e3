using System.Buffers.Binary;
using System.Text;

namespace Platform.Tables;

/// <summary>
/// The container of an .xls (a file system of sectors, MS-CFB), read only as far as to know what is in it. Every chain of sectors is followed here
/// once and within the file's own size: one that runs in a circle would keep a reader busy for ever.
/// </summary>
internal sealed class CompoundFile
{
    private const int HeaderBytes = 512;
    private const int EntryBytes = 128;
    private const int SmallStream = 4_096;
    private const int SmallSector = 64;
    private const int SectorsInHeader = 109;
    private const int MaxEntries = 4_096;
    private const uint LastRegular = 0xFFFFFFFA;

    private readonly Stream _file;
    private readonly int _sectorBytes;
    private readonly uint[] _next;
    private readonly uint _smallTable;

    private CompoundFile(Stream file, ReadOnlySpan<byte> header)
    {
        _file = file;
        // Version 3 has sectors of 512 bytes, version 4 of 4,096; there is no other.
        _sectorBytes = BinaryPrimitives.ReadUInt16LittleEndian(header[0x1E..]) switch
        {
            9 => 512,
            12 => 4_096,
            _ => throw Damaged(),
        };
        _next = ReadTable(header);
        _smallTable = Number(header, 0x3C);
        Entries = ReadEntries(Number(header, 0x30));
    }

    /// <param name="Kind">1 storage, 2 stream, 5 root.</param>
    internal sealed record Entry(string Name, int Kind, uint Start, long Bytes);

    public IReadOnlyList<Entry> Entries { get; }

    public static bool IsOne(ReadOnlySpan<byte> start) =>
        start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);

    /// <exception cref="TableRefusedException">It is damaged.</exception>
    public static CompoundFile Open(Stream file)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        file.Position = 0;
        return file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes && IsOne(header)
            ? new CompoundFile(file, header)
            : throw Damaged();
    }

    public Stream OpenStream(Entry entry)
    {
        if (entry.Bytes < SmallStream)
        {
            return OpenSmallStream(entry);
        }

        var chain = Chain(entry.Start, _next);
        return entry.Bytes <= (long)chain.Count * _sectorBytes
            ? new SectorStream(_file, chain, _sectorBytes, entry.Bytes)
            : throw Damaged();
    }

    internal static TableRefusedException Damaged() => new(TableFaults.Damaged("xls"));

    /// <summary>Short streams lie together in the root's stream, in sectors and with a table of their own.</summary>
    private MemoryStream OpenSmallStream(Entry entry)
    {
        var table = new List<uint>();
        var sector = new byte[_sectorBytes];
        foreach (var number in Chain(_smallTable, _next))
        {
            ReadSector(number, sector);
            AddNumbers(sector, _sectorBytes, table);
        }

        var root = Entries.FirstOrDefault(e => e.Kind == 5) ?? throw Damaged();
        var all = Chain(root.Start, _next);
        var content = new MemoryStream();
        foreach (var small in Chain(entry.Start, [.. table]))
        {
            var (at, inside) = Math.DivRem((long)small * SmallSector, _sectorBytes);
            if (at >= all.Count)
            {
                throw Damaged();
            }

            ReadSector(all[(int)at], sector);
            content.Write(sector, (int)inside, SmallSector);
        }

        content.SetLength(entry.Bytes <= content.Length ? entry.Bytes : throw Damaged());
        content.Position = 0;
        return content;
    }

    /// <summary>The allocation table: for each sector the one that follows it.</summary>
    private uint[] ReadTable(ReadOnlySpan<byte> header)
    {
        var inFile = (_file.Length + _sectorBytes - 1) / _sectorBytes;
        var tables = new List<uint>();
        for (var i = 0; i < SectorsInHeader; i++)
        {
            tables.Add(Number(header, 0x4C + (i * 4)));
        }

        var more = Number(header, 0x44);
        var sector = new byte[_sectorBytes];
        while (more < LastRegular)
        {
            ReadSector(more, sector);
            AddNumbers(sector, _sectorBytes - 4, tables);

            // More tables than sectors: the list of tables runs in a circle.
            more = tables.Count <= inFile + SectorsInHeader + _sectorBytes ? Number(sector, _sectorBytes - 4) : throw Damaged();
        }

        var used = tables.Where(t => t < LastRegular).ToList();
        if (used.Count > inFile || used.Count != used.Distinct().Count())
        {
            throw Damaged();
        }

        var next = new List<uint>();
        foreach (var table in used)
        {
            ReadSector(table, sector);
            AddNumbers(sector, _sectorBytes, next);
        }

        return [.. next];
    }

    private List<Entry> ReadEntries(uint start)
    {
        var entries = new List<Entry>();
        var sector = new byte[_sectorBytes];
        foreach (var number in Chain(start, _next))
        {
            ReadSector(number, sector);
            for (var at = 0; at < _sectorBytes; at += EntryBytes)
            {
                if (sector[at + 0x42] != 0)
                {
                    entries.Add(ReadEntry(sector.AsSpan(at, EntryBytes)));
                }
            }

            if (entries.Count > MaxEntries)
            {
                throw Damaged();
            }
        }

        return entries;
    }

    private static Entry ReadEntry(ReadOnlySpan<byte> entry)
    {
        var bytes = Math.Clamp(BinaryPrimitives.ReadUInt16LittleEndian(entry[0x40..]) - 2, 0, 62) & ~1;
        // The upper half of the length is rubbish in files of version 3, and no stream here is longer than 4 GiB.
        return new Entry(Encoding.Unicode.GetString(entry[..bytes]), entry[0x42], Number(entry, 0x74), Number(entry, 0x78));
    }

    private static List<uint> Chain(uint start, uint[] next)
    {
        var chain = new List<uint>();
        for (var sector = start; sector < LastRegular; sector = next[sector])
        {
            chain.Add(sector);
            if (sector >= next.Length || chain.Count > next.Length)
            {
                throw Damaged();
            }
        }

        return chain;
    }

    private void ReadSector(uint number, byte[] sector)
    {
        var at = (number + 1L) * _sectorBytes;
        // Beyond the end there is nothing to go to; the last sector of a file may be cut short.
        _file.Position = at < _file.Length ? at : throw Damaged();
        sector.AsSpan(_file.ReadAtLeast(sector, _sectorBytes, throwOnEndOfStream: false)).Clear();
    }

    private static void AddNumbers(byte[] sector, int bytes, List<uint> numbers)
    {
        for (var at = 0; at < bytes; at += 4)
        {
            numbers.Add(Number(sector, at));
        }
    }

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);
}
