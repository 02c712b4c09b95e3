using System.Globalization;
using System.Text;
using Billing.Electricity.Reconciliation;

namespace Api.Tests.Billing.Electricity;

public sealed class LineComparisonTests
{
    private static readonly DateOnly s_date = new(2010, 1, 5);

    [Fact]
    [Trait("Requirement", "EB-09.1"), Trait("Requirement", "EB-09.3")]
    public async Task The_five_kinds_of_difference_are_found_and_nothing_else()
    {
        var agreed = Line(1, 40_000);
        List<CollectionLine> bank = [agreed, Line(2, 100), Line(4, 300), Line(5, 400), Line(6, 500), Line(8, 700, 'C'), Line(9, 1, 'C')];
        List<CollectionLine> power =
        [
            Line(9, 2, 'C'),
            Line(6, 500),
            Line(6, 500) with
            {
                PowerSerial = "P-second",
            },
            Line(5, 400, 'C'),
            Line(4, 301),
            Line(3, 200),
            agreed,
            Line(7, 600, 'C'),
        ];

        var found = await Compare(bank, power);

        Assert.Equal(
            [
                (DifferenceKind.BankOnly, Serial(2)),
                (DifferenceKind.PowerOnly, Serial(3)),
                (DifferenceKind.Amount, Serial(4)),
                (DifferenceKind.State, Serial(5)),
                (DifferenceKind.Twice, Serial(6)),
            ],
            found.Select(f => (f.Kind, (f.Bank ?? f.Power)!.BankSerial))
        );
        Assert.Equal((300, 301), (found[2].Bank!.Total, found[2].Power!.Total));
        Assert.Equal("P-second", found[4].Power!.PowerSerial);
    }

    [Fact]
    [Trait("Requirement", "EB-09.3")]
    public async Task A_line_without_our_serial_number_is_known_by_customer_receivable_total_and_occurrence()
    {
        var nameless = Line(1, 40_000) with { BankSerial = "" };
        Assert.Empty(await Compare([nameless, nameless], [nameless, nameless with { PowerSerial = "other" }]));
        var found = await Compare([nameless], [nameless, nameless, nameless with { Total = 1, Principal = 1 }]);
        Assert.Equal([DifferenceKind.PowerOnly, DifferenceKind.Twice], found.Select(f => f.Kind).Order());
        Assert.Equal(2, found.Count);
    }

    [Fact]
    [Trait("Requirement", "EB-09.1")]
    public async Task Random_files_give_what_a_plain_comparison_gives()
    {
        var random = new Random(20100105);
        for (var round = 0; round < 40; round++)
        {
            var all = Enumerable
                .Range(0, random.Next(400))
                .Select(i => Line(random.Next(300) + 1, 100 + random.Next(2)))
                .DistinctBy(l => l.BankSerial)
                .ToList();
            var bank = all.Where(_ => random.Next(10) > 0).OrderBy(_ => random.Next()).ToList();
            var power = all.Where(_ => random.Next(10) > 0)
                .Select(l => random.Next(8) == 0 ? l with { Total = l.Total + 7, Principal = l.Principal + 7 } : l)
                .Select(l => random.Next(8) == 0 ? l with { State = 'C' } : l)
                .OrderBy(_ => random.Next())
                .ToList();

            var found = (await Compare(bank, power)).Select(f => (f.Kind, (f.Bank ?? f.Power)!.BankSerial)).ToList();

            Assert.Equal(Plain(bank, power), found);
        }
    }

    [Theory]
    [InlineData("T|1|400.00|0|0.00", "T|1|400.01|0|0.00")]
    [InlineData("|1|400.00|0|0.00\r\nR", "|2|400.00|0|0.00\r\nR")]
    [InlineData("|S\r\n", "|X\r\n")]
    [InlineData("|400.00|0.00|400.00|", "|400.00|0,00|400.00|")]
    [InlineData("T|1|400.00|0|0.00\r\n", "")]
    [Trait("Requirement", "EB-09.1")]
    public async Task A_file_whose_sums_or_lines_are_wrong_is_refused(string part, string instead)
    {
        var good = Encoding.ASCII.GetString(await File("DZBNK", [Line(1, 40_000)]));
        var bad = good.Replace(part, instead, StringComparison.Ordinal);
        Assert.NotEqual(good, bad);
        using var sorter = new LineSorter();
        Assert.Throws<LineFileException>(() => LineFileSorter.Read(new MemoryStream(Encoding.ASCII.GetBytes(bad)), sorter));
    }

