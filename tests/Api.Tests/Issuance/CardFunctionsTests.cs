using System.Globalization;
using System.Text;
using Api.Tests.Platform;
using Customers;
using Issuance.Cards;
using Issuance.Functions;
using Microsoft.AspNetCore.Routing;

namespace Api.Tests.Issuance;

/// <summary>
/// Every function of the table of preconditions with every kind and state of card, through the API: what is allowed stands in a text that a person
/// can hold against the requirement rows.
/// </summary>
public sealed class CardFunctionsTests
{
    private static readonly CardType[] s_types = Enum.GetValues<CardType>();
    private static readonly CardState[] s_states = Enum.GetValues<CardState>();

    /// <summary>With UPDATE_SNAPSHOTS=1 the text is written instead.</summary>
    [Fact]
    [Trait("Requirement", "FC-09.1"), Trait("Requirement", "FC-09.10"), Trait("Requirement", "FC-15.6")]
    public async Task Every_function_takes_the_cards_that_its_row_says_and_no_others()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var cards = await Cards(counter);
        var text = new StringBuilder();
        var wrong = new List<string>();
        foreach (var function in Functions(counter.Host))
        {
            Title(text, function);
            foreach (var type in s_types)
            {
                text.Append(CultureInfo.InvariantCulture, $"{type, -20}");
                foreach (var state in s_states)
                {
                    var (card, view) = cards[(type, state)];
                    if (function.By == FoundBy.BlankChip)
                    {
                        // No card is named: what is allowed is the card to be, and nothing can be asked with one that is there.
                        text.Append(CultureInfo.InvariantCulture, $"{(function.Check(view) is null ? "new" : "-"), -10}");
                        continue;
                    }

                    var expected = state == CardState.Released && (function.By is FoundBy.Number or FoundBy.NumberThenChip) ? null : view;
                    wrong.AddRange(await Differs(counter, function, card, expected));
                    text.Append(CultureInfo.InvariantCulture, $"{(function.Check(expected) is null ? "yes" : "-"), -10}");
                }

                text.AppendLine();
            }

            text.AppendLine();
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        await Matches(text.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task The_description_of_each_operation_says_its_row()
    {
        var host = await TestHost.Shared(Database.Sqlite);
        var api = await ApiFile.Of(host);

        Assert.All(
            Functions(host),
            f =>
                Assert.Contains(
                    f.Describe(),
                    api.Operations.Single(o => o.Id == f.Name).Node["description"]!.GetValue<string>(),
                    StringComparison.Ordinal
                )
        );
    }

    private static async Task<IEnumerable<string>> Differs(TestCounter counter, CardFunction function, IssuedCard card, CardView? view)
    {
        var answer = await CardFunctionRequests.Send(counter, function, card);
        string[] preconditions = [.. RefusalsOf(function)];
        var expected = function.Check(view)?.Code;
        var asExpected = expected is null ? (int)answer.Status < 300 || !preconditions.Contains(answer.Code) : answer.Code == expected;
        return asExpected
            ? []
            : [$"{function.Name} {view?.Card.Type} {view?.Card.State}: {answer.Text} instead of {expected ?? "allowed"}"];
    }

    private static IEnumerable<string> RefusalsOf(CardFunction function) =>
        [
            new CardNotFound().Code,
            .. s_states.Select(s => new CardNotUsable(Json.Name(s)).Code),
            .. Enum.GetValues<CustomerState>().Select(s => new CustomerNotUsable(Json.Name(s)).Code),
            .. s_types.Select(t => function.IfOtherType(t).Code),
        ];

    private static IReadOnlyList<CardFunction> Functions(TestHost host) =>
        [
            .. host
                .Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.SelectMany(e => e.Metadata.OfType<CardFunction>())
                .OrderBy(f => f.Requirements, StringComparer.Ordinal)
                .ThenBy(f => f.Name, StringComparer.Ordinal),
        ];

    private static void Title(StringBuilder text, CardFunction function)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"{function.Requirements} {function.Name}, right {function.Right.Name}");
        text.AppendLine(function.Describe());
        text.AppendLine(string.Concat(s_states.Select(s => $"{s, -10}").Prepend(new string(' ', 20))).TrimEnd());
    }

    private static async Task<Dictionary<(CardType, CardState), (IssuedCard Card, CardView View)>> Cards(TestCounter counter)
    {
        var cards = new Dictionary<(CardType, CardState), (IssuedCard, CardView)>();
        await using var db = await counter.Host.OpenDatabase();
        foreach (var (type, state) in s_types.SelectMany(t => s_states.Select(s => (t, s))))
        {
            var card = await counter.IssuedCard(type, change: c => c.State = state);
            var row = db.Set<Card>().Single(c => c.Id == card.Id);
            cards[(type, state)] = (card, new CardView(row, db.Set<Customer>().Single(c => c.Id == card.CustomerId)));
        }

        return cards;
    }

    private static async Task Matches(string now)
    {
        now = string.Join('\n', now.Split('\n').Select(l => l.TrimEnd()));
        var file = Path.Combine(OpenApiTests.Root(), "tests", "Api.Tests", "Issuance", "card-functions.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            await File.WriteAllTextAsync(file, now);
        }

        Assert.Equal((await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n"), now);
    }
}
