using System.IO.Compression;
using Platform.Tables;
using TestRuns;

namespace Api.Tests.Platform.Tables;

/// <summary>Thousands of damaged files end in rows or in the one refusal: never in another exception, never over the limits (FC-20.2).</summary>
[Trait("Requirement", "FC-20.2")]
public sealed class TableFuzzTests
{
    private static readonly TableLimits s_limits = new()
    {
        Rows = 500,
        InflatedBytes = 4 * 1024 * 1024,
        SharedTextBytes = 1024 * 1024,
    };

    [Theory]
    [InlineData("Xls", 3_000, 11)]
    [InlineData("Xlsx", 1_500, 12)]
    [InlineData("utf8/comma/lf", 3_000, 13)]
    [InlineData("gb18030/fixed/crlf", 3_000, 14)]
    public async Task Damaged_files_end_in_rows_or_in_the_refusal(string format, int times, int seed)
    {
        var workbook = Enum.TryParse<TableFormat>(format, out var kind);
        kind = workbook ? kind : TableFormat.Dat;
        var rows = Enumerable
            .Range(0, 60)
            .Select(i => new[] { $"62000000{i:D8}", $"{i}.50", i % 3 == 0 ? "张三" : "李四 & \"co\"", "备注,a|b" });
        var whole = (await Tables.Write(kind, workbook ? null : DatLayout.Parse(format), rows)).ToArray();
        var (random, read) = (new Random(seed), 0);
        times = RandomRuns.Times(times);
        for (var i = 0; i < times; i++)
        {
            read += ReadsOrRefuses(Damaged(whole, random), kind) ? 1 : 0;
        }

        // A fuzz whose files are all refused at the door tries nothing behind it.
        Assert.InRange(read, times / 50, times - 1);
    }

    [Fact]
    public async Task Damaged_parts_in_a_sound_zip_end_in_rows_or_in_the_refusal()
    {
        var whole = await Tables.Write(TableFormat.Xlsx, null, Enumerable.Range(0, 20).Select(i => new[] { $"6200{i}", "1.50", "张三" }));
        var parts = new Dictionary<string, byte[]>();
        using (var zip = new ZipArchive(whole, ZipArchiveMode.Read, leaveOpen: true))
        {
            foreach (var part in zip.Entries)
            {
                using var content = new MemoryStream();
                await using var stream = await part.OpenAsync();
                await stream.CopyToAsync(content);
                parts[part.FullName] = content.ToArray();
            }
        }

        var times = RandomRuns.Times(2_000);
        var (random, read) = (new Random(15), 0);
        var names = parts.Keys.Order(StringComparer.Ordinal).ToList();
        for (var i = 0; i < times; i++)
        {
            var damaged = names[random.Next(names.Count)];
            using var file = new MemoryStream();
            using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, content) in parts)
                {
                    await using var part = await zip.CreateEntry(name, CompressionLevel.NoCompression).OpenAsync();
                    await part.WriteAsync(name == damaged ? Damaged(content, random) : content);
                }
            }

            read += ReadsOrRefuses(file.ToArray(), TableFormat.Xlsx) ? 1 : 0;
        }

        Assert.InRange(read, times / 50, times - 1);
    }

    private static bool ReadsOrRefuses(byte[] file, TableFormat format)
    {
        try
        {
            var rows = Tables.Read(new MemoryStream(file), format, s_limits);
            Assert.InRange(rows.Count, 0, s_limits.Rows);
            Assert.All(rows, r => Assert.All(r.Cells, c => Assert.InRange(c.Length, 0, s_limits.CellCharacters)));
            return true;
        }
        catch (TableRefusedException e)
        {
            Assert.NotEmpty(e.Fault.Zh);
            return false;
        }
    }

    /// <summary>Bytes changed, stretches taken out, doubled or filled, the end cut off.</summary>
    private static byte[] Damaged(byte[] whole, Random random)
    {
        var file = whole.ToList();
        for (var changes = random.Next(1, 4); changes > 0 && file.Count > 8; changes--)
        {
            var at = random.Next(file.Count);
            var length = Math.Min(random.Next(1, 40), file.Count - at);
            switch (random.Next(6))
            {
                case 0 or 1:
                    file[at] = (byte)random.Next(256);
                    break;
                case 2:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 3:
                    file.RemoveRange(at, length);
                    break;
                case 4:
                    file.InsertRange(at, file.GetRange(at, length));
                    break;
                default:
                    for (var i = at; i < at + Math.Min(length, 4); i++)
                    {
                        file[i] = (byte)(random.Next(2) * 255);
                    }

                    break;
            }
        }

        return [.. file];
    }
}
