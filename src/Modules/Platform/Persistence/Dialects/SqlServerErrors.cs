using System.Net.Sockets;
using Microsoft.Data.SqlClient;

namespace Platform.Persistence.Dialects;

/// <summary>SQL Server's errors by number: SqlClient does not say which of them pass (dotnet/SqlClient#649), and its texts are translated.</summary>
internal static class SqlServerErrors
{
    /// <summary>From this class on the server has closed the connection.</summary>
    private const byte Fatal = 20;
    private const string Driver = "Microsoft.Data.SqlClient";

    public static DatabaseFailure FailureOf(Exception exception) =>
        exception switch
        {
            SqlException e => e.Errors.Cast<SqlError>().Select(FailureOf).FirstOrDefault(f => f != DatabaseFailure.None),
            // No place in the pool, or a connection that was closed meanwhile: no exception of the database in this driver.
            InvalidOperationException { Source: Driver } => DatabaseFailure.Unavailable,
            SocketException or TimeoutException => DatabaseFailure.Unavailable,
            _ => DatabaseFailure.None,
        };

    /// <summary>Was the command's own time over, or the wait for an answer?</summary>
    public static bool IsTimeout(Exception? exception) => exception is SqlException { Number: -2 or 258 };

    internal static DatabaseFailure FailureOf(SqlError error) => FailureOf(error.Number, error.Class);

    internal static DatabaseFailure FailureOf(int number, byte severity) =>
        number switch
        {
            2601 or 2627 => DatabaseFailure.Duplicate,
            // A deadlock's victim; an update that a snapshot was too old for.
            1205 or 3960 => DatabaseFailure.Conflict,
            1222 => DatabaseFailure.LockTimeout,
            // The command's time; the network: no answer, no route, reset, refused, host not found.
            -2 or -1 or 2 or 20 or 53 or 64 or 121 or 233 or 258 or 10053 or 10054 or 10060 or 10061 or 11001 =>
                DatabaseFailure.Unavailable,
            // The server shuts down, is paused, or its session was ended.
            596 or 6005 or 17142 or 17197 or 18401 => DatabaseFailure.Unavailable,
            // The database is recovering, restoring, being moved, read-only after a change of servers, or cannot be opened.
            921 or 922 or 924 or 927 or 942 or 945 or 976 or 983 or 3906 or 4060 or 4221 => DatabaseFailure.Unavailable,
            // Out of locks, memory, disk, log, or workers.
            701 or 802 or 1105 or 1204 or 8645 or 8651 or 9002 or 10928 or 10929 or 10936 => DatabaseFailure.Unavailable,
            // Azure: busy, being moved, reconfigured, limited.
            40143 or 40166 or 40197 or 40501 or 40540 or 40613 or 42108 or 42109 or 49918 or 49919 or 49920 => DatabaseFailure.Unavailable,
            _ => severity >= Fatal ? DatabaseFailure.Unavailable : DatabaseFailure.None,
        };
}
