using System.Linq.Expressions;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using TestRuns;

namespace Api.Tests.Harness;

/// <summary>The real API in this process on a real database. One is shared per database by all tests that keep to their own branch.</summary>
public sealed class TestHost : IAsyncDisposable
{
    public const string AdminPassword = "Admin2026x";
    public const string AdminBranch = "10000000";

    /// <summary>Names the address that a request comes from.</summary>
    public const string AddressHeader = "Test-Address";

    private static readonly Dictionary<Database, Lazy<Task<TestHost>>> s_shared = Enum.GetValues<Database>()
        .ToDictionary(d => d, d => new Lazy<Task<TestHost>>(async () => new TestHost(d, await TestDatabase.Create(d), [])));

    private readonly Factory _factory;

    private TestHost(
        Database database,
        string connectionString,
        Dictionary<string, string?> settings,
        Action<IServiceCollection>? services = null
    )
    {
        Database = database;
        ConnectionString = connectionString;
        _factory = new Factory(database, connectionString, settings, services);
        Client = CreateClient();
    }

    public Database Database { get; }

    public string ConnectionString { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _factory.Services;

    public static Task<TestHost> Shared(Database database) => s_shared[database].Value;

    /// <summary>
    /// A host with a database of its own, or a second host on one that is there; with what a further module would bring, where a test has one.
    /// </summary>
    public static async Task<TestHost> Start(
        Database database,
        string? connectionString = null,
        Dictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null
    ) => new(database, connectionString ?? await TestDatabase.Create(database), settings ?? [], services);

    public HttpClient CreateClient()
    {
        var client = _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        client.Timeout = Patience.Longest;
        return client;
    }

    /// <summary>Sends a request as the server meets it: also from an address that no client of these tests has.</summary>
    public Task<HttpContext> Send(Action<HttpContext> request) => _factory.Server.SendAsync(request);

    /// <summary>Looks into the database behind the API's back, to compare or to damage.</summary>
    public Task<AppDb> OpenDatabase() => Services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync();

    /// <summary>Changes a row as every slice does: by a booking.</summary>
    public async Task Change<T>(Expression<Func<T, bool>> which, Action<T> change)
        where T : class, IVersioned
    {
        await using var db = await OpenDatabase();
        var row = await db.Set<T>().AsNoTracking().SingleAsync(which);
        change(row);
        var booking = new SilentBooking(Ids.Next(), new Actor(1, 1), new AuditNote("test", "row")).Update(row);
        Assert.IsType<BookingResult.Answered>(await Services.GetRequiredService<Books>().Post(booking));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        string connection;
        await using (var db = await OpenDatabase())
        {
            // As the pool knows it: with what the product adds.
            connection = db.Database.GetConnectionString()!;
        }

        await _factory.DisposeAsync();
        TestDatabase.Leave(Database, connection);
    }

    /// <summary>A server in this process has no network: where a request comes from is what its header says, and this machine without one.</summary>
    private sealed class CallerAddress : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) =>
            app =>
            {
                app.Use(
                    (context, then) =>
                    {
                        var named = context.Request.Headers[AddressHeader].ToString();
                        context.Connection.RemoteIpAddress =
                            named.Length > 0 ? IPAddress.Parse(named) : context.Connection.RemoteIpAddress ?? IPAddress.Loopback;
                        return then(context);
                    }
                );
                next(app);
            };
    }

    /// <summary>What hosts are told that say nothing else; null is for a host that is not told.</summary>
    private static readonly Dictionary<string, string> s_usual = new()
    {
        ["Bootstrap:AdminPassword"] = AdminPassword,
        ["Passwords:HashRounds"] = QuickHashes.Rounds,
    };

    private sealed class Factory(
        Database database,
        string connectionString,
        Dictionary<string, string?> settings,
        Action<IServiceCollection>? services
    ) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Testing");
            builder.UseSetting("Database:Provider", database.ToString());
            builder.UseSetting("Database:ConnectionString", connectionString);
            foreach (var (key, value) in s_usual.Where(s => !settings.ContainsKey(s.Key)))
            {
                builder.UseSetting(key, value);
            }

            builder.UseSetting("Logging:LogLevel:Default", "Warning");
            // The API's own lines go past the runner, which speaks to its parent on standard output.
            builder.ConfigureLogging(l => l.ClearProviders().AddJsonConsole());
            // Tests that try wrong passwords do not wait; those of the waits set their own.
            builder.UseSetting("SignIn:FirstWait", "00:00:00");
            builder.ConfigureServices(s => s.AddSingleton<IStartupFilter, CallerAddress>());
            builder.ConfigureServices(services ?? (_ => { }));
            // So that tests do not wait half a second for each step of a recharge list.
            builder.UseSetting("RechargeLists:Every", "00:00:00.1");
            foreach (var (key, value) in settings.Where(s => s.Value is not null))
            {
                builder.UseSetting(key, value);
            }
        }
    }
}
