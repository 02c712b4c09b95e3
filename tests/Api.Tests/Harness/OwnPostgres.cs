using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Api.Tests.Harness;

/// <summary>A PostgreSQL server of a test's own, which it may stop, and whose sessions it may end. Found as eng/lib/postgres.sh finds it.</summary>
public sealed class OwnPostgres : IAsyncDisposable
{
    private const string Name = "test";

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string _settings;
    private readonly int _port = FreePort();

    private OwnPostgres(string folder, string settings) => (_folder, _settings) = (folder, settings);

    public string Connection =>
        string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres;Timeout=5");

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Starts one, or reports the test as skipped where there are no programs of a server.</summary>
    public static async Task<OwnPostgres> Start(string settings = "")
    {
        Assert.SkipUnless(Programs() is not null, "No PostgreSQL server is installed.");
        var folder = Directory.CreateTempSubdirectory("fuel-pg-").FullName;
        var server = new OwnPostgres(folder, settings);
        if (Environment.IsPrivilegedProcess)
        {
            // The server refuses to run as root.
            await Run("chown", ["-R", "postgres", folder], asOwner: false);
        }

        await server.Run("initdb", "--pgdata", server.Data, "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync");
        await server.Up();
        return server;
    }

    public Task Up() =>
        Run(
            "pg_ctl",
            "start",
            "--silent",
            "--wait",
            "--pgdata",
            Data,
            "--log",
            Path.Combine(_folder, "server.log"),
            "--options",
            string.Create(
                CultureInfo.InvariantCulture,
                $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={_folder} -c max_connections=40 {_settings}"
            )
        );

    /// <summary>As if its machine had lost power.</summary>
    public Task Down() => Run("pg_ctl", "stop", "--silent", "--wait", "--pgdata", Data, "--mode", "immediate");

    /// <summary>Ends every session but those of the test; how many.</summary>
    public async Task<long> EndSessions()
    {
        await using var connection = await Open();
        return await EndSessions(connection);
    }

    /// <summary>Takes every connection that the server has to give, also those that others had, until it is enough.</summary>
    public async Task Fill(Func<bool> enough)
    {
        ArgumentNullException.ThrowIfNull(enough);
        var taken = new Stack<NpgsqlConnection>();
        try
        {
            taken.Push(await Open());
            await Eventually.Holds(
                async () =>
                {
                    await EndSessions(taken.First());
                    while (await TryOpen() is { } more)
                    {
                        taken.Push(more);
                    }

                    return enough();
                },
                done => done
            );
        }
        finally
        {
            while (taken.TryPop(out var connection))
            {
                await connection.DisposeAsync();
            }
        }
    }

    private static async Task<long> EndSessions(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            $"""
            SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE backend_type = 'client backend' AND application_name <> '{Name}'
            """,
            connection
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<NpgsqlConnection> Open()
    {
        var settings = new NpgsqlConnectionStringBuilder(Connection) { Pooling = false, ApplicationName = Name };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private async Task<NpgsqlConnection?> TryOpen()
    {
        try
        {
            return await Open();
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await Down();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Task Run(string program, params string[] arguments) => Run(Path.Combine(Programs()!, program), arguments, asOwner: true);

    private static async Task Run(string program, string[] arguments, bool asOwner)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, WorkingDirectory = "/" };
        if (asOwner && Environment.IsPrivilegedProcess)
        {
            start.FileName = "setpriv";
            arguments = ["--reuid=postgres", "--regid=postgres", "--init-groups", "--", program, .. arguments];
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        await process.WaitForExitAsync().WaitAsync(s_longest);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static string? Programs()
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists("/usr/lib/postgresql"))
        {
            return null;
        }

        return Directory
            .GetDirectories("/usr/lib/postgresql")
            .OrderByDescending(d => int.TryParse(Path.GetFileName(d), CultureInfo.InvariantCulture, out var version) ? version : 0)
            .Select(d => Path.Combine(d, "bin"))
            .FirstOrDefault(d => File.Exists(Path.Combine(d, "initdb")));
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
