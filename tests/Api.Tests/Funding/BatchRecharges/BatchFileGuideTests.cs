using System.Text;
using Api.Tests.Platform;

namespace Api.Tests.Funding.BatchRecharges;

/// <summary>The files that docs/batch-file.md shows are taken as they stand there.</summary>
public sealed class BatchFileGuideTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-20.1")]
    public async Task The_files_of_the_guide_are_taken(Database database)
    {
        var files = Files();
        Assert.Equal(2, files.Count);
        await using var host = await TestHost.Start(database);
        await using var counter = await TestCounter.Open(host);
        var desk = await RechargeDesk.Open(counter, ["6200000000000013", "6200000000000021"], unitFen: 0);

        var separated = await desk.Checked(files[0]);
        var fixedColumns = await desk.Checked(files[1]);

        Assert.Equal(("submitted", 2, 15_050), (separated["state"], separated.Number("lines"), separated.Number("amount")));
        Assert.Equal("月度, 车队", (await desk.Lines(separated.SerialNumber))[1]["remark"]);
        Assert.Equal(("submitted", 1, 10_000), (fixedColumns["state"], fixedColumns.Number("lines"), fixedColumns.Number("amount")));
        var line = Assert.Single(await desk.Lines(fixedColumns.SerialNumber));
        Assert.Equal(("张三", "月度"), (line["holderName"], line["remark"]));
    }

    /// <summary>What stands between the fences.</summary>
    private static List<byte[]> Files()
    {
        var guide = File.ReadAllText(Path.Combine(OpenApiTests.Root(), "docs", "batch-file.md"));
        return [.. guide.Split("```\n").Index().Where(p => p.Index % 2 == 1).Select(p => Encoding.UTF8.GetBytes(p.Item))];
    }
}
