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
                "This build holds no migrations for the chosen Database:Provider; build the solution with its migrations projects.",
                "此版本不含所选 Database:Provider 的迁移，请连同迁移项目一起构建。"
            );
        }

        List<string> applied = [.. await db.Database.GetAppliedMigrationsAsync()];
        if (applied.Except(known).FirstOrDefault() is { } unknown)
        {
            throw new StartRefusedException(
                $"The database has the migration {unknown}, which this build does not know; start a build that is as new as the database.",
                $"数据库含有此版本不认识的迁移 {unknown}，请启动与数据库同样新的版本。"
            );
        }

        if (applied.Count == known.Count)
        {
            return;
        }

        if (applied.Count > 0 && configuration["Database:Migrate"] == "never")
        {
            throw new StartRefusedException(
                "The database's schema is older than this build; set Database:Migrate to auto, or apply the migrations first.",
                "数据库表结构比此版本旧，请将 Database:Migrate 设为 auto，或先执行迁移。"
            );
        }

        await dialect.Migrate(db, configuration.GetValue("Database:MigrationLockWait", Dialect.MigrationLockWait));
    }
}
