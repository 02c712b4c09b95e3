using Api.Description;
using Platform.Problems;

namespace Api.Edge;

/// <summary>What stands at the addresses that the API itself names: its root, and the type of each problem.</summary>
internal static class Signposts
{
    private const string Problems = "/problems";

    /// <summary>What a caller finds who has nothing but the host's name.</summary>
    private sealed record Root(string Name, string Version, string OpenApi, string Problems, string Ready, string Guide, string Licence);

    /// <summary>A code that problems carry.</summary>
    /// <param name="Type">What stands in <c>type</c>.</param>
    /// <param name="Meanings">What it means, in both languages; a code may be given for more than one reason.</param>
    /// <param name="Members">What its problem carries beside the code.</param>
    private sealed record ProblemKind(
        string Type,
        string Code,
        int Status,
        bool Retryable,
        IReadOnlyList<ProblemMeaning> Meanings,
        IReadOnlyList<string> Members
    );

    private sealed record ProblemMeaning(string En, string Zh);

    public static void MapSignposts(this WebApplication app)
    {
        var kinds = new Lazy<Dictionary<string, ProblemKind>>(() => Read(app.Services.GetRequiredService<ModelAssemblies>()));
        var group = app.MapGroup("").ExcludeFromDescription();
        group.MapGet("/", () => Results.Json(s_root, Json.Options));
        group.MapGet(Problems, () => Results.Json(kinds.Value.Values.OrderBy(k => k.Code, StringComparer.Ordinal), Json.Options));
        group.MapGet(
            $"{Problems}/{{code}}",
            (string code) =>
                kinds.Value.TryGetValue(code, out var kind) ? Results.Json(kind, Json.Options) : Problem.Of(new NoSuchResource())
        );
    }

    private static readonly Root s_root = new(
        "Counter API",
        "v1",
        ApiDescription.Address,
        Problems,
        "/health/ready",
        "docs/api.md of the release",
        "Proprietary; ask the administrator of this installation."
    );

    private static Dictionary<string, ProblemKind> Read(ModelAssemblies modules) =>
        modules
            .Items.Append(typeof(Signposts).Assembly)
            .Distinct()
            .SelectMany(a => a.GetTypes())
            .Where(t => t is { IsAbstract: false, ContainsGenericParameters: false } && t.IsSubclassOf(typeof(Refusal)))
            .SelectMany(CanRefuse.AllOf)
            .GroupBy(r => r.Code, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, KindOf, StringComparer.Ordinal);

    private static ProblemKind KindOf(IGrouping<string, CanRefuse> forms) =>
        new(
            $"{Problems}/{forms.Key}",
            forms.Key,
            forms.First().Status,
            forms.Any(f => f.Retryable),
            [.. forms.Select(f => new ProblemMeaning(f.Meaning, f.MeaningZh)).Distinct()],
            [.. forms.SelectMany(f => f.Members).Distinct(StringComparer.Ordinal)]
        );
}
