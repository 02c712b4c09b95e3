using System.Net;
using Access.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Platform.Audit;
using Platform.Problems;
using TestRuns;

namespace Api.Tests.Access;

/// <summary>Strangers lock nobody out, and cost nobody his time (PL-01.13).</summary>
public sealed class SignInGuardTests
{
    private static readonly IPAddress s_here = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_there = IPAddress.Parse("192.0.2.2");

    [Fact]
    [Trait("Requirement", "PL-01.13")]
    public void Each_wrong_try_of_a_login_from_an_address_makes_the_next_one_wait_twice_as_long()
    {
        var (waits, clock) = Waits();
        var seconds = new List<int>();
        for (var i = 0; i < 12; i++)
        {
            var wait = waits.Begin("1", "wang", s_here);
            if (wait is not null)
            {
                seconds.Add(wait.WaitSeconds);
                clock.Advance(TimeSpan.FromSeconds(wait.WaitSeconds));
                Assert.Null(waits.Begin("1", "WANG", s_here));
            }
        }

        Assert.Equal([2, 4, 8, 16, 32, 64, 128, 256, 512, 900], seconds);
        Assert.Null(waits.Begin("1", "wang", s_there));
        Assert.Null(waits.Begin("1", "li", s_there));
    }

    [Fact]
    [Trait("Requirement", "PL-01.13")]
    public void Tries_at_once_count_before_anybody_knows_how_they_end()
    {
        var (waits, _) = Waits();

        Assert.Null(waits.Begin("1", "wang", s_here));
        Assert.Null(waits.Begin("1", "wang", s_here));
        Assert.NotNull(waits.Begin("1", "wang", s_here));
    }

    [Fact]
    [Trait("Requirement", "PL-01.13")]
    public void An_address_that_tries_many_logins_waits_too_and_a_right_password_takes_nothing_away()
    {
        var (waits, _) = Waits();
        for (var i = 0; i < 50; i++)
        {
            Assert.Null(waits.Begin("1", "wang", s_here));
            waits.Right("1", "wang", s_here);
        }

        for (var i = 0; i < 10; i++)
        {
            Assert.Null(waits.Begin("1", $"login{i}", s_here));
        }

        Assert.NotNull(waits.Begin("1", "another", s_here));
        Assert.Null(waits.Begin("1", "another", s_there));
    }

