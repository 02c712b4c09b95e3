using FluentValidation;
using Microsoft.EntityFrameworkCore;

namespace Issuance.CardSessions;

/// <summary>There is no such session of this operator: the card was not proved present.</summary>
public sealed record CardSessionNotFound()
    : Refusal("card-session-not-found", 404, "You have no such card session; read the card.", "无此读卡会话，请重新读卡。");

/// <summary>The card was present, but too long ago.</summary>
public sealed record CardSessionExpired()
    : Refusal("card-session-expired", 409, "The card was read too long ago; read it again.", "读卡已超时，请重新读卡。");

/// <summary>
/// "Card present" for any slice: a session's id, in the path or in the body, stands for the card whose chip proved itself to
/// this operator within the last ten minutes.
/// </summary>
public sealed class CardPresence(AppDb db, RequestContext request, TimeProvider clock)
{
    /// <summary>The card of a session; refusals: <see cref="CardSessionNotFound"/>, <see cref="CardSessionExpired"/>.</summary>
    public async Task<Outcome<CardView>> Find(string sessionId, CancellationToken ct) =>
        IdText.Parse(sessionId) is { } id ? await Find(id, ct) : new CardSessionNotFound();

    /// <summary>The same by the number.</summary>
    public async Task<Outcome<CardView>> Find(long sessionId, CancellationToken ct)
    {
        var session = await db.Set<CardSession>().SingleOrDefaultAsync(s => s.Id == sessionId, ct);
        if (session is null || session.OperatorId != request.Caller.OperatorId || session.BranchId != request.Caller.BranchId)
        {
            return new CardSessionNotFound();
        }

        if (session.ExpiresAt <= clock.GetUtcNow().UtcDateTime)
        {
            return new CardSessionExpired();
        }

        return await db.Set<Card>()
            .Where(c => c.Id == session.CardId)
            .Join(db.Set<Customer>(), c => c.CustomerId, c => c.Id, (card, customer) => new CardView(card, customer))
            .SingleAsync(ct);
    }
}
