using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Documents;

namespace Api.Tests.Platform;

/// <summary>One rule for every text of every request, held against the description of all of them.</summary>
public sealed class PlainTextTests
{
    private static readonly string[] s_bad = ["a\r\nb", "a\tb", "ab\u202Egnp.exe", "\u2066x", "a\u0085b", "a\u2028b", "a\u0000b"];

    [Fact]
    [Trait("Requirement", "FC-01.9"), Trait("Requirement", "PL-06.2")]
    public async Task Every_text_of_every_body_is_refused_by_name_when_it_has_a_control_or_a_turn_of_direction()
    {
        var host = await TestHost.Start(Database.Sqlite);
        await using var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();
        var values = new Dictionary<string, string>
        {
            ["cardNumber"] = card.Number,
            ["customerCode"] = card.CustomerCode,
            ["serialNumber"] = await counter.Collected(card, 10_000),
        };
        var api = await ApiFile.Of(host);
        var (wrong, texts) = (new List<string>(), 0);
        foreach (var o in api.Operations.Where(o => o.BodyExample is not null))
        {
            foreach (var (field, body) in Texts(api, o))
            {
                var answer = await Send(host, counter.Cashier.Token, o, o.PathWith(values), body);
                var named = answer.Body["errors"]?[0];
                if (
                    answer.Status != HttpStatusCode.BadRequest
                    || answer.Code != "validation-failed"
                    || named?["rule"]?.GetValue<string>() != "plain-text"
                    || named["field"]?.GetValue<string>() != field
                )
                {
                    wrong.Add($"{o.Id} {field}: {(int)answer.Status} {answer.Text}");
                }

                texts++;
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
        Assert.InRange(texts, 80, int.MaxValue);
        await counter.BooksAreSound();
    }

    [Fact]
    [Trait("Requirement", "FC-01.9")]
    public async Task No_parameter_of_an_address_has_one_either()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        foreach (var bad in s_bad)
        {
            var text = Uri.EscapeDataString(bad);
            string[] paths = [$"/v1/transactions?operator={text}", $"/v1/transactions?{text}=1", $"/v1/cards/{text}"];
            // The server itself takes no NUL in a path.
            foreach (var path in bad.Contains('\0', StringComparison.Ordinal) ? paths[..2] : paths)
            {
                (await counter.Cashier.Get(path)).IsRefused(HttpStatusCode.BadRequest, "invalid-parameter");
            }
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.9")]
    public async Task Blanks_around_a_text_are_no_part_of_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var body = ChipCards.OpeningBody();
        (body["person"]!["name"], body["person"]!["certificateNumber"]) = ("\u3000 王小明 ", " 11010519491231002X ");
        var chip = Hardware.Simulators.Chip.VirtualChip.CreateBlank(global::Platform.Cards.Cryptography.Profiles.IssuerProfile.Demo);

        var started = (await counter.StartIssue(body)).Is(HttpStatusCode.Accepted);
        await counter.Run(chip, started);

        var customer = await counter.Customer(started["customerCode"]);
        Assert.Equal("王小明", customer["name"]!.GetValue<string>());
        Assert.Equal("11010519491231002X", customer["certificateNumber"]!.GetValue<string>());
    }

    [Fact]
    [Trait("Requirement", "FC-01.9")]
    public void What_is_refused_is_control_characters_line_separators_and_turns_of_direction()
    {
        Assert.All(s_bad, t => Assert.False(PlainText.Holds(t)));
        Assert.True(PlainText.Holds("王小明 O'Neil-Müller 𠮷田 ①"));
        Assert.All(Enumerable.Range(0x202A, 5).Concat(Enumerable.Range(0x2066, 4)), c => Assert.Contains((char)c, PlainText.Refused()));
        Assert.DoesNotContain('\u200D', PlainText.Refused());
    }

    /// <summary>Each text member, of the body and of the objects and lists in it, with a bad text in its place.</summary>
    private static IEnumerable<(string Field, string Body)> Texts(ApiFile api, ApiOperation o)
    {
        var example = o.BodyExample!;
        var turn = 0;
        foreach (var path in Members(api, api.Resolve(o.BodyMedia!["schema"]!), "", 0))
        {
            var changed = (JsonObject)example.DeepClone();
            if (Set(changed, path.Split('.'), s_bad[turn++ % s_bad.Length]) is { } field)
            {
                yield return (field, changed.ToJsonString());
            }
        }
    }

    private static IEnumerable<string> Members(ApiFile api, JsonObject schema, string at, int depth)
    {
        foreach (var (name, raw) in depth > 4 ? [] : schema["properties"]?.AsObject() ?? [])
        {
            var member = api.Resolve(raw!);
            var here = at.Length == 0 ? name : $"{at}.{name}";
            var type = member["type"]?.GetValue<string>();
            if (type == "string" && member["enum"] is null && member["format"]?.GetValue<string>() is not ("date" or "date-time"))
            {
                yield return here;
            }

            var inner = type == "array" ? api.Resolve(member["items"]!) : member;
            if (type == "array" && inner["type"]?.GetValue<string>() == "string" && inner["enum"] is null)
            {
                yield return $"{here}[]";
            }

            foreach (var below in Members(api, inner, type == "array" ? $"{here}[]" : here, depth + 1))
            {
                yield return below;
            }
        }
    }

    /// <summary>Puts the text in its place; the field as a problem names it, null where the example has no such object.</summary>
    private static string? Set(JsonObject body, string[] path, string text)
    {
        JsonNode at = body;
        var field = "";
        for (var i = 0; i < path.Length; i++)
        {
            var (name, isList, last) = (
                path[i].Replace("[]", "", StringComparison.Ordinal),
                path[i].EndsWith("[]", StringComparison.Ordinal),
                i == path.Length - 1
            );
            field += (i == 0 ? "" : ".") + name + (isList ? "[0]" : "");
            if (last && isList)
            {
                at[name] = new JsonArray(text);
                return field;
            }

            if (last)
            {
                at[name] = text;
                return field;
            }

            var next = isList ? (at[name] as JsonArray)?.FirstOrDefault() : at[name];
            if (next is not JsonObject)
            {
                return null;
            }

            at = next;
        }

        return null;
    }

    private static async Task<Answered> Send(TestHost host, string token, ApiOperation o, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(o.Method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", Clerk.NewKey());
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        request.Headers.TryAddWithoutValidation("Card-Ticket", new string('t', 43));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await host.Client.SendAsync(request);
        return await Answered.Of(response);
    }
}
