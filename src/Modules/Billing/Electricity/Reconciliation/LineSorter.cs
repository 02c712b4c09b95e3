using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Billing.Electricity.Reconciliation;

/// <summary>
/// Sorts lines by a key on disk: blocks of a fixed size are sorted in memory and written out, and read back merged. However many lines there are, the
/// memory is one block and a page for each of those written.
/// </summary>
internal sealed class LineSorter : IDisposable
{
    private const int Block = 16 * 1024 * 1024;
    private const int MostLines = Block / 32;
    private const int Head = 6;

    private readonly FileStream _runs = ScratchFile.Open();
    private readonly List<(long From, long To)> _places = [];
    private byte[]? _block = new byte[Block];
    private byte[]? _sorted = new byte[Block];
    private ulong[] _prefixes = new ulong[4096];
    private int[] _offsets = new int[4096];
    private readonly Comparison<int> _byKey;
    private int _used;
    private int _count;

    public LineSorter() => _byKey = (one, other) => KeyAt(one).SequenceCompareTo(KeyAt(other));

    /// <summary>Adds a line; key and line together have at most some hundred bytes.</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> line)
    {
        var size = Head + key.Length + line.Length;
        if (_used + size > Block || _count == MostLines)
        {
            Spill();
        }

        if (_count == _offsets.Length)
        {
            Array.Resize(ref _offsets, _count * 2);
            Array.Resize(ref _prefixes, _count * 2);
        }

        var record = _block.AsSpan(_used, size);
        BinaryPrimitives.WriteUInt16LittleEndian(record, checked((ushort)key.Length));
        BinaryPrimitives.WriteInt32LittleEndian(record[2..], line.Length);
        key.CopyTo(record[Head..]);
        line.CopyTo(record[(Head + key.Length)..]);
        (_prefixes[_count], _offsets[_count]) = (Prefix(key), _used);
        _used += size;
        _count++;
    }

    /// <summary>All lines in the order of their keys. Nothing can be added any more.</summary>
    public SortedLines Sorted()
    {
        Spill();
        (_block, _sorted) = (null, null);
        (_prefixes, _offsets) = ([], []);
        return new SortedLines(_runs.SafeFileHandle, _places);
    }

    public void Dispose() => _runs.Dispose();

    /// <summary>Orders keys before their bytes do: a serial number's nineteen digits as one number. What has none comes last.</summary>
    public static ulong Prefix(ReadOnlySpan<byte> key)
    {
        const int digits = 19;
        if (key.Length < digits)
        {
            return ulong.MaxValue;
        }

        ulong number = 0;
        for (var i = 0; i < digits; i++)
        {
            var digit = (uint)(key[i] - '0');
            if (digit > 9)
            {
                return ulong.MaxValue;
            }

            number = (number * 10) + digit;
        }

        return number;
    }

    private ReadOnlySpan<byte> KeyAt(int offset) =>
        _block.AsSpan(offset + Head, BinaryPrimitives.ReadUInt16LittleEndian(_block.AsSpan(offset)));

    private int SizeAt(int offset) =>
        Head
        + BinaryPrimitives.ReadUInt16LittleEndian(_block.AsSpan(offset))
        + BinaryPrimitives.ReadInt32LittleEndian(_block.AsSpan(offset + 2));

    private void Spill()
    {
        if (_count == 0)
        {
            return;
        }

        Array.Sort(_prefixes, _offsets, 0, _count);
        SortEqual();
        var at = 0;
        for (var i = 0; i < _count; i++)
        {
            var size = SizeAt(_offsets[i]);
            _block.AsSpan(_offsets[i], size).CopyTo(_sorted.AsSpan(at));
            at += size;
        }

        var from = _runs.Length;
        RandomAccess.Write(_runs.SafeFileHandle, _sorted.AsSpan(0, at), from);
        _places.Add((from, from + at));
        (_used, _count) = (0, 0);
    }

    /// <summary>Numbers were sorted; those that are alike go by all bytes of their keys.</summary>
    private void SortEqual()
    {
        for (var i = 0; i < _count; )
        {
            var end = i + 1;
            while (end < _count && _prefixes[end] == _prefixes[i])
            {
                end++;
            }

            if (end - i > 1)
            {
                _offsets.AsSpan(i, end - i).Sort(_byKey);
            }

            i = end;
        }
    }
}

/// <summary>Lines in the order of their keys, read from the sorted blocks at once. Key and line are good until the next call.</summary>
internal sealed class SortedLines
{
    private readonly PriorityQueue<Run, Place> _next = new(PlaceOrder.Instance);
    private Run? _current;

    public SortedLines(SafeFileHandle file, IReadOnlyList<(long From, long To)> places)
    {
        foreach (var (from, to) in places)
        {
            var run = new Run(file, from, to);
            if (run.Next())
            {
                _next.Enqueue(run, run.At);
            }
        }
    }

    public bool Ended => _current is null;

    public ReadOnlySpan<byte> Key => _current!.Key;

    public ReadOnlySpan<byte> Line => _current!.Line;

    /// <summary>Below zero where this side's key comes first; the end comes last.</summary>
    public static int Compare(SortedLines one, SortedLines other) =>
        one.Ended ? (other.Ended ? 0 : 1)
        : other.Ended ? -1
        : PlaceOrder.Instance.Compare(one._current!.At, other._current!.At);

    public bool Next()
    {
        if (_current is not null && _current.Next())
        {
            _current = _next.Count == 0 ? _current : _next.EnqueueDequeue(_current, _current.At);
            return true;
        }

        _current = _next.TryDequeue(out var run, out _) ? run : null;
        return _current is not null;
    }

    private readonly record struct Place(ulong Prefix, Run Run);

    private sealed class PlaceOrder : IComparer<Place>
    {
        public static readonly PlaceOrder Instance = new();

        public int Compare(Place x, Place y) =>
            x.Prefix != y.Prefix ? x.Prefix.CompareTo(y.Prefix) : x.Run.Key.SequenceCompareTo(y.Run.Key);
    }

    private sealed class Run(SafeFileHandle file, long from, long to)
    {
        private const int Page = 256 * 1024;
        private const int Head = 6;

        private readonly byte[] _page = new byte[Page];
        private long _from = from;
        private int _at;
        private int _end;
        private int _key;
        private int _line;

        public Place At => new(LineSorter.Prefix(Key), this);

        public ReadOnlySpan<byte> Key => _page.AsSpan(_at + Head, _key);

        public ReadOnlySpan<byte> Line => _page.AsSpan(_at + Head + _key, _line);

        public bool Next()
        {
            _at += _key + _line + (_key + _line == 0 ? 0 : Head);
            if (!Holds(Head) || !ReadHead() || !Holds(Head + _key + _line))
            {
                (_key, _line) = (0, 0);
                return false;
            }

            return true;
        }

        private bool ReadHead()
        {
            _key = BinaryPrimitives.ReadUInt16LittleEndian(_page.AsSpan(_at));
            _line = BinaryPrimitives.ReadInt32LittleEndian(_page.AsSpan(_at + 2));
            return true;
        }

        private bool Holds(int bytes)
        {
            if (_end - _at >= bytes)
            {
                return true;
            }

            _page.AsSpan(_at, _end - _at).CopyTo(_page);
            (_at, _end) = (0, _end - _at);
            var most = (int)Math.Min(Page - _end, to - _from);
            var read = most == 0 ? 0 : RandomAccess.Read(file, _page.AsSpan(_end, most), _from);
            (_from, _end) = (_from + read, _end + read);
            return _end >= bytes;
        }
    }
}
