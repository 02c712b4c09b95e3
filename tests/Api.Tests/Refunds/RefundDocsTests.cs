using Api.Tests.Platform;
using Refunds.Refundable;

namespace Api.Tests.Refunds;

public sealed class RefundDocsTests
{
    [Fact]
    [Trait("Requirement", "FC-26.6")]
    public async Task The_page_about_refunds_shows_the_table_of_ways()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(OpenApiTests.Root(), "docs", "refunds.md"));

        Assert.Contains(RefundWays.Markdown(), page.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }
}
