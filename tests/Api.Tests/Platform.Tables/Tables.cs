using Platform.Tables;

namespace Api.Tests.Platform.Tables;

/// <summary>Files written and read back, for the tests of tables.</summary>
internal static class Tables
{
    public static readonly IReadOnlyList<int> Widths = [20, 15, 60, 150];

    public static readonly DatLayout[] Layouts =
    [
        .. from encoding in Enum.GetValues<DatEncoding>()
        from separator in (char?[])[',', '\t', '|', null]
        from carriageReturn in (bool[])[false, true]
        select new DatLayout(encoding, separator, carriageReturn),
    ];

    public static List<TableRow> Read(Stream file, TableFormat format, TableLimits? limits = null)
    {
        file.Position = 0;
        return [.. TableReader.Open(file, format, limits ?? new TableLimits(), Widths).Rows];
    }

    public static TableFault Refused(Stream file, TableFormat format, TableLimits? limits = null) =>
        Assert.Throws<TableRefusedException>(() => Read(file, format, limits)).Fault;

    public static async Task<MemoryStream> Write(TableFormat format, DatLayout? layout, IEnumerable<string[]> rows)
    {
        var file = new MemoryStream();
        await using var target = new OnlyAsynchronous(file);
        await using var table = format switch
        {
            TableFormat.Xls => await TableWriter.Xls(target, "清单", [], CancellationToken.None),
            TableFormat.Xlsx => TableWriter.Xlsx(target, "清单", []),
            _ => TableWriter.Dat(target, layout!, Widths),
        };
        foreach (var row in rows)
        {
            await table.WriteRow([.. row.Select(TableCell.Text)], CancellationToken.None);
        }

        await table.Complete(CancellationToken.None);
        return file;
    }
}

/// <summary>An answer on its way: it cannot seek, and a write that blocks is a mistake.</summary>
internal sealed class OnlyAsynchronous(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        inner.WriteAsync(buffer, offset, count, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer, cancellationToken);

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("A write that blocks.");

    public override void Flush() => throw new InvalidOperationException("A flush that blocks.");

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
