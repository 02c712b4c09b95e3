using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;

namespace Access.SigningIn;

/// <summary>Ends sessions: at once, on every instance, and on record (PL-01.7).</summary>
internal sealed class Sessions(Stamps stamps, RequestContext request, TimeProvider clock)
{
    /// <summary>Ends those of an operator's sessions that this names, in the transaction that is open on this context.</summary>
    public async Task<int> End(AppDb db, long operatorId, Expression<Func<Session, bool>> which, string action, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var ended = await Open(db, operatorId, now).Where(which).ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, (DateTime?)now), ct);
        if (ended > 0)
        {
            await stamps.Raise(db, AccessStamps.Of(operatorId), ct);
            db.Add(
                new AuditRecord
                {
                    Id = Ids.Next(),
                    At = now,
                    BranchId = request.HasCaller ? request.Caller.BranchId : null,
                    OperatorId = request.HasCaller ? request.Caller.OperatorId : operatorId,
                    Action = action,
                    Subject = $"operator:{operatorId}",
                    Outcome = "done",
                }
            );
        }

        return ended;
    }

    /// <summary>Ends the oldest sessions of an operator, so that at most this many are left.</summary>
    public async Task EndOldest(AppDb db, OperatorAccount account, int most, CancellationToken ct)
    {
        var (id, generation) = (account.Operator.Id, account.Credential.Generation);
        var open = await Open(db, id, clock.GetUtcNow().UtcDateTime)
            .Where(s => s.CredentialGeneration == generation)
            .OrderByDescending(s => s.Id)
            .Select(s => s.Id)
            .ToListAsync(ct);
        var old = open.Skip(most).ToList();
        if (old.Count > 0)
        {
            await End(db, id, s => old.Contains(s.Id), "end-session", ct);
        }
    }

    public static IQueryable<Session> Open(AppDb db, long operatorId, DateTime now) =>
        db.Set<Session>().Where(s => s.OperatorId == operatorId && s.EndedAt == null && s.RefreshExpiresAt > now);
}
