using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Api.Tests.Issuance;

public sealed class GetBlacklistTests
{
    private const int Writers = 16;
    private const int CardsEach = 4;

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.2")]
    public async Task Lost_blocked_and_closed_cards_are_on_it_and_those_found_again_leave_it_by_a_later_version(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var counter = await TestCounter.Open(host);
        var (lost, blocked) = (await counter.IssuedCard(), await counter.IssuedCard());
        Assert.Equal((0, 0), Size(await Fetch(counter, "")));
        (await CardStatesTests.Lose(counter, lost)).Is(HttpStatusCode.OK);
        (await counter.Cashier.Post($"/v1/cards/{blocked.Number}/blocks", new { })).Is(HttpStatusCode.OK);

        var whole = await Fetch(counter, "");
        Assert.Equal((2, 2), Size(whole));
        Assert.Equal([(lost.Number, true), (blocked.Number, true)], Changes(whole));

        var present = new { cardSessionId = await counter.Present(lost) };
        (await counter.Cashier.Post($"/v1/cards/{lost.Number}/findings", present)).Is(HttpStatusCode.OK);
        var delta = await Fetch(counter, "?since=2");
        Assert.Equal((3, 1), Size(delta));
        Assert.Equal([(lost.Number, false)], Changes(delta));
        Assert.Equal([(blocked.Number, true)], Changes(await Fetch(counter, "")));
        Assert.Equal((3, 0), Size(await Fetch(counter, "?since=3")));
        (await counter.Cashier.Get("/v1/blacklist?since=-1")).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.2")]
    public async Task Its_version_is_its_tag_and_pages_lead_to_it(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var counter = await TestCounter.Open(host);
        for (var i = 0; i < 5; i++)
        {
            (await CardStatesTests.Lose(counter, await counter.IssuedCard())).Is(HttpStatusCode.OK);
        }

        var (since, seen, pages) = (0L, 0, 0);
        for (var complete = false; !complete; pages++)
        {
            var page = await Fetch(counter, $"?since={since}&limit=2");
            seen += page["changes"]!.AsArray().Count;
            (since, complete) = (page["version"]!.GetValue<long>(), page["complete"]!.GetValue<bool>());
        }

        Assert.Equal((5, 3, 5L), (seen, pages, since));
        using var first = await Tagged(counter, null);
        Assert.Equal("\"5\"", first.Headers.ETag!.Tag);
        using var same = await Tagged(counter, "\"5\"");
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        (await CardStatesTests.Lose(counter, await counter.IssuedCard())).Is(HttpStatusCode.OK);
        using var changed = await Tagged(counter, "\"5\"");
        Assert.Equal((HttpStatusCode.OK, "\"6\""), (changed.StatusCode, changed.Headers.ETag!.Tag));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-36.2")]
    public async Task A_reader_that_saw_a_version_never_misses_what_was_before_it_while_16_write(Database database)
    {
        await using var host = await TestHost.Start(database);
        await using var other = await TestHost.Start(database, host.ConnectionString);
        await using var counter = await TestCounter.Open(host);
        var elsewhere = await counter.CashierAt(other);
        var cards = new List<IssuedCard>();
        for (var i = 0; i < Writers * CardsEach; i++)
        {
            cards.Add(await counter.IssuedCard());
        }

        var writing = Task.WhenAll(
            cards.Chunk(CardsEach).Select((some, i) => Task.Run(() => Write(i % 2 == 0 ? counter.Cashier : elsewhere, some)))
        );
        var views = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => Task.Run(() => Follow(i % 2 == 0 ? counter.Cashier : elsewhere, writing)))
        );
        await writing;

        // Each card was lost, found and lost again, but every fourth, which stays found.
        var listed = cards.Where((_, i) => i % CardsEach != 0).Select(c => c.Number).Order().ToList();
        Assert.All(views, v => Assert.Equal(listed, v.Where(c => c.Value).Select(c => c.Key).Order()));
    }

    private static async Task Write(Clerk clerk, IssuedCard[] cards)
    {
        for (var i = 0; i < cards.Length; i++)
        {
            string[] paths = i == 0 ? ["blocks", "unblocks"] : ["blocks", "unblocks", "blocks"];
            foreach (var path in paths)
            {
                (await clerk.Post($"/v1/cards/{cards[i].Number}/{path}", new { })).Is(HttpStatusCode.OK);
            }
        }
    }

    /// <summary>A station that only ever asks for what is new; ends when it has seen the version after the last writer.</summary>
    private static async Task<Dictionary<string, bool>> Follow(Clerk clerk, Task writing)
    {
        var (since, view) = (0L, new Dictionary<string, bool>());
        while (true)
        {
            var over = writing.IsCompleted;
            var page = (await clerk.Get($"/v1/blacklist?since={since}&limit=7")).Is(HttpStatusCode.OK).Body;
            var last = since;
            foreach (var change in page["changes"]!.AsArray())
            {
                var version = change!["version"]!.GetValue<long>();
                Assert.True(version > last, $"{version} comes after {last}.");
                last = version;
                view[change["cardNumber"]!.GetValue<string>()] = change["listed"]!.GetValue<bool>();
            }

            Assert.True(page["version"]!.GetValue<long>() >= last);
            since = page["version"]!.GetValue<long>();
            if (over && page["complete"]!.GetValue<bool>())
            {
                return view;
            }
        }
    }

    private static async Task<JsonNode> Fetch(TestCounter counter, string query) =>
        (await counter.Cashier.Get($"/v1/blacklist{query}")).Is(HttpStatusCode.OK).Body;

    private static async Task<HttpResponseMessage> Tagged(TestCounter counter, string? tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/blacklist");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", counter.Cashier.Token);
        if (tag is not null)
        {
            request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue(tag));
        }

        return await counter.Host.Client.SendAsync(request);
    }

    private static (long Version, int Changes) Size(JsonNode page) => (page["version"]!.GetValue<long>(), page["changes"]!.AsArray().Count);

    private static IEnumerable<(string, bool)> Changes(JsonNode page) =>
        page["changes"]!.AsArray().Select(c => (c!["cardNumber"]!.GetValue<string>(), c["listed"]!.GetValue<bool>()));
}
