using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Api.Tests.Harness;

public enum Database
{
    Sqlite,
    PostgreSql,
}

/// <summary>
/// Runs the test once per database, for each of the values where some are given (an array is several arguments). A database that is not configured is
/// reported as skipped, never passed over.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EachDatabaseAttribute(params object[] more) : DataAttribute
{
    public const string PostgresVariable = "FUEL_TEST_POSTGRES";

    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var rows = new List<ITheoryDataRow>();
        foreach (var database in Enum.GetValues<Database>())
        {
            foreach (var extra in more.Length == 0 ? [Array.Empty<object>()] : more.Select(m => m as object[] ?? [m]))
            {
                rows.Add(new TheoryDataRow([database, .. extra]) { Skip = Unavailable(database) });
            }
        }

        return new(rows);
    }

    public override bool SupportsDiscoveryEnumeration() => true;

    /// <summary>Why tests on this database are skipped, or null.</summary>
    internal static string? Unavailable(Database database) =>
        database == Database.PostgreSql && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(PostgresVariable))
            ? $"{PostgresVariable} names no server; eng/test.sh starts one."
            : null;
}
