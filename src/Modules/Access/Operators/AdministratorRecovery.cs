using System.Security.Cryptography;
using Access.Roles;
using Access.SigningIn;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform;
using Platform.Audit;

namespace Access.Operators;

/// <summary>
/// Gives an administrator a one-time password, for who has the server in hand (PL-01.13): it opens nothing but its own change, ends unused after some
/// days, opens the lock, and makes the account active. It is the way to a first password, back in after a lock-out, and to a second administrator
/// when the other one has left. On record.
/// </summary>
public static class AdministratorRecovery
{
    /// <summary>The first argument of the program.</summary>
    public const string Command = "admin-password";

    /// <summary>The new password, which stands nowhere else. Runs after the schema is there, in a process that has its number.</summary>
    public static async Task<string> Run(IServiceProvider services, string branchCode, string login, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(services);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await using var db = await services.GetRequiredService<IDbContextFactory<AppDb>>().CreateDbContextAsync(ct);
        var name = Operator.Normalized(login);
        var person = await (
            from branch in db.Set<Branch>()
            where branch.Code == branchCode
            join found in db.Set<Operator>() on branch.Id equals found.BranchId
            where found.Login == name
            select found
        ).SingleOrDefaultAsync(ct);
        if (person is null)
        {
            throw new StartRefusedException(
                $"There is no operator {login} at branch {branchCode}; name another by --branch and --login.",
                $"网点 {branchCode} 没有操作员 {login}，请用 --branch 和 --login 另行指定。"
            );
        }

        var held = await services.GetRequiredService<RoleRights>().OfOperator(db, person.Id, ct);
        if (!held.Contains(AccessRights.Administer.Name))
        {
            throw new StartRefusedException(
                $"The operator {login} of branch {branchCode} is no administrator; an administrator resets that password.",
                $"网点 {branchCode} 的操作员 {login} 不是管理员，其密码由管理员重置。"
            );
        }

        var password = NewPassword();
        var hash = services.GetRequiredService<PasswordHashes>().Hash(password);
        await services.GetRequiredService<PasswordWrites>().InTransaction(own => Write(services, own, person, hash, now, ct), ct);
        return password;
    }

    private static async Task<bool> Write(
        IServiceProvider services,
        AppDb db,
        Operator person,
        string hash,
        DateTime now,
        CancellationToken ct
    )
    {
        await db.Set<Credential>()
            .Where(c => c.OperatorId == person.Id)
            .ExecuteUpdateAsync(
                u =>
                    u.SetProperty(c => c.OlderHash, c => c.PreviousHash)
                        .SetProperty(c => c.PreviousHash, c => c.Hash)
                        .SetProperty(c => c.Hash, hash)
                        .SetProperty(c => c.ChangedAt, now)
                        .SetProperty(c => c.MustChange, true)
                        .SetProperty(c => c.FailedTries, 0)
                        .SetProperty(c => c.LockedAt, (DateTime?)null)
                        .SetProperty(c => c.Generation, c => c.Generation + 1)
                        .SetProperty(c => c.Version, c => c.Version + 1),
                ct
            );
        await db.Set<Operator>()
            .Where(o => o.Id == person.Id && !o.Active)
            .ExecuteUpdateAsync(u => u.SetProperty(o => o.Active, true).SetProperty(o => o.Version, o => o.Version + 1), ct);
        await services.GetRequiredService<Stamps>().Raise(db, AccessStamps.Of(person.Id), ct);
        db.Add(
            new AuditRecord
            {
                Id = Ids.Next(),
                At = now,
                BranchId = person.BranchId,
                Action = "recover-administrator",
                Subject = $"operator:{person.Id}",
                Outcome = "done",
            }
        );
        return true;
    }

    /// <summary>Twelve letters and digits that cannot be mistaken for each other, with at least one of each.</summary>
    private static string NewPassword() =>
        RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789", PasswordRules.MaxLength - 2)
        + RandomNumberGenerator.GetString("abcdefghijkmnopqrstuvwxyz", 1)
        + RandomNumberGenerator.GetString("23456789", 1);
}
