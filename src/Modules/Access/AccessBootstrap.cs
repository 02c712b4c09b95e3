using Access.Roles;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform;
using Platform.Audit;
using Platform.Persistence.Dialects;

namespace Access;

/// <summary>
/// Puts the first branch, role and operator into an empty database, so that somebody can sign in. All have fixed ids: of two processes that start
/// at once one meets the other's rows, and takes them.
/// </summary>
public static class AccessBootstrap
{
    public const string HeadquartersCode = "10000000";
    public const string AdministratorLogin = "admin";
    private const long FirstId = 1;
    internal const string PasswordSetting = "Bootstrap:AdminPassword";

    /// <summary>Runs after the schema is there and before the first request. Does nothing when there is a branch.</summary>
    public static async Task Run(IServiceProvider services, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync(ct);
        if (await db.Set<Branch>().AnyAsync(ct))
        {
            return;
        }

        var given = services.GetRequiredService<IConfiguration>()[PasswordSetting] is { Length: > 0 } set ? set : null;
        if (given is not null && !PasswordRules.IsAcceptable(given))
        {
            throw new StartRefusedException(
                $"{PasswordSetting} must have 8 to 12 characters, at least one digit and one letter; leave it out to get one by the command.",
                $"{PasswordSetting} 须为 8 至 12 位，至少含一个数字和一个字母；不设置则用命令取得。"
            );
        }

        // Nobody knows a password that was not given, and none stands in a log: the command on the server gives one (PL-01.13).
        AddRows(db, services, given ?? Secrets.NewToken(), mustChange: given is null);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException e) when (services.GetRequiredService<Dialect>().IsUniqueViolation(e))
        {
            return;
        }

        if (given is null)
        {
            services
                .GetRequiredService<ILoggerFactory>()
                .CreateLogger("Access.Bootstrap")
                .LogWarning(
                    "The operator {Login} of branch {Branch} has no password yet. Run 'dotnet Api.dll {Command}' with the same settings to get one.",
                    AdministratorLogin,
                    HeadquartersCode,
                    AdministratorRecovery.Command
                );
        }
    }

    private static void AddRows(AppDb db, IServiceProvider services, string password, bool mustChange)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        var now = clock.GetUtcNow().UtcDateTime;
        db.AddRange(
            new Branch
            {
                Id = Branch.HeadquartersId,
                Code = HeadquartersCode,
                Name = "总部",
                Path = Branch.PathBelow("/", Branch.HeadquartersId),
                Level = BranchLevel.Headquarters,
            },
            new BranchDay { BranchId = Branch.HeadquartersId, BusinessDate = ChinaCalendar.Today(clock) },
            new Role
            {
                Id = FirstId,
                BranchId = Branch.HeadquartersId,
                Name = "administrator",
                AllRights = true,
            },
            new Operator
            {
                Id = FirstId,
                BranchId = Branch.HeadquartersId,
                Login = AdministratorLogin,
                Name = "系统管理员",
            },
            new OperatorRole { OperatorId = FirstId, RoleId = FirstId },
            new Credential
            {
                OperatorId = FirstId,
                Hash = services.GetRequiredService<PasswordHashes>().Hash(password),
                ChangedAt = now,
                MustChange = mustChange,
            },
            new AuditRecord
            {
                Id = FirstId,
                At = now,
                BranchId = Branch.HeadquartersId,
                Action = "bootstrap",
                Subject = $"branch:{Branch.HeadquartersId}",
                Outcome = "done",
            }
        );
    }
}
