namespace Platform.Settings;

/// <summary>Settings of what every module stands on.</summary>
public static class PlatformSettings
{
    /// <summary>The shortest and the longest pause between two rounds of work in the background.</summary>
    public static readonly SettingForm Pause = SettingForm.Duration(TimeSpan.FromMilliseconds(10), TimeSpan.FromDays(1));

    public static readonly IReadOnlyList<Setting> All =
    [
        new(
            "Database:Provider",
            "Sqlite",
            SettingForm.OneOf("Sqlite", "PostgreSql", "SqlServer"),
            "Which database: SQLite in this process, PostgreSQL 15 and later, or SQL Server 2019 and later.",
            "数据库类型：进程内 SQLite、PostgreSQL 15 及以上、SQL Server 2019 及以上。"
        )
        {
            Required = true,
        },
        new(
            "Database:ConnectionString",
            "Data Source=counter.db",
            SettingForm.Text,
            "An existing database; the schema is made and kept up at start.",
            "已存在的数据库；表结构在启动时建立和升级。"
        )
        {
            Required = true,
        },
        new(
            "Database:Migrate",
            "auto",
            SettingForm.OneOf("auto", "never"),
            "never refuses to start on an older schema instead of bringing it up to date.",
            "never 表示表结构较旧时拒绝启动，而不自动升级。"
        ),
        new(
            "Database:MigrationLockWait",
            "00:00:45",
            SettingForm.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10)),
            "How long a start waits for another process that migrates.",
            "启动时等待其他进程完成表结构升级的时长。"
        ),
        new(
            "Books:Writers",
            "1 on SQLite, 2 on servers",
            SettingForm.Number(1, 16),
            "How many connections write bookings. More than two has not been found to help.",
            "写账连接数；多于两个未见益处。"
        ),
        new(
            "Books:QueueLimit",
            "4096",
            SettingForm.Number(0, 1_000_000),
            "Bookings that may wait in this process; one more is refused with overloaded.",
            "本进程可排队的记账数；超出即以 overloaded 拒绝。"
        ),
        new(
            "ProcessNodes:Lease",
            "00:05:00",
            SettingForm.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            "How long a process keeps its number after it last renewed it.",
            "进程编号在最后一次续租后的有效时长。"
        ),
        new(
            "Housekeeping:Every",
            "00:00:20",
            Pause,
            "Pause between rounds that seal the audit trail and drop what is no longer kept.",
            "封存审计记录和清理过期数据的间隔。"
        ),
        new(
            "Audit:AnchorFile",
            "seals.anchors beside the vault's file; none with demonstration keys",
            SettingForm.Text,
            "Where the newest seal is noted outside the database; empty: nowhere.",
            "在数据库之外记录最新封印的文件；为空则不记录。"
        ),
        new(
            "Audit:BeginChain",
            "false",
            SettingForm.OneOf("false", "true"),
            "Begins a new chain of seals where none is left; once, for one start.",
            "封印全部缺失时重新建立封印链；仅用于一次启动。"
        ),
    ];
}
