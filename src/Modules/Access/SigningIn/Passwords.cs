using System.Net;
using System.Text.Json;
using Access.SystemParameters;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Parameters;
using Platform.Settings;

namespace Access.SigningIn;

/// <summary>An operator as found by branch code and login, with the credential as it was read.</summary>
internal sealed record OperatorAccount(Operator Operator, Branch Branch, Credential Credential)
{
    public bool IsOpen => Operator.Active && Branch.Active && Credential.LockedAt is null;
}

/// <summary>What became of a try: the account when the password is right, else how many tries are left where that may be said.</summary>
/// <param name="ExpiresAt">When the password expires; in the past when it already did, or must be changed.</param>
/// <param name="Sessions">How many sessions the operator may have.</param>
internal sealed record Try(OperatorAccount? Account, int? TriesLeft, DateTime ExpiresAt, int Sessions = 0);

/// <summary>
/// Holds passwords against what is stored and counts wrong ones. A wrong password, an unknown login, a locked password, a closed account, a first
/// password that nobody used in time and an address outside the branch's networks take the same steps and the same time, and give the same answer
/// (PL-01.2, PL-01.13): were a locked one told apart from a wrong one, guessing could go on after the lock.
/// </summary>
internal sealed class Passwords(
    AppDb db,
    PasswordWrites writes,
    Parameters parameters,
    BranchTree tree,
    PasswordHashes hashes,
    HashingGate gate,
    SignInLimit limit,
    SignInWaits waits,
    IHttpContextAccessor http,
    TimeProvider clock
)
{
    private static readonly Parameter[] s_settings =
    [
        AccessParameters.PasswordTries,
        AccessParameters.PasswordValidDays,
        AccessParameters.ShowTriesLeft,
        AccessParameters.FirstPasswordValidDays,
        AccessParameters.SessionsPerOperator,
    ];

    /// <summary>Where the request comes from.</summary>
    public IPAddress Address => http.HttpContext?.Connection.RemoteIpAddress ?? IPAddress.None;

    /// <summary>
    /// Tries a password. A wrong one is counted, and kept in the audit trail under this action. Refused when it comes too early or too many are being
    /// tried: then nothing was looked at.
    /// </summary>
    public async Task<Outcome<Try>> Check(
        string action,
        string refusalCode,
        string branchCode,
        string login,
        string password,
        CancellationToken ct
    )
    {
        var address = Address;
        if (limit.Count(branchCode, login, address) is { } tooMany)
        {
            return tooMany;
        }

        if (waits.Begin(branchCode, login, address) is { } tooEarly)
        {
            return tooEarly;
        }

        var found = await Find(branchCode, login, ct);
        var branchId = (await tree.FindByCode(branchCode, ct))?.Id;
        var settings = await parameters.Numbers(s_settings, branchId ?? Branch.HeadquartersId, ct);
        var inside = found is null || BranchNetworks.Admit(found.Branch.Networks, address);
        var open = found is { IsOpen: true } && inside && !IsOver(found.Credential, settings);
        var right = await gate.Run(() => hashes.Verify(open ? found!.Credential.Hash : null, password), ct);
        if (right.Refusal is { } busy)
        {
            waits.NotTried(branchCode, login, address);
            return busy;
        }

        if (right.Value)
        {
            waits.Right(branchCode, login, address);
            return new Try(found, null, ExpiresAt(found!.Credential, settings), (int)settings[AccessParameters.SessionsPerOperator]);
        }

        // Who is outside the branch's networks locks nobody.
        var counted = inside ? found : null;
        var audit = Audit(action, found, refusalCode, branchId: branchId, branchCode: branchCode);
        var left = await CountWrong(audit, counted, (int)settings[AccessParameters.PasswordTries], ct);
        return new Try(null, counted is not null && settings[AccessParameters.ShowTriesLeft] == 1 ? left : null, default);
    }

    /// <summary>
    /// Takes what a right password allows: clears the count of wrong tries and writes, unless the password was locked or changed since it was read.
    /// False then, with nothing written.
    /// </summary>
    public Task<bool> Accept(OperatorAccount account, Func<AppDb, Task> write, CancellationToken ct) =>
        writes.InTransaction(
            async db =>
            {
                var (id, version) = (account.Operator.Id, account.Credential.Version);
                var open = await db.Set<Credential>()
                    .Where(c => c.OperatorId == id && c.Version == version && c.LockedAt == null)
                    .ExecuteUpdateAsync(u => u.SetProperty(c => c.FailedTries, 0), ct);
                if (open == 1)
                {
                    await write(db);
                }

                return open == 1;
            },
            ct
        );

    /// <summary>A record of a try, with the address it came from and the branch code as it was given.</summary>
    public AuditRecord Audit(string action, OperatorAccount? account, string outcome, long? branchId = null, string? branchCode = null) =>
        new()
        {
            Id = Ids.Next(),
            At = clock.GetUtcNow().UtcDateTime,
            BranchId = account?.Branch.Id ?? branchId,
            OperatorId = account?.Operator.Id,
            Action = action,
            // What was typed for an unknown login is not kept: people type passwords there.
            Subject = account is null ? "operator:unknown" : $"operator:{account.Operator.Id}",
            Outcome = outcome,
            Detail = JsonSerializer.Serialize(
                new { Address = Address.ToString(), BranchCode = branchCode ?? account?.Branch.Code },
                Json.Options
            ),
        };

    private static DateTime ExpiresAt(Credential credential, IReadOnlyDictionary<Parameter, long> settings) =>
        credential.MustChange ? DateTime.MinValue : credential.ChangedAt.AddDays(settings[AccessParameters.PasswordValidDays]);

    /// <summary>A password that somebody else gave ends unused (PL-01.11).</summary>
    private bool IsOver(Credential credential, IReadOnlyDictionary<Parameter, long> settings) =>
        credential.MustChange
        && credential.ChangedAt.AddDays(settings[AccessParameters.FirstPasswordValidDays]) <= clock.GetUtcNow().UtcDateTime;

    private Task<OperatorAccount?> Find(string branchCode, string login, CancellationToken ct)
    {
        var name = Operator.Normalized(login);
        return (
            from branch in db.Set<Branch>()
            where branch.Code == branchCode
            join person in db.Set<Operator>() on branch.Id equals person.BranchId
            where person.Login == name
            join credential in db.Set<Credential>() on person.Id equals credential.OperatorId
            select new OperatorAccount(person, branch, credential)
        ).SingleOrDefaultAsync(ct);
    }

    /// <summary>
    /// Counts a wrong try in the row itself, and locks it in the row itself: tries that run at once queue for the row, each counts, exactly one locks
    /// (PL-01.3). For an unknown login the same statements run and change nothing. Gives the tries left.
    /// </summary>
    private Task<int> CountWrong(AuditRecord audit, OperatorAccount? account, int tries, CancellationToken ct) =>
        writes.InTransaction(
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
                db.Add(audit);
                if (locked == 1)
                {
                    // Live sessions go on: else a stranger could put anybody out (PL-01.13).
                    db.Add(Audit("lock-password", account, "done"));
                }

                return Math.Max(0, tries - failed);
            },
            ct
        );
}
