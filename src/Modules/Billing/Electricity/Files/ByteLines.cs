namespace Billing.Electricity.Files;

/// <summary>Reads lines that end with CR LF as bytes, through one buffer: the memory does not grow with the file.</summary>
internal sealed class ByteLines(Stream source, int mostBytes)
{
    private byte[] _buffer = new byte[Math.Max(256 * 1024, (mostBytes + 2) * 2)];
    private int _from;
    private int _to;
    private bool _ended;

    /// <summary>Why reading stopped before the end: a line too long, or one that CR LF does not end.</summary>
    public bool Broken { get; private set; }

    public int Number { get; private set; }

    /// <summary>The next line without its end; false at the end, or where <see cref="Broken"/>. It is good until the next call.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var rest = _buffer.AsSpan(_from, _to - _from);
            var end = rest.IndexOf((byte)'\n');
            if (end >= 0)
            {
                Number++;
                _from += end + 1;
                Broken = end == 0 || rest[end - 1] != (byte)'\r' || end - 1 > mostBytes;
                line = Broken ? default : rest[..(end - 1)];
                return !Broken;
            }

            if (_ended || rest.Length > mostBytes + 1)
            {
                Broken = rest.Length > 0;
                Number += Broken ? 1 : 0;
                line = default;
                return false;
            }

            Fill();
        }
    }

    private void Fill()
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = source.Read(_buffer, _to, _buffer.Length - _to);
        _to += read;
        _ended = read == 0;
    }
}
