using System.Text.RegularExpressions;
using Api.Start;
using Api.Tests.Platform;
using Microsoft.Extensions.Configuration;
using Platform;
using Platform.Settings;

namespace Api.Tests.Start;

/// <summary>The settings are declared once: what the code reads, the start checks and the documentation says (PL-08.4).</summary>
public sealed partial class SettingsTests
{
    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public void Every_setting_that_the_code_reads_is_declared_and_no_other()
    {
        var sections = HostSettings.All.Select(s => s.Section).OfType<string>().ToHashSet();
        var named = Directory
            .EnumerateFiles(Path.Combine(OpenApiTests.Root(), "src"), "*.cs", SearchOption.AllDirectories)
            .Where(f =>
                !Path.GetRelativePath(OpenApiTests.Root(), f)
                    .Split(Path.DirectorySeparatorChar)
                    .Any(p => p is "obj" or "bin" or "Hardware.Agent")
            )
            .SelectMany(f => Literal().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups["name"].Value)
            .Where(n => sections.Contains(n.Split(':')[0]))
            .ToHashSet();
        // Its old name is refused with its new one.
        named.Remove("Documents:PublicAddress");
        Assert.Empty(named.Except(HostSettings.All.Select(s => s.Name)));
        Assert.Empty(HostSettings.All.Select(s => s.Name).Where(n => n.Contains(':', StringComparison.Ordinal)).Except(named));
        Assert.True(named.Count > 20, $"{named.Count}");
    }

    /// <summary>The table in README.md is the declaration; docs/operations.md may say more.</summary>
    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task The_table_of_settings_is_the_declaration_with_its_defaults()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(OpenApiTests.Root(), "README.md"));
        var rows = readme.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)).ToList();
        var declared = HostSettings
            .All.Select(s => $"| `{s.Name}` | {s.Default.Replace("|", "\\|", StringComparison.Ordinal)} | {s.En} |")
            .ToList();
        var missing = declared.Except(rows).ToList();
        Assert.True(missing.Count == 0, string.Join('\n', missing));
        var others = rows.Where(r => RowOfSetting().IsMatch(r)).Except(declared).ToList();
        Assert.True(others.Count == 0, string.Join('\n', others));
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public void Every_setting_refuses_a_value_that_is_none_in_a_sentence_of_each_language()
    {
        var checkedForms = 0;
        foreach (var setting in HostSettings.All.Where(s => !s.Form.Accepts("\u0001 rubbish")))
        {
            var values = HostSettings.All.Where(s => s.Required).ToDictionary(s => s.Name, s => (string?)s.Default);
            values[setting.Name] = "\u0001 rubbish";
            var refused = Assert.Throws<StartRefusedException>(() => Check(values));
            Assert.Contains($"{setting.Name} is ", refused.Message, StringComparison.Ordinal);
            Assert.Contains(setting.Variable, refused.Message, StringComparison.Ordinal);
            Assert.Contains("应为", refused.Zh!, StringComparison.Ordinal);
            checkedForms++;
        }

        Assert.True(checkedForms > 15, $"{checkedForms}");
        foreach (var setting in HostSettings.All.Where(s => s.Required))
        {
            var values = HostSettings.All.Where(s => s.Required && s != setting).ToDictionary(s => s.Name, s => (string?)s.Default);
            Assert.Contains(
                $"{setting.Name} is not set",
                Assert.Throws<StartRefusedException>(() => Check(values)).Message,
                StringComparison.Ordinal
            );
        }
    }

    [Theory]
    [InlineData("RechargeLists:Every", "30")]
    [InlineData("RechargeLists:Every", "00:00:00")]
    [InlineData("RechargeLists:Every", "-00:00:01")]
    [InlineData("Books:Writers", "0")]
    [InlineData("Books:Writers", "1.5")]
    [InlineData("Books:Writers", "")]
    [InlineData("Documents:VerificationKey", "short")]
    [InlineData("Api:PublicAddress", "counter.example")]
    [InlineData("Api:PublicAddress", "ftp://counter.example")]
    [InlineData("Internal:Port", "70000")]
    [InlineData("Proxies:Trusted", "10.0.0.1/33, 10.0.0.0/8")]
    [InlineData("Database:Migrate", "Never")]
    [InlineData("SignIn:TriesPerMinute", "5")]
    [Trait("Requirement", "PL-08.4")]
    public void A_value_that_would_do_something_else_than_it_says_is_refused(string name, string value)
    {
        var values = HostSettings.All.Where(s => s.Required).ToDictionary(s => s.Name, s => (string?)s.Default);
        values[name] = value;
        Assert.Contains(name, Assert.Throws<StartRefusedException>(() => Check(values)).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task Help_names_every_setting_and_starts_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("fuel-tests-").FullName;
        var (code, output, error) = await ApiProcess.Answered(folder, "--help");

        Assert.Equal((0, ""), (code, error.Trim()));
        Assert.All(
            HostSettings.All,
            s => Assert.Contains($"{s.Name}\n    default: {s.Default}\n    {s.En}\n    {s.Zh}\n", output + "\n", StringComparison.Ordinal)
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
        Directory.Delete(folder);
    }

    [Theory]
    [InlineData("--hlep")]
    [InlineData("start")]
    [InlineData("--help", "--urls=http://127.0.0.1:0")]
    [InlineData("Books:Writers=2")]
    [InlineData("--Books:Writers=2", "reset")]
    [InlineData("/urls=http://127.0.0.1:0")]
    [InlineData("-h", "-h")]
    [InlineData("--")]
    [Trait("Requirement", "PL-08.4")]
    public void An_argument_that_is_none_is_refused(params string[] arguments)
    {
        using var output = new StringWriter();
        var refused = Assert.Throws<StartRefusedException>(() => CommandLine.Answer(arguments, output));
        Assert.Contains("--help alone", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(refused.Zh);
        Assert.Empty(output.ToString());
    }

    [Theory]
    [InlineData("--urls=http://127.0.0.1:0", "--Database:Provider=Sqlite", "--Database:ConnectionString=Data Source=a=b.db")]
    [InlineData("--Books:Writers", "2", "--environment", "Sandbox")]
    [InlineData("--Logging:LogLevel:Default=Warning")]
    [Trait("Requirement", "PL-08.4")]
    public void Settings_may_stand_on_the_command_line(params string[] arguments)
    {
        using var output = new StringWriter();
        Assert.Null(CommandLine.Answer(arguments, output));
    }

    private static void Check(Dictionary<string, string?> values) =>
        SettingsCheck.Run(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), HostSettings.All);

    [GeneratedRegex("\"(?<name>[A-Z][A-Za-z]+:[A-Z][A-Za-z]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Literal();

    [GeneratedRegex("^\\| `([A-Z][A-Za-z]+:[A-Z]|AllowedHosts|OTEL_)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RowOfSetting();
}
