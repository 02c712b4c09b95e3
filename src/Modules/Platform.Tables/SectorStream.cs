namespace Platform.Tables;

/// <summary>A stream of a <see cref="CompoundFile"/>, forwards, sector by sector.</summary>
internal sealed class SectorStream(Stream file, IReadOnlyList<uint> sectors, int sectorBytes, long length) : Stream
{
    private readonly byte[] _sector = new byte[sectorBytes];
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var inSector = (int)(_position % sectorBytes);
        var count = (int)Math.Min(Math.Min(buffer.Length, sectorBytes - inSector), length - _position);
        if (count <= 0)
        {
            return 0;
        }

        if (inSector == 0)
        {
            Fill(sectors[(int)(_position / sectorBytes)]);
        }

        _sector.AsSpan(inSector, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Fill(uint sector)
    {
        file.Position = (sector + 1L) * sectorBytes;
        var read = file.ReadAtLeast(_sector, sectorBytes, throwOnEndOfStream: false);
        _sector.AsSpan(read).Clear();
    }
}