    [Fact]
    [Trait("Requirement", "EB-09.1")]
    public async Task A_reconciliation_file_is_written_byte_by_byte() =>
        Assert.Equal(
            "H|1.0|DZBNK|0006|37010|20100105|1|400.00|1|1.00\r\n"
                + $"R|20100105|{Serial(1)}|DL1|0123456789|YS1|200912|390.00|10.00|400.00|01|20100105093000|S\r\n"
                + $"R|20100105|{Serial(2)}|DL2|0123456789|YS2|200912|0.90|0.10|1.00|01|20100105093000|C\r\n"
                + "T|1|400.00|1|1.00\r\n",
            Encoding.ASCII.GetString(
                await File(
                    "DZBNK",
                    [Line(1, 40_000) with { Principal = 39_000, LateFee = 1_000 }, Line(2, 100, 'C') with { Principal = 90, LateFee = 10 }]
                )
            )
        );

    /// <summary>The sorted blocks lie on disk; for each of them the merge holds a page.</summary>
    [Fact]
    [Trait("Requirement", "EB-09.2")]
    public void A_line_more_allocates_at_most_forty_bytes()
    {
        var (few, many) = (Allocated(40_000), Allocated(400_000));
        Assert.True(many - few < 40 * 360_000, $"{few} bytes for 40,000 lines and {many} for 400,000.");
    }

    private static long Allocated(int lines)
    {
        var file = Agreeing(lines);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var ours = new LineSorter();
        using var theirs = new LineSorter();
        LineFileSorter.Read(new MemoryStream(file), ours);
        LineFileSorter.Read(new MemoryStream(file), theirs);
        Assert.Empty(LineComparison.Compare(ours.Sorted(), theirs.Sorted()));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Lines in an order that sorting has to change.</summary>
    private static byte[] Agreeing(int lines)
    {
        using var file = new MemoryStream();
        var sums = new LineSums(lines, lines * 100L, 0, 0);
        using (var writer = new StreamWriter(file, Encoding.ASCII, leaveOpen: true) { NewLine = "\r\n" })
        {
            writer.WriteLine($"H|1.0|DZBNK|0006|37010|20100105|{sums}");
            for (var i = 0; i < lines; i++)
            {
                writer.WriteLine(
                    $"R|20100105|{Serial((i * 7919L % lines) + 1)}|DL1|0123456789|YS1|200912|1.00|0.00|1.00|01|20100105093000|S"
                );
            }

            writer.WriteLine($"T|{sums}");
        }

        return file.ToArray();
    }

    private static List<(DifferenceKind, string)> Plain(List<CollectionLine> bank, List<CollectionLine> power)
    {
        var (ours, theirs) = (bank.ToDictionary(l => l.BankSerial), power.ToDictionary(l => l.BankSerial));
        var found = new List<(DifferenceKind, string)>();
        foreach (var serial in ours.Keys.Union(theirs.Keys).Order(StringComparer.Ordinal))
        {
            var (one, other) = (ours.GetValueOrDefault(serial), theirs.GetValueOrDefault(serial));
            if (one is null || other is null)
            {
                if ((one ?? other)!.State == 'S')
                {
                    found.Add((one is null ? DifferenceKind.PowerOnly : DifferenceKind.BankOnly, serial));
                }
            }
            else if (one.State != other.State)
            {
                found.Add((DifferenceKind.State, serial));
            }
            else if (one.State == 'S' && one.Total != other.Total)
            {
                found.Add((DifferenceKind.Amount, serial));
            }
        }

        return found;
    }

    private static async Task<List<FoundDifference>> Compare(List<CollectionLine> bank, List<CollectionLine> power)
    {
        var found = new List<FoundDifference>();
        await FileComparison.Run(
            new MemoryStream(await File("DZBNK", bank)),
            new MemoryStream(await File("DZPWR", power)),
            d =>
            {
                found.Add(d);
                return Task.CompletedTask;
            }
        );
        return found;
    }

    private static async Task<byte[]> File(string kind, List<CollectionLine> lines)
    {
        using var file = new MemoryStream();
        var sums = lines.Aggregate(default(LineSums), (s, l) => s.Plus(l.Total, l.State == 'C'));
        await using (var writer = new LineFileWriter(file))
        {
            await writer.Header(new LineFileHeader(kind, "0006", "37010", s_date, sums));
            foreach (var line in lines)
            {
                await writer.Line(line);
            }

            await writer.Trailer(sums);
        }

        return file.ToArray();
    }

    private static string Serial(long number) => number.ToString("D20", CultureInfo.InvariantCulture);

    private static CollectionLine Line(int number, long total, char state = 'S') =>
        new(s_date, Serial(number), $"DL{number}", "0123456789", $"YS{number}", "200912", total, 0, total, "01", "20100105093000", state);
}
