using System.Buffers.Binary;
using System.Net;
using Access;
using Access.Operators;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Platform;
using Platform.Settings;

namespace Api.Tests.Access;

/// <summary>All other tests hash with one round; these hold what a host does that is not told so.</summary>
public sealed class PasswordHashesTests
{
    private const string Setting = "Passwords:HashRounds";

    [Fact]
    [Trait("Requirement", "PL-01.2")]
    public async Task Without_a_setting_a_password_is_hashed_with_a_hundred_thousand_rounds()
    {
        await using var host = await TestHost.Start(Database.Sqlite, settings: new() { [Setting] = null });
        var administrator = new Person(host, TestHost.AdminBranch, AccessBootstrap.AdministratorLogin, TestHost.AdminPassword, "1");
        Assert.Equal(HttpStatusCode.Unauthorized, (await administrator.TrySignIn("Wrong2026")).Status);
        Assert.Equal(100_000u, await RoundsOf(host, administrator));

        await administrator.ChangePassword("Second2026");

        await administrator.SignIn();
        Assert.Equal(100_000u, await RoundsOf(host, administrator));
    }

    [Theory]
    [InlineData(null, null, 100_000)]
    [InlineData("", "Testing", 100_000)]
    [InlineData("1", "Testing", 1)]
    [InlineData("1", "Development", 1)]
    [InlineData("100000", "Production", 100_000)]
    [InlineData("210000", "Demo", 210_000)]
    [InlineData("99999", "Demo", null)]
    [InlineData("99999", "Staging", null)]
    [InlineData("99999", null, null)]
    [InlineData("0", "Testing", null)]
    [InlineData("-1", "Testing", null)]
    [InlineData("many", "Testing", null)]
    [InlineData("10000001", "Production", null)]
    [Trait("Requirement", "PL-08.4")]
    public void Fewer_rounds_than_the_default_are_for_tests_alone(string? set, string? environment, int? rounds)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { [Setting] = set, [HostDefaults.EnvironmentKey] = environment })
            .Build();
        if (rounds is { } expected)
        {
            Assert.Equal(expected, PasswordHashes.Rounds(configuration));
        }
        else
        {
            Assert.Throws<StartRefusedException>(() => PasswordHashes.Rounds(configuration));
        }
    }

    /// <summary>A hash of the third version begins with a mark and the algorithm; the rounds follow.</summary>
    private static async Task<uint> RoundsOf(TestHost host, Person person)
    {
        await using var db = await host.OpenDatabase();
        var id = person.Number;
        var hash = Convert.FromBase64String((await db.Set<Credential>().SingleAsync(c => c.OperatorId == id)).Hash);
        Assert.Equal(1, hash[0]);
        return BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5));
    }
}
