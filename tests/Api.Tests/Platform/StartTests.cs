using Microsoft.Data.Sqlite;
using Npgsql;

namespace Api.Tests.Platform;

/// <summary>What must not run does not start, and says in a sentence what to do (PL-08.4).</summary>
public sealed class StartTests
{
    private const int Refused = 2;
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Theory]
    [InlineData(
        "Database:Provider",
        "",
        "Database:Provider is not set; set it in appsettings.json or as Database__Provider in the environment."
    )]
    [InlineData("Database:Provider", "Oracle", "set it to Sqlite, PostgreSql or SqlServer")]
    [InlineData("Database:ConnectionString", "", "Database:ConnectionString is not set")]
    [InlineData("Database:ConnectionString", "Data Soruce=x.db", "Database:ConnectionString")]
    [InlineData("Database:ConnectionString", "Data Source=/no/such/folder/x.db", "Check Database:ConnectionString")]
    [InlineData("Cards:KeyVault", "safe", "set it to file or demo")]
    [InlineData("Cards:Profile", "/no/such/profile.json", "Cards:Profile names /no/such/profile.json")]
    [InlineData("Bootstrap:AdminPassword", "short", "Bootstrap:AdminPassword must have 8 to 12 characters")]
    [InlineData("Passwords:HashRounds", "0", "set it to a whole number from 1 to 10000000")]
    [InlineData("Demo:Seed", "Everything", "set it to Demo or Benchmark")]
    [InlineData("Books:Writers", "many", "set it to a whole number from 1 to 16, or leave it out (environment: Books__Writers)")]
    [InlineData("Books:Writer", "2", "Books:Writer is not a setting of the API")]
    [InlineData("Internal:AllowedFrom", "10.0.0.0/99", "set it to networks such as 10.0.0.0/8")]
    [Trait("Requirement", "PL-08.4")]
    public async Task A_setting_that_is_missing_or_wrong_refuses_the_start(string setting, string value, string says)
    {
        var settings = ApiProcess.Settings(Database.Sqlite, await TestDatabase.CreateEmpty(Database.Sqlite));
        settings[setting] = value;
        await Refuses(settings, says);
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task A_database_that_cannot_be_reached_refuses_the_start() =>
        await Refuses(
            ApiProcess.Settings(Database.PostgreSql, "Host=127.0.0.1;Port=9;Username=nobody;Database=none;Timeout=3"),
            "Check Database:ConnectionString"
        );

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-08.4")]
    public async Task A_schema_that_is_newer_than_the_build_refuses_the_start(Database database)
    {
        var connection = await TestDatabase.Create(database);
        await using (
            var db =
                database == Database.Sqlite
                    ? new SqliteConnection(connection)
                    : (System.Data.Common.DbConnection)new NpgsqlConnection(connection)
        )
        {
            await db.OpenAsync();
            await using var command = db.CreateCommand();
            command.CommandText =
                """INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion") VALUES ('29990101000000_Future', '99')""";
            await command.ExecuteNonQueryAsync();
        }

        await Refuses(
            ApiProcess.Settings(database, connection),
            "29990101000000_Future, which this build does not know; start a build that is as new"
        );
    }

    /// <summary>Not in Production, and not in what only looks like it.</summary>
    [Theory]
    [InlineData("Production", "Cards:KeyVault", "demo", "demonstration keys protect nothing")]
    [InlineData("Prod", "Cards:KeyVault", "demo", "the environment is Prod: demonstration keys protect nothing")]
    [InlineData("Staging", "Cards:KeyVault", "demo", "demonstration keys protect nothing")]
    [InlineData("Production", "Demo:Seed", "Demo", "Leave it out")]
    [InlineData("Production", "Passwords:HashRounds", "99999", "between 100000 and 10000000")]
    [InlineData("Prod", "Demo:Seed", "Benchmark", "the environment is Prod: demonstration operators")]
    [InlineData("Production", "Api:PublicAddress", "", "Api:PublicAddress is ''; set it to an address such as")]
    [InlineData("production", "Api:PublicAddress", null, "Api:PublicAddress is not set, and Production needs it")]
    [InlineData("Production", "AllowedHosts", null, "AllowedHosts names no host, and Production needs it")]
    [InlineData("Production", "AllowedHosts", "*", "AllowedHosts names no host, and Production needs it")]
    [InlineData("Production", "ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true", "name the proxies in Proxies:Trusted")]
    [InlineData("Production", "Documents:PublicAddress", "https://counter.example", "is called Api:PublicAddress now")]
    [InlineData("Production", "ASPNETCORE_URLS", "http://192.0.2.1:1", "The API cannot listen where it is told to")]
    [Trait("Requirement", "PL-08.4"), Trait("Requirement", "PL-06.34")]
    public async Task What_is_for_demonstration_or_lacks_its_address_does_not_start(
        string environment,
        string setting,
        string? value,
        string says
    )
    {
        var folder = Directory.CreateTempSubdirectory("fuel-tests-").FullName;
        var settings = Production(await TestDatabase.CreateEmpty(Database.Sqlite), folder);
        settings["ASPNETCORE_ENVIRONMENT"] = settings["DOTNET_ENVIRONMENT"] = environment;
        settings.Remove(setting);
        if (value is not null)
        {
            settings[setting] = value;
        }

        await Refuses(settings, says, keepUrls: setting != "ASPNETCORE_URLS");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task An_environment_that_nobody_knows_is_told_of_in_the_log_and_has_keys_of_its_own()
    {
        var folder = Directory.CreateTempSubdirectory("fuel-tests-").FullName;
        var settings = Production(await TestDatabase.CreateEmpty(Database.Sqlite), folder);
        settings["ASPNETCORE_ENVIRONMENT"] = settings["DOTNET_ENVIRONMENT"] = "Prod";
        await using (var api = await ApiProcess.Start(settings))
        {
            Assert.Equal("ready", await api.Http.GetStringAsync("/health/ready"));
            await Eventually.Holds(
                () => Task.FromResult(api.Output),
                o => o.Contains("The environment Prod is not", StringComparison.Ordinal)
            );
        }

        Assert.True(File.Exists(settings["Cards:KeyVaultFile"]));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task Production_starts_with_database_and_addresses_alone_and_what_it_makes_is_its_account_s_alone()
    {
        var folder = Directory.CreateTempSubdirectory("fuel-tests-").FullName;
        var settings = Production(await TestDatabase.CreateEmpty(Database.Sqlite), folder);
        await using (var api = await ApiProcess.Start(settings))
        {
            Assert.Equal("live", await api.Http.GetStringAsync("/health/live"));
            Assert.Equal("ready", await api.Http.GetStringAsync("/health/ready"));
        }

        Assert.True(File.Exists(settings["Cards:KeyVaultFile"]));
        if (!OperatingSystem.IsWindows())
        {
            var database = settings["Database:ConnectionString"]!["Data Source=".Length..];
            foreach (var file in (string[])[settings["Cards:PassphraseFile"]!, settings["Cards:KeyVaultFile"]!, database])
            {
                Assert.Equal(Own, File.GetUnixFileMode(file));
            }

            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(database)!, $"{Path.GetFileName(database)}-*"))
            {
                Assert.Equal(Own, File.GetUnixFileMode(file));
            }

            Assert.Equal(Own | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(settings["Cards:KeyVaultFile"])!));
        }

        await using (var again = await ApiProcess.Start(settings))
        {
            Assert.Equal("ready", await again.Http.GetStringAsync("/health/ready"));
        }

        await File.WriteAllTextAsync(settings["Cards:PassphraseFile"]!, new string('0', 64));
        await Refuses(settings, "Check Cards:KeyVaultFile and Cards:PassphraseFile");
        File.Delete(settings["Cards:PassphraseFile"]!);
        await Refuses(settings, "one is missing");
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task A_profile_that_is_none_refuses_the_start()
    {
        var file = Path.GetTempFileName();
        foreach (var text in (string[])["{}", "not JSON", "[]"])
        {
            await File.WriteAllTextAsync(file, text);
            var settings = ApiProcess.Settings(Database.Sqlite, await TestDatabase.CreateEmpty(Database.Sqlite));
            settings["Cards:Profile"] = file;
            await Refuses(settings, "which cannot be used");
        }

        File.Delete(file);
    }

    /// <summary>Only where its keys lie is set, so that the test leaves nothing beside the program.</summary>
    private static Dictionary<string, string?> Production(string connection, string folder) =>
        new()
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["Database:Provider"] = "Sqlite",
            ["Database:ConnectionString"] = connection,
            ["Cards:KeyVaultFile"] = Path.Combine(folder, "keys", "cards.vault"),
            ["Cards:PassphraseFile"] = Path.Combine(folder, "passphrase", "cards.passphrase"),
            ["Api:PublicAddress"] = "https://counter.example",
            ["AllowedHosts"] = "counter.example;127.0.0.1",
        };

    private static async Task Refuses(Dictionary<string, string?> settings, string says, bool keepUrls = true)
    {
        var (code, error) = await ApiProcess.Refused(settings, keepUrls ? [ApiProcess.AnyPort] : []);
        Assert.True(code == Refused, $"{code}: {error}");
        Assert.StartsWith("The API does not start: ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
        // And the same in Chinese.
        Assert.Contains(" / 服务未启动：", error, StringComparison.Ordinal);
    }
}
