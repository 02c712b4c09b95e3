using System.IO.Compression;

namespace Platform.Tables;

/// <summary>Counts what the parts of one workbook really inflate to; what their headers say is not believed.</summary>
internal sealed class InflatingBudget(TableLimits limits)
{
    private const long SmallPart = 4 * 1024 * 1024;

    private long _left = limits.InflatedBytes;

    /// <summary>The part's content, as a stream that refuses to give more than the budget.</summary>
    public CountedStream Count(ZipArchiveEntry part)
    {
        var byRatio = Math.Max(SmallPart, part.CompressedLength * limits.InflatedRatio);
        var shared = part.FullName.EndsWith("sharedStrings.xml", StringComparison.OrdinalIgnoreCase);
        var most = Math.Min(byRatio, shared ? limits.SharedTextBytes : long.MaxValue);
        return new CountedStream(part, most, this);
    }

    internal sealed class CountedStream(ZipArchiveEntry part, long most, InflatingBudget budget) : Stream
    {
        private readonly Stream _inner = part.Open();
        private long _left = most;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Drain()
        {
            var buffer = new byte[64 * 1024];
            while (Read(buffer) > 0)
            {
                // Counting is all.
            }
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = _inner.Read(buffer);
            _left -= read;
            budget._left -= read;
            if (_left < 0 || budget._left < 0)
            {
                throw new TableRefusedException(TableFaults.Inflates(part.FullName));
            }

            return read;
        }

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
