using Access.Applications;
using Access.Roles;
using Microsoft.EntityFrameworkCore;

namespace Access.SigningIn;

/// <summary>
/// Finds who stands behind an access token, in one round trip: session, operator, branch and the versions of the roles come together, so that a
/// sign-out, another password, another role or a closed branch works at once on every instance (PL-01.7). A lock ends no session (PL-01.13).
/// </summary>
internal sealed class SessionReader(RoleRights rights, ApplicationReader applications, SessionMemory memory, TimeProvider clock)
{
    // Compiled per host and not once per process: a compiled query belongs to the model it was first used with.
    private readonly Func<AppDb, byte[], IAsyncEnumerable<Row>> _find = EF.CompileAsyncQuery(
        (AppDb db, byte[] hash) =>
            from session in db.Set<Session>()
            where session.AccessHash == hash
            join person in db.Set<Operator>() on session.OperatorId equals person.Id
            join credential in db.Set<Credential>() on person.Id equals credential.OperatorId
            join branch in db.Set<Branch>() on person.BranchId equals branch.Id
            from held in db.Set<OperatorRole>().Where(h => h.OperatorId == person.Id).DefaultIfEmpty()
            from role in db.Set<Role>().Where(r => r.Id == held!.RoleId).DefaultIfEmpty()
            select new Row(
                session.Id,
                session.AccessExpiresAt,
                session.EndedAt == null && session.CredentialGeneration == credential.Generation && person.Active && branch.Active,
                person.Id,
                person.Login,
                person.Name,
                branch.Id,
                branch.Code,
                (long?)role!.Id,
                (int?)role.Version
            )
    );

    /// <param name="remember">
    /// Keeps what was found for the next request. The stamps are read first: whatever changes after that shows as an old stamp.
    /// </param>
    public async Task<Caller?> Find(AppDb db, string accessToken, bool remember, CancellationToken ct)
    {
        if (!remember)
        {
            return (await Read(db, accessToken, ct))?.Caller;
        }

        var stamps = await Stamps.Read(db, ct);
        if (await Read(db, accessToken, ct) is not var (caller, until))
        {
            memory.Forget(accessToken);
            return null;
        }

        var name = AccessStamps.Of(caller.OperatorId);
        memory.Keep(
            accessToken,
            new SessionMemory.Remembered(
                caller,
                until,
                Premise.OfStamp(name, stamps.GetValueOrDefault(name)),
                Premise.OfStamp(AccessStamps.Roles, stamps.GetValueOrDefault(AccessStamps.Roles))
            )
        );
        return caller;
    }

    private async Task<(Caller Caller, DateTime Until)?> Read(AppDb db, string accessToken, CancellationToken ct)
    {
        Row? found = null;
        var roles = new List<RoleVersion>(2);
        var hash = Secrets.Hash(accessToken);
        await foreach (var row in _find(db, hash).WithCancellation(ct))
        {
            found = row;
            if (row is { RoleId: { } id, RoleVersion: { } version })
            {
                roles.Add(new RoleVersion(id, version));
            }
        }

        if (found is null)
        {
            return await applications.Find(db, hash, ct);
        }

        if (found is not { Open: true } r || r.AccessExpiresAt <= clock.GetUtcNow().UtcDateTime)
        {
            return null;
        }

        var held = await rights.Of(db, roles, ct);
        return (new Caller(r.OperatorId, r.Login, r.Name, r.BranchId, r.BranchCode, r.SessionId, held), r.AccessExpiresAt);
    }

    private sealed record Row(
        long SessionId,
        DateTime AccessExpiresAt,
        bool Open,
        long OperatorId,
        string Login,
        string Name,
        long BranchId,
        string BranchCode,
        long? RoleId,
        int? RoleVersion
    );
}
