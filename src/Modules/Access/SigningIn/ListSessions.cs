using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.SigningIn;

/// <summary>One of your sessions.</summary>
/// <param name="Id">The session's id. <example>126437891174400000</example></param>
/// <param name="StartedAt">When you signed in, UTC.</param>
/// <param name="ExpiresAt">When the session expires, UTC.</param>
/// <param name="Address">The address that opened the session. <example>10.1.2.3</example></param>
/// <param name="Current">Whether this is the current session.</param>
public sealed record SessionItem(string Id, DateTime StartedAt, DateTime ExpiresAt, string? Address, bool Current);

/// <summary>Your open sessions.</summary>
/// <param name="Items">Oldest first. The parameter for sessions per operator limits their number.</param>
public sealed record SessionList(IReadOnlyList<SessionItem> Items);

/// <summary>Lists the caller's own open sessions.</summary>
internal static class ListSessions
{
    internal sealed record Query : IQuery<SessionList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/sessions", (Sender send, CancellationToken ct) => send.Query(new Query(), ct))
                .WithName(nameof(ListSessions))
                .WithSummary("List your sessions")
                .WithDescription("Lists your open sessions. If you do not recognise one, end it and change your password.")
                .AllowOperators()
                .Reads<SessionList>();
    }

    internal sealed class Handler(AppDb db, RequestContext request, TimeProvider clock) : QueryHandler<Query, SessionList>
    {
        protected override async Task<Outcome<SessionList>> Read(Query query, CancellationToken ct)
        {
            var (caller, now) = (request.Caller, clock.GetUtcNow().UtcDateTime);
            var rows = await (
                from session in Sessions.Open(db, caller.OperatorId, now)
                join credential in db.Set<Credential>() on session.OperatorId equals credential.OperatorId
                where session.CredentialGeneration == credential.Generation
                orderby session.Id
                select session
            ).ToListAsync(ct);
            return new SessionList([
                .. rows.Select(s => new SessionItem(
                    IdText.Of(s.Id),
                    Ids.TimeOf(s.Id).UtcDateTime,
                    s.RefreshExpiresAt,
                    s.Address,
                    s.Id == caller.SessionId
                )),
            ]);
        }
    }
}
