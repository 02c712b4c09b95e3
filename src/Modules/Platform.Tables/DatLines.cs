namespace Platform.Tables;

/// <summary>The lines of a .dat as bytes, which end with LF or CR LF; LF is part of no longer character, in UTF-8 nor in GB 18030.</summary>
/// <param name="skip">Bytes before the first line (a byte order mark).</param>
internal sealed class DatLines(Stream file, int skip, TableLimits limits)
{
    private readonly byte[] _buffer = new byte[Math.Max(64 * 1024, limits.LineBytes * 2)];
    private int _start;
    private int _end;

    /// <summary>Each line is valid until the next is asked for.</summary>
    /// <exception cref="TableRefusedException">A line, or their number, is over the limit.</exception>
    public IEnumerable<(int Line, ReadOnlyMemory<byte> Bytes, bool CarriageReturn)> Read()
    {
        file.Position = skip;
        for (var line = 1; ; line++)
        {
            var length = NextLength();
            if (length < 0)
            {
                yield break;
            }

            if (length > limits.LineBytes)
            {
                throw new TableRefusedException(TableFaults.LongLine(line, limits.LineBytes));
            }

            if (line > limits.Rows)
            {
                throw new TableRefusedException(TableFaults.TooManyRows(limits.Rows));
            }

            var bytes = _buffer.AsMemory(_start, length);
            _start = Math.Min(_start + length + 1, _end);
            var carriageReturn = length > 0 && bytes.Span[^1] == '\r';
            yield return (line, carriageReturn ? bytes[..^1] : bytes, carriageReturn);
        }
    }

    /// <summary>The bytes up to the next line end, which are then in the buffer; -1 at the end of the file.</summary>
    private int NextLength()
    {
        var looked = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_start + looked, _end - _start - looked).IndexOf((byte)'\n');
            if (at >= 0)
            {
                return looked + at;
            }

            looked = _end - _start;
            if (looked > limits.LineBytes || !Fill())
            {
                return looked == 0 ? -1 : looked;
            }
        }
    }

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = file.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
