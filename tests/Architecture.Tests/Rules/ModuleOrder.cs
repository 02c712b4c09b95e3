using System.Text.RegularExpressions;

namespace Architecture.Tests.Rules;

/// <summary>A module uses the modules to its left, never those to its right: docs/architecture.md, read from the project files.</summary>
internal static partial class ModuleOrder
{
    // What stands directly to the left of each module; it may use that, and what stands to the left of it. A module that is not here has no place
    // in the order yet, and fails.
    private static readonly Dictionary<string, string[]> Left = new(StringComparer.Ordinal)
    {
        ["Platform"] = [],
        ["Platform.Cards.Cryptography"] = [],
        ["Platform.Ledger"] = ["Platform"],
        ["Platform.Tables"] = ["Platform"],
        ["Platform.Cards"] = ["Platform.Ledger", "Platform.Tables", "Platform.Cards.Cryptography"],
        ["Platform.Documents"] = ["Platform.Ledger", "Platform.Tables"],
        ["Access"] = ["Platform.Cards", "Platform.Documents"],
        ["Counter"] = ["Access"],
        ["Customers"] = ["Counter"],
        ["Issuance"] = ["Customers"],
        ["Cheques"] = ["Issuance"],
        ["Funding"] = ["Cheques"],
        ["Refunds"] = ["Funding"],
        ["Meters.Carriers"] = ["Platform.Cards.Cryptography"],
        ["Meters"] = ["Customers", "Meters.Carriers"],
        ["Billing"] = ["Customers"],
        ["Platform.Migrations.Sqlite"] = ["Platform"],
        ["Platform.Migrations.PostgreSql"] = ["Platform"],
        ["Platform.Migrations.SqlServer"] = ["Platform"],
    };
    private static readonly Dictionary<string, string[]> Allowed = Left.Keys.ToDictionary(
        m => m,
        m => LeftOf(m).Distinct(StringComparer.Ordinal).ToArray()
    );

    private static IEnumerable<string> LeftOf(string module) => Left[module].SelectMany(m => LeftOf(m).Append(m));

    // Beside the modules: what stands by the card reader knows the card's cryptography, and nothing of the server.
    private static readonly string[] HardwareUses = ["Platform.Cards.Cryptography", "Meters.Carriers", "Hardware.Simulators"];

    public static readonly Rule Rule = new("modules refer only to modules before them", Check)
    {
        Planted =
        [
            new(2, new SourceFile("src/Modules/Issuance/Issuance.csproj", "<Project>\n" + Reference("../Refunds/Refunds.csproj"))),
            new(1, new SourceFile("src/Modules/Meters/Meters.csproj", Reference("../Issuance/Issuance.csproj"))),
            new(1, new SourceFile("src/Modules/Billing/Billing.csproj", Reference("..\\Meters\\Meters.csproj"))),
            new(1, new SourceFile("src/Modules/Access/Access.csproj", Reference("../../Api/Api.csproj"))),
            new(1, new SourceFile("src/Modules/Loyalty/Loyalty.csproj", "<Project />")),
            new(1, new SourceFile("src/Hardware.Agent/Hardware.Agent.csproj", Reference("../Modules/Platform/Platform.csproj"))),
        ],
        Allowed =
        [
            [new("src/Modules/Refunds/Refunds.csproj", Reference("../Funding/Funding.csproj") + Reference("../Access/Access.csproj"))],
            [new("src/Hardware.Agent/Hardware.Agent.csproj", Reference("../Hardware.Simulators/Hardware.Simulators.csproj"))],
            [new("src/Api/Api.csproj", Reference("../Modules/Refunds/Refunds.csproj"))],
        ],
    };

    private static IEnumerable<Violation> Check(IReadOnlyList<SourceFile> tree) => tree.Where(f => f.IsProject).SelectMany(Check);

    private static IEnumerable<Violation> Check(SourceFile project)
    {
        if (project.Path.StartsWith("src/Hardware.", StringComparison.Ordinal))
            return Uses(project, HardwareUses);
        if (project.Module is not { } module)
            return [];
        return Allowed.TryGetValue(module, out var uses)
            ? Uses(project, uses)
            :
            [
                project.At(
                    1,
                    $"module {module} has no place in the order of the modules; give it one in {nameof(ModuleOrder)} and docs/architecture.md"
                ),
            ];
    }

    private static IEnumerable<Violation> Uses(SourceFile project, string[] allowed) =>
        from line in project.Lines
        from Match match in References().Matches(line.Text)
        let used = match.Groups["name"].Value
        where !allowed.Contains(used)
        select project.At(line.Number, $"{project.Name} may not use {used}; it may use: {string.Join(", ", allowed)}");

    private static string Reference(string path) => $"""<ProjectReference Include="{path}" />""";

    [GeneratedRegex("""<ProjectReference\s+Include="(?:[^"]*[/\\])?(?<name>[^"/\\]+)\.csproj""")]
    private static partial Regex References();
}
