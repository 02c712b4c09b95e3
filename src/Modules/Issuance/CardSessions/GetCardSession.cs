using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Issuance.CardSessions;

/// <summary>The present card.</summary>
/// <param name="SessionId">The session. <example>126437891174400000</example></param>
/// <param name="ExpiresAt">When the session ends. Read the card again then.</param>
/// <param name="Card">The card and its customer.</param>
public sealed record CardSessionView(string SessionId, DateTimeOffset ExpiresAt, CardSummary Card);

/// <summary>Shows which card a session stands for.</summary>
internal static class GetCardSession
{
    internal sealed record Query(long SessionId) : IQuery<CardSessionView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/card-sessions/{sessionId:long}",
                    (long sessionId, Sender send, CancellationToken ct) => send.Query(new Query(sessionId), ct)
                )
                .WithName(nameof(GetCardSession))
                .WithSummary("Get a card session")
                .WithDescription("Returns the card that this session verified, with its customer.")
                .AllowSignedIn()
                .Reads<CardSessionView>()
                .ProducesRefusals<CardSessionNotFound, CardSessionExpired>();
    }

    internal sealed class Handler(AppDb db, CardPresence presence) : QueryHandler<Query, CardSessionView>
    {
        protected override async Task<Outcome<CardSessionView>> Read(Query query, CancellationToken ct)
        {
            var found = await presence.Find(query.SessionId, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (card, customer) = found.Value;
            var session = await db.Set<CardSession>().SingleAsync(s => s.Id == query.SessionId, ct);
            return new CardSessionView(
                IdText.Of(session.Id),
                session.ExpiresAt.AtUtc(),
                new CardSummary(card.Number, card.Type, card.State, customer.Code, customer.Name, card.ValidTo)
            );
        }
    }
}
