// Slices: CreateTemplate, EditTemplate, DeleteTemplate, ListTemplates, GetTemplate.
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Issuance.Cards;

namespace Api.Tests.Funding;

public sealed class TemplateTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.6")]
    public async Task Templates_are_created_listed_changed_and_deleted(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.OrganisationMain);
        var sub = await counter.AnotherCard(main, CardType.OrganisationSub);
        var created = (await counter.Cashier.Post(Path(main), Body("depot", (sub, 100)))).Is(HttpStatusCode.Created);
        var at = created.Location!.OriginalString;

        var listed = (await counter.Cashier.Get(Path(main))).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
        Assert.Equal("depot", Assert.Single(listed)!["name"]!.GetValue<string>());
        (await Send(counter, HttpMethod.Put, at, Body("both", (main, 1), (sub, 2)), null)).IsRefused(
            HttpStatusCode.PreconditionRequired,
            "precondition-required"
        );
        var changed = (await Send(counter, HttpMethod.Put, at, Body("both", (main, 1), (sub, 2)), "\"0\"")).Is(HttpStatusCode.OK);
        Assert.Equal(("both", 1), (changed["name"], changed.Number("version")));
        (await Send(counter, HttpMethod.Put, at, Body("late", (main, 1)), "\"0\"")).IsRefused(
            HttpStatusCode.PreconditionFailed,
            "precondition-failed"
        );
        Assert.Equal(2, (await counter.Cashier.Get(at)).Is(HttpStatusCode.OK).Body["lines"]!.AsArray().Count);
        (await Send(counter, HttpMethod.Delete, at, null, "\"1\"")).Is(HttpStatusCode.OK);
        (await counter.Cashier.Get(at)).IsRefused(HttpStatusCode.NotFound, "template-not-found");
        Assert.Empty((await counter.Cashier.Get(Path(main))).Body["items"]!.AsArray());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.3"), Trait("Requirement", "FC-13.6")]
    public async Task A_template_fills_the_lines_by_code_and_with_the_card_present(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var sub = await counter.AnotherCard(main);
        await counter.Collected(main, 1_000);
        var templateId = (await counter.Cashier.Post(Path(main), Body("week", (main, 100), (sub, 200))))["templateId"];
        var byCode = $"/v1/customers/{main.CustomerCode}/allocations";
        var session = await counter.Present(main);

        var tried = await counter.Cashier.Post(byCode + "?dryRun=true", new { templateId });
        Assert.Equal(700, tried.Is(HttpStatusCode.OK).Number("quotaBalance"));
        (await counter.Cashier.Post(byCode, new { templateId, cardSessionId = session })).Is(HttpStatusCode.Created);
        (await counter.Cashier.Post($"/v1/card-sessions/{session}/allocations", new { templateId })).Is(HttpStatusCode.Created);
        var both = new { templateId, lines = new[] { new { cardNumber = sub.Number, amount = 1 } } };
        (await counter.Cashier.Post($"/v1/card-sessions/{session}/allocations", both)).IsRefused(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
        (await counter.Cashier.Post($"/v1/card-sessions/{session}/allocations", new { })).IsRefused(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );

        Assert.Equal((400, 200, 400), (await counter.Quota(main), await counter.Reserve(main), await counter.Reserve(sub)));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.3"), Trait("Requirement", "FC-13.6")]
    public async Task A_template_is_its_customers_own_and_for_multi_user_customers(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var other = await counter.IssuedCard(CardType.PersonalMain);
        var single = await counter.IssuedCard();
        var templateId = (await counter.Cashier.Post(Path(main), Body("week", (main, 100)))).Is(HttpStatusCode.Created)["templateId"];

        (await counter.Cashier.Post(Path(main), Body("week", (main, 1)))).IsRefused(HttpStatusCode.Conflict, "template-name-taken");
        (await counter.Cashier.Post(Path(single), Body("a", (single, 1)))).IsRefused(
            HttpStatusCode.Conflict,
            "templates-are-for-multi-user"
        );
        var foreign = await counter.Cashier.Post(Path(main), Body("b", (main, 1), (other, 1), (main, 1)));
        foreign.IsRefused(HttpStatusCode.Conflict, "allocation-lines-invalid");
        Assert.Equal(["1 other-customers-card", "2 card-twice"], foreign.Body["lines"]!.AsArray().Select(l => $"{l!["line"]} {l["code"]}"));
        (await counter.Cashier.Post($"/v1/customers/{single.CustomerCode}/allocations", new { templateId })).IsRefused(
            HttpStatusCode.Conflict,
            "templates-are-for-multi-user"
        );
        var session = await counter.Present(other);
        (await counter.Cashier.Post($"/v1/card-sessions/{session}/allocations", new { templateId })).IsRefused(
            HttpStatusCode.NotFound,
            "template-not-found"
        );
        (await counter.Cashier.Get($"{Path(other)}/{templateId}")).IsRefused(HttpStatusCode.NotFound, "template-not-found");
    }

    private static string Path(IssuedCard card) => $"/v1/customers/{card.CustomerCode}/allocation-templates";

    private static object Body(string name, params (IssuedCard Card, long Fen)[] lines) =>
        new { name, lines = lines.Select(l => new { cardNumber = l.Card.Number, amount = l.Fen }) };

    private static async Task<Answered> Send(TestCounter counter, HttpMethod method, string path, object? body, string? ifMatch)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", counter.Cashier.Token);
        if (ifMatch is not null)
        {
            request.Headers.Add("If-Match", ifMatch);
        }

        using var response = await counter.Host.Client.SendAsync(request);
        return await Answered.Of(response);
    }
}