    [Fact]
    [Trait("Requirement", "PL-01.13")]
    public void All_addresses_of_one_IPv6_network_are_one_and_a_mapped_address_is_the_one_it_maps()
    {
        var (waits, _) = Waits();

        Assert.Null(waits.Begin("1", "wang", IPAddress.Parse("2001:db8::1")));
        Assert.Null(waits.Begin("1", "wang", IPAddress.Parse("2001:db8::2")));
        Assert.NotNull(waits.Begin("1", "wang", IPAddress.Parse("2001:db8::3")));
        Assert.Null(waits.Begin("1", "wang", IPAddress.Parse("2001:db8:0:1::1")));
        Assert.Null(waits.Begin("1", "wang", s_here));
        Assert.Null(waits.Begin("1", "wang", s_here.MapToIPv6()));
        Assert.NotNull(waits.Begin("1", "wang", s_here));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.13")]
    public async Task A_try_that_comes_too_early_is_answered_429_and_counts_towards_no_lock(Database database)
    {
        await using var host = await TestHost.Start(database, settings: new() { ["SignIn:FirstWait"] = "00:05:00" });
        var office = await Office.Open(host);
        var person = await office.Hire();

        Assert.Equal("sign-in-failed", (await person.TrySignIn("Wrong2026", from: "203.0.113.9")).Code);
        Assert.Equal("sign-in-failed", (await person.TrySignIn("Wrong2026", from: "203.0.113.9")).Code);
        var early = await person.TrySignIn("Wrong2026", from: "203.0.113.9");
        var right = await person.TrySignIn(from: "203.0.113.9");

        Assert.Equal((HttpStatusCode.TooManyRequests, "sign-in-throttled"), (early.Status, early.Code));
        Assert.InRange(early.Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 200, 300);
        Assert.Equal("sign-in-throttled", right.Code);
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn(from: "203.0.113.10")).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.13"), Trait("Requirement", "PL-01.3")]
    public async Task A_lock_and_its_opening_leave_live_sessions_alone(Database database)
    {
        var office = await Office.Open(database);
        var person = await office.Hire();
        for (var i = 0; i < 3; i++)
        {
            await person.TrySignIn("Wrong2026");
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await person.TrySignIn()).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.Refresh()).Status);
        Assert.Equal(HttpStatusCode.OK, (await office.Administrator.Post($"/v1/operators/{person.Id}/unlock")).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/v1/me")).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn()).Status);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.13"), Trait("Requirement", "PL-01.2")]
    public async Task Outside_the_branchs_networks_no_password_is_looked_at_and_nobody_is_locked(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var person = await below.Hire();
        var path = $"/v1/branches/{below.Id}";
        var bound = new
        {
            name = "x",
            active = true,
            networks = new[] { "127.0.0.0/8", "10.1.0.0/16" },
        };
        Assert.Equal(HttpStatusCode.OK, (await office.Administrator.Put(path, bound, ("If-Match", "*"))).Status);

        var wrong = await person.TrySignIn("Wrong2026");
        for (var i = 0; i < 5; i++)
        {
            var outside = await person.TrySignIn(from: "203.0.113.9");
            Assert.Equal((wrong.Status, wrong.Code, wrong["title"]), (outside.Status, outside.Code, outside["title"]));
        }

        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn(from: "10.1.2.3")).Status);
        Assert.Equal(HttpStatusCode.OK, (await person.TrySignIn()).Status);
        var kept = await office.Administrator.Put(path, new { name = "y", active = true }, ("If-Match", "*"));
        Assert.Equal(2, kept.Body!["networks"]!.AsArray().Count);
        var bad = new
        {
            name = "y",
            active = true,
            networks = new[] { "10.1.0.0/40" },
        };
        Assert.Equal("validation-failed", (await office.Administrator.Put(path, bad, ("If-Match", "*"))).Code);
        var own = new
        {
            name = "总部",
            active = true,
            networks = new[] { "10.9.0.0/16" },
        };
        Assert.Equal("networks-exclude-you", (await office.Administrator.Put("/v1/branches/1", own, ("If-Match", "*"))).Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.11")]
    public async Task A_password_that_somebody_else_gave_ends_unused_after_some_days(Database database)
    {
        var office = await Office.Open(database);
        var (late, inTime) = (await office.HireWithFirstPassword([]), await office.HireWithFirstPassword([]));
        await office.AgePassword(late, days: 4);
        await office.AgePassword(inTime, days: 2);

        Assert.Equal("sign-in-failed", (await late.TrySignIn()).Code);
        Assert.Equal("sign-in-failed", (await late.TryChangePassword("Second2026")).Code);
        Assert.Equal("password-expired", (await inTime.TrySignIn()).Code);
        Assert.Equal(HttpStatusCode.NoContent, (await inTime.TryChangePassword("Second2026")).Status);
        await office.Administrator.Put("/v1/parameters/first-password-valid-days", new { branchCode = office.Code, value = 30 });
        Assert.Equal("password-expired", (await late.TrySignIn()).Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.8")]
    public async Task A_failed_sign_in_is_on_record_with_address_and_branch_code(Database database)
    {
        var office = await Office.Open(database);
        var nobody = new Person(office.Host, office.Code, "nobody", "Nobody2026", "0");
        var lost = new Person(office.Host, "99999998", "nobody", "Nobody2026", "0");

        await nobody.TrySignIn(from: "203.0.113.77");
        await lost.TrySignIn(from: "203.0.113.78");

        await using var db = await office.Host.OpenDatabase();
        var records = await db.Set<AuditRecord>()
            .Where(r => r.Action == "sign-in" && r.Subject == "operator:unknown" && r.Detail!.Contains("203.0.113.7"))
            .OrderBy(r => r.Id)
            .ToListAsync();
        Assert.Equal([office.Id, ""], records.TakeLast(2).Select(r => $"{r.BranchId}"));
        Assert.Contains($"\"branchCode\":\"{office.Code}\"", records[^2].Detail, StringComparison.Ordinal);
        Assert.Contains("\"address\":\"203.0.113.78\",\"branchCode\":\"99999998\"", records[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "PL-01.13")]
    public async Task Hashing_runs_on_its_share_behind_a_short_queue_and_the_rest_is_refused()
    {
        using var gate = new HashingGate(workers: 2, queue: 3);
        using var open = new ManualResetEventSlim();
        var (at, most) = (0, 0);
        var started = Enumerable.Range(0, 5).Select(_ => gate.Run(Hash, CancellationToken.None)).ToList();

        var refused = await gate.Run(Hash, CancellationToken.None);
        open.Set();
        var done = await Task.WhenAll(started);

        Assert.IsType<SignInBusy>(refused.Refusal);
        Assert.All(done, d => Assert.True(d.Refusal is null && d.Value));
        Assert.InRange(most, 1, 2);
        Assert.Null((await gate.Run(() => 1, CancellationToken.None)).Refusal);

        bool Hash()
        {
            var now = Interlocked.Increment(ref at);
            InterlockedMax(ref most, now);
            open.Wait(Patience.Longest);
            Interlocked.Decrement(ref at);
            return true;
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen; seen = most) { }
    }

    private static (SignInWaits Waits, HandClock Clock) Waits()
    {
        var clock = new HandClock();
        return (new SignInWaits(new ConfigurationBuilder().Build(), clock), clock);
    }

    private sealed class HandClock : TimeProvider
    {
        private DateTimeOffset _now = new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);

        public void Advance(TimeSpan by) => _now += by;

        public override DateTimeOffset GetUtcNow() => _now;
    }
}
