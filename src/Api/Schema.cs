using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform;
using Platform.Persistence.Dialects;

namespace Api;

/// <summary>Holds the database's schema against this build's migrations.</summary>
internal static class Schema
{
    public static async Task Prepare(AppDb db, Dialect dialect, IConfiguration configuration)
    {
        var known = db.Database.GetMigrations().ToList();
        if (known.Count == 0)
        {
            throw new StartRefusedException(
                "This build holds no migrations for the chosen Database:Provider; build the solution with its migrations projects."
            );
        }

        List<string> applied = [.. await db.Database.GetAppliedMigrationsAsync()];
        if (applied.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new StartRefusedException(
                $"The database has the migration {unknown}, which this build does not know; start a build that is as new as the database."
            );
        }

        if (applied.Count == known.Count)
        {
            return;
        }

        if (applied.Count > 0 && configuration["Database:Migrate"] == "never")
        {
            throw new StartRefusedException(
                "The database's schema is older than this build; set Database:Migrate to auto, or apply the migrations first."
            );
        }

        await dialect.Migrate(db, configuration.GetValue("Database:MigrationLockWait", Dialect.MigrationLockWait));
    }
}
