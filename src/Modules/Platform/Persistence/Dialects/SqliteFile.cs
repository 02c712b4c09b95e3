using Microsoft.Data.Sqlite;

namespace Platform.Persistence.Dialects;

/// <summary>
/// The file of a SQLite database: password hashes, personal data and the documents' key stand in it, so its account alone may read it, whatever the
/// process's umask says. SQLite gives the files beside it the same rights.
/// </summary>
internal static class SqliteFile
{
    /// <summary>Makes the file, empty, where there is none; one that is there keeps the rights that somebody gave it.</summary>
    public static void MakePrivate(string connectionString)
    {
        var settings = new SqliteConnectionStringBuilder(connectionString);
        var isFile = settings.Mode is SqliteOpenMode.ReadWriteCreate && settings.DataSource is { Length: > 0 } and not ":memory:";
        if (OperatingSystem.IsWindows() || !isFile || settings.DataSource.StartsWith("file:", StringComparison.Ordinal))
        {
            return;
        }

        try
        {
            using var _ = new FileStream(
                settings.DataSource,
                new FileStreamOptions
                {
                    Mode = FileMode.CreateNew,
                    Access = FileAccess.Write,
                    UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                }
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is there, or cannot be: opening it says so better.
        }
    }
}
