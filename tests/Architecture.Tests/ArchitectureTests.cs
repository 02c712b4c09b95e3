using Architecture.Tests.Rules;
using Xunit;

namespace Architecture.Tests;

/// <summary>Each rule is tried on the real tree, on trees with a planted violation, and on trees that only look like one.</summary>
public sealed class ArchitectureTests
{
    private static readonly IReadOnlyList<Rule> Rules =
    [
        ModuleOrder.Rule,
        Namespaces.AreFolders,
        OwnedRows.Rule,
        ModuleWords.Rule,
        ForeignTables.Rule,
        DeclaredTypes.Rule,
        Slices.HaveTests,
        Slices.AreShort,
        Commands.HaveValidators,
        Types.AreClosed,
        Types.HaveTellingNames,
        Words.NoDbSet,
        Words.ClockOnlyByTimeProvider,
        Words.NoStopwatchInTests,
        Words.NoWaitingByTheClockInTests,
        Words.NoFloatingPoint,
        Sql.StaysInDialects,
        Migrations.KeepNoOldModels,
        Languages.OfRefusedStarts,
        Languages.OfWrongFields,
        Languages.OfPunctuation,
        Layout.LinesAreShort,
        Layout.FilesAreShort,
        Layout.NothingLeftOpen,
        Layout.NoRegistryAddresses,
    ];

    public static TheoryData<string> Names => [.. Rules.Select(r => r.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Rule_holds_on_the_tree(string rule)
    {
        var violations = Find(rule).Check(SourceTree.Files()).Select(v => v.ToString()).Order(StringComparer.Ordinal).ToList();
        Assert.True(violations.Count == 0, $"{rule}:\n{string.Join('\n', violations)}");
    }

    [Theory, MemberData(nameof(Names))]
    public void Rule_finds_each_planted_violation(string rule)
    {
        Assert.NotEmpty(Find(rule).Planted);
        foreach (var planted in Find(rule).Planted)
        {
            var violation = Assert.Single(Find(rule).Check(planted.Tree));
            Assert.Equal((planted.Path, planted.Line), (violation.Path, violation.Line));
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Rule_finds_nothing_in_what_only_looks_alike(string rule)
    {
        Assert.NotEmpty(Find(rule).Allowed);
        foreach (var tree in Find(rule).Allowed)
            Assert.Empty(Find(rule).Check(tree));
    }

    [Fact]
    public void The_tree_read_is_the_products()
    {
        Assert.Contains(SourceTree.Files(), f => f.Path == "src/Modules/Platform.Ledger/Books.cs");
        Assert.DoesNotContain(SourceTree.Files(), f => f.Path.Contains("/obj/", StringComparison.Ordinal));
    }

    private static Rule Find(string name) => Rules.Single(r => r.Name == name);
}
