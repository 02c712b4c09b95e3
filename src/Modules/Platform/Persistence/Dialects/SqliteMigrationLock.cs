using Microsoft.Data.Sqlite;

namespace Platform.Persistence.Dialects;

/// <summary>
/// The lock of those who migrate a SQLite file: a file beside it that is held open, and let go by the system when its process ends. EF's own lock is
/// a row that stays when its process is killed, and every later start waited for it without end. Here such a row is deleted, once it is proved
/// that nobody migrates: who migrates has the database open, and then nobody else can have it alone.
/// </summary>
internal sealed class SqliteMigrationLock : IAsyncDisposable
{
    private const int Busy = 5;
    private const string Row = "\"__EFMigrationsLock\"";

    private readonly FileStream _file;

    private SqliteMigrationLock(FileStream file) => _file = file;

    public static async Task<IAsyncDisposable> Take(SqliteConnection connection, TimeSpan longestWait)
    {
        var settings = new SqliteConnectionStringBuilder(connection.ConnectionString);
        if (settings.DataSource is "" or ":memory:" || settings.Mode == SqliteOpenMode.Memory)
        {
            return Stream.Null;
        }

        var path = Path.GetFullPath(settings.DataSource);
        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            // Opening the database says it better.
            return Stream.Null;
        }

        // Our own idle connections have the database open, too.
        SqliteConnection.ClearPool(connection);
        var file =
            await Dialect.Patiently(longestWait, () => Task.FromResult(Open(path + "-migration-lock"))) ?? throw Refused(longestWait);
        var taken = new SqliteMigrationLock(file);
        if (await Dialect.Patiently(longestWait, () => Task.FromResult(IsFree(path) ? taken : null)) is null)
        {
            await taken.DisposeAsync();
            throw Refused(longestWait);
        }

        return taken;
    }

    public ValueTask DisposeAsync() => _file.DisposeAsync();

    private static FileStream? Open(string path)
    {
        try
        {
            var options = new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate,
                Access = FileAccess.ReadWrite,
                Share = FileShare.None,
            };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            return new FileStream(path, options);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Is there no row of EF's lock, or only one that a process left behind which is gone?</summary>
    private static bool IsFree(string path)
    {
        if (!File.Exists(path))
        {
            return true;
        }

        var settings = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Pooling = false,
            DefaultTimeout = 1,
        };
        using var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        try
        {
            // Alone: it fails as long as any other connection has the database open.
            Run(connection, "PRAGMA locking_mode=EXCLUSIVE");
            Run(connection, "BEGIN EXCLUSIVE");
            if (Run(connection, "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'") > 0)
            {
                Run(connection, $"DELETE FROM {Row}");
            }

            Run(connection, "COMMIT");
            return true;
        }
        catch (SqliteException e) when (e.SqliteErrorCode == Busy)
        {
            return !IsHeld(settings);
        }
    }

    private static bool IsHeld(SqliteConnectionStringBuilder settings)
    {
        using var connection = new SqliteConnection(settings.ConnectionString);
        connection.Open();
        return Run(connection, "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'") > 0
            && Run(connection, $"SELECT count(*) FROM {Row}") > 0;
    }

    private static long Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is long found ? found : 0;
    }

    private static StartRefusedException Refused(TimeSpan waited) =>
        Dialect.MigrationLocked(
            waited,
            "Stop every process that has the database open, then start again: what a stopped process left behind is taken over.",
            "请停止所有打开该数据库的进程后重新启动，已停止进程遗留的锁会自动接管。"
        );
}
