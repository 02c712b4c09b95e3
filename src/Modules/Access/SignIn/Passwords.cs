using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.Persistence.Dialects;

namespace Access;

/// <summary>An operator as found by branch code and login, with the credential as it was read.</summary>
internal sealed record Account(Operator Operator, Branch Branch, Credential Credential)
{
    public bool IsOpen => Operator.Active && Branch.Active && Credential.LockedAt is null;
}

/// <summary>What became of a try: the account when the password is right, else how many tries are left where that may be said.</summary>
/// <param name="ExpiresAt">When the password expires; in the past when it already did, or must be changed.</param>
internal sealed record Try(Account? Account, int? TriesLeft, DateTime ExpiresAt);

/// <summary>
/// Holds passwords against what is stored and counts wrong ones. A wrong password, an unknown login, a locked password and a closed account take
/// the same steps and the same time, and give the same answer (PL-01.2): were a locked one told apart from a wrong one, guessing could go on after
/// the lock.
/// </summary>
internal sealed class Passwords(
    AppDb db,
    IDbContextFactory<AppDb> contexts,
    Parameters parameters,
    BranchTree tree,
    PasswordHashes hashes,
    Dialect dialect,
    Stamps stamps,
    TimeProvider clock
)
{
    private const int TransientTries = 5;
    private static readonly Parameter[] s_settings = [Parameter.PasswordTries, Parameter.PasswordValidDays, Parameter.ShowTriesLeft];

    /// <summary>Tries a password. A wrong one is counted, and kept in the audit trail under this action.</summary>
    public async Task<Try> Check(string action, string refusalCode, string branchCode, string login, string password, CancellationToken ct)
    {
        var found = await Find(branchCode, login, ct);
        var branchId = (await tree.FindByCode(branchCode, ct))?.Id ?? Branch.HeadquartersId;
        var settings = await parameters.Numbers(s_settings, branchId, ct);
        if (hashes.Verify(found is { IsOpen: true } ? found.Credential.Hash : null, password))
        {
            var credential = found!.Credential;
            var expires = credential.MustChange ? DateTime.MinValue : credential.ChangedAt.AddDays(settings[Parameter.PasswordValidDays]);
            return new Try(found, null, expires);
        }

        var left = await CountWrong(action, refusalCode, found, (int)settings[Parameter.PasswordTries], ct);
        return new Try(null, found is not null && settings[Parameter.ShowTriesLeft] == 1 ? left : null, default);
    }

    /// <summary>
    /// Takes what a right password allows: clears the count of wrong tries and writes the rows, unless the password was locked or changed since it
    /// was read. False then, with nothing written.
    /// </summary>
    public Task<bool> Accept(Account account, IReadOnlyList<object> rows, CancellationToken ct) =>
        InTransaction(
            async db =>
            {
                var (id, version) = (account.Operator.Id, account.Credential.Version);
                var open = await db.Set<Credential>()
                    .Where(c => c.OperatorId == id && c.Version == version && c.LockedAt == null)
                    .ExecuteUpdateAsync(u => u.SetProperty(c => c.FailedTries, 0), ct);
                if (open == 1)
                {
                    db.AddRange(rows);
                }

                return open == 1;
            },
            ct
        );

    /// <summary>Runs writes of signing in in one transaction, again when the database asks for it.</summary>
    public async Task<T> InTransaction<T>(Func<AppDb, Task<T>> write, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var own = await contexts.CreateDbContextAsync(ct);
                await using var transaction = await own.Database.BeginTransactionAsync(ct);
                var result = await write(own);
                await own.SaveChangesAsync(ct);
                await transaction.CommitAsync(ct);
                return result;
            }
            catch (Exception e) when (dialect.IsTransient(e) && attempt < TransientTries)
            {
                // A deadlock's victim or a busy file: nothing was written, the same work is done again.
            }
        }
    }

    public AuditRecord Audit(string action, Account? account, string outcome, long? approverId = null) =>
        new()
        {
            Id = Ids.Next(),
            At = clock.GetUtcNow().UtcDateTime,
            BranchId = account?.Branch.Id,
            OperatorId = account?.Operator.Id,
            ApproverId = approverId,
            Action = action,
            // What was typed for an unknown login is not kept: people type passwords there.
            Subject = account is null ? "operator:unknown" : $"operator:{account.Operator.Id}",
            Outcome = outcome,
        };

    private Task<Account?> Find(string branchCode, string login, CancellationToken ct)
    {
        var name = Operator.Normalized(login);
        return (
            from branch in db.Set<Branch>()
            where branch.Code == branchCode
            join person in db.Set<Operator>() on branch.Id equals person.BranchId
            where person.Login == name
            join credential in db.Set<Credential>() on person.Id equals credential.OperatorId
            select new Account(person, branch, credential)
        ).SingleOrDefaultAsync(ct);
    }

    /// <summary>
    /// Counts a wrong try in the row itself, and locks it in the row itself: tries that run at once queue for the row, each counts, exactly one locks
    /// (PL-01.3). For an unknown login the same statements run and change nothing. Gives the tries left.
    /// </summary>
    private Task<int> CountWrong(string action, string refusalCode, Account? account, int tries, CancellationToken ct) =>
        InTransaction(
            async db =>
            {
                var id = account?.Operator.Id ?? 0;
                var now = clock.GetUtcNow().UtcDateTime;
                var open = db.Set<Credential>().Where(c => c.OperatorId == id && c.LockedAt == null);
                await open.ExecuteUpdateAsync(u => u.SetProperty(c => c.FailedTries, c => c.FailedTries + 1), ct);
                var locked = await open.Where(c => c.FailedTries >= tries)
                    .ExecuteUpdateAsync(u => u.SetProperty(c => c.LockedAt, (DateTime?)now), ct);
                var failed = await db.Set<Credential>()
                    .Where(c => c.OperatorId == id)
                    .Select(c => c.LockedAt == null ? c.FailedTries : tries)
                    .SingleOrDefaultAsync(ct);
                db.Add(Audit(action, account, refusalCode));
                if (locked == 1)
                {
                    await stamps.Raise(db, AccessStamps.Of(id), ct);
                    db.Add(Audit("lock-password", account, "done"));
                }

                return Math.Max(0, tries - failed);
            },
            ct
        );
}
