using Api.Tests.Harness;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Api.Tests.Platform;

/// <summary>What must not run does not start, and says in a sentence what to do (PL-08.4).</summary>
public sealed class StartTests
{
    private const int Refused = 2;

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
    [InlineData("Passwords:HashRounds", "0", "set it to a number between 1 and 10000000")]
    [InlineData("Demo:Seed", "Everything", "set it to Demo or Benchmark")]
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

    [Theory]
    [InlineData("Cards:KeyVault", "demo", "demonstration keys protect nothing")]
    [InlineData("Demo:Seed", "Demo", "Leave it out")]
    [InlineData("Passwords:HashRounds", "99999", "between 100000 and 10000000")]
    [Trait("Requirement", "PL-08.4")]
    public async Task Production_refuses_what_is_for_demonstration(string setting, string value, string says)
    {
        var settings = Production(
            await TestDatabase.CreateEmpty(Database.Sqlite),
            Directory.CreateTempSubdirectory("fuel-tests-").FullName
        );
        settings[setting] = value;
        await Refuses(settings, says);
    }

    [Fact]
    [Trait("Requirement", "PL-08.4")]
    public async Task Production_starts_with_database_settings_alone_and_keeps_its_keys_in_a_vault_it_makes()
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
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(settings["Cards:PassphraseFile"]!));
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
            ["Cards:KeyVaultFile"] = Path.Combine(folder, "cards.vault"),
            ["Cards:PassphraseFile"] = Path.Combine(folder, "cards.passphrase"),
        };

    private static async Task Refuses(Dictionary<string, string?> settings, string says)
    {
        var (code, error) = await ApiProcess.Refused(settings);
        Assert.True(code == Refused, $"{code}: {error}");
        Assert.StartsWith("The API does not start: ", error, StringComparison.Ordinal);
        Assert.Contains(says, error, StringComparison.Ordinal);
        Assert.Single(error.Split('\n'));
    }
}
