using System.Net;
using Issuance.Cards;

namespace Api.Tests.Platform.Documents;

/// <summary>What the style sheet is for, seen on the printed pages.</summary>
public sealed class PrintedPageTests
{
    private const int Cards = 70;

    /// <summary>An A4 page's and a slip's margins, in points.</summary>
    private const double Margin = 31;

    [Fact]
    [Trait("Requirement", "PL-05.1")]
    public async Task Later_pages_name_their_document_and_repeat_the_head_of_the_table_and_signatures_stay_with_their_lines()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var main = await counter.IssuedCard(CardType.OrganisationMain);
        await counter.Collected(main, 100_000);
        var cards = new List<IssuedCard> { main };
        while (cards.Count < Cards)
        {
            cards.Add(await counter.AnotherCard(main, CardType.OrganisationSub));
        }

        var body = new
        {
            cardSessionId = await counter.PresentMain(main),
            lines = cards.Select(c => new { cardNumber = c.Number, amount = 100 }),
        };
        var booked = (await counter.Cashier.Post($"/v1/customers/{main.CustomerCode}/allocations", body)).Is(HttpStatusCode.Created);

        var pages = await Printed(counter, booked.SerialNumber, "allocation-form");

        Assert.InRange(pages.Count, 2, Cards / 10);
        Assert.All(pages, p => Assert.Contains(booked.SerialNumber, p.Text, StringComparison.Ordinal));
        Assert.All(pages, p => Assert.Contains("备付金余额", p.Text, StringComparison.Ordinal));
        Assert.All(pages.Index(), p => Assert.Contains($"第{p.Index + 1}页/共{pages.Count}页", p.Item.Text, StringComparison.Ordinal));
        var whole = string.Concat(pages.Select(p => p.Text));
        Assert.All(cards, c => Assert.Contains(c.Number, whole, StringComparison.Ordinal));
        Assert.Contains("申请人（签章）", pages[^1].Text, StringComparison.Ordinal);
        Assert.InRange(cards.Count(c => pages[^1].Text.Contains(c.Number, StringComparison.Ordinal)), 2, Cards);
    }

    [Fact]
    [Trait("Requirement", "PL-05.1")]
    public async Task A_long_value_without_a_blank_wraps_within_the_paper()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var card = await counter.IssuedCard();
        var payment = TestCounter.Payment(100);
        payment["remark"] = new string('W', 150);
        var booked = await counter.Cashier.Post($"/v1/cards/{card.Number}/collections", payment);

        var page = Assert.Single(await Printed(counter, booked.Is(HttpStatusCode.Created).SerialNumber, "advance-receipt"));

        // None is lost; the reader of the page may give the letter at a break twice.
        Assert.InRange(page.Text.Count(c => c == 'W'), 150, 160);
        Assert.All(page.Words, w => Assert.InRange(w.Right, w.Left, page.Width - Margin));
    }

    private static async Task<IReadOnlyList<PrintedPage>> Printed(TestCounter counter, string serial, string kind)
    {
        var clerk = await PaperClerk.At(counter);
        // On a busy machine making a page may take longer than the API waits; it then says to ask again.
        var pdf = await Eventually.Holds(
            () => clerk.Show(serial, kind, PaperClerk.Pdf),
            shown => shown.Status != HttpStatusCode.ServiceUnavailable
        );
        Assert.Equal(HttpStatusCode.OK, pdf.Status);
        return await PrintedPage.Of(pdf.Bytes);
    }
}
