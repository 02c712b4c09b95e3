using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Issuance.Blacklist;

/// <summary>A change of the blacklist.</summary>
/// <param name="Version">The version of the change.</param>
/// <param name="CardNumber">The card.</param>
/// <param name="Listed">True to refuse the card; false if the card left the list.</param>
/// <param name="Reason">The card's state.</param>
/// <param name="ChangedAt">When.</param>
public sealed record BlacklistChange(long Version, string CardNumber, bool Listed, CardState Reason, DateTimeOffset ChangedAt);

/// <summary>Changes of the blacklist after a version, in the order of versions. Each card appears once, with its last change.</summary>
/// <param name="Version">The value of <c>since</c> for the next request.</param>
/// <param name="Complete">False if there are more changes. Request them immediately.</param>
/// <param name="Changes">At most <c>limit</c>.</param>
public sealed record BlacklistResponse(long Version, bool Complete, IReadOnlyList<BlacklistChange> Changes);

/// <summary>Gives stations the blacklist, whole or from a version on (FC-36.2).</summary>
internal static class GetBlacklist
{
    internal sealed record Query(long? Since, int? Limit, string? IfNoneMatch) : IQuery<Found>;

    /// <param name="Body">Null: the station has this version already.</param>
    internal sealed record Found(long Head, BlacklistResponse? Body);

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/blacklist",
                    (
                        long? since,
                        int? limit,
                        [FromHeader(Name = "If-None-Match")] string? ifNoneMatch,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(since, limit, ifNoneMatch), found => new Tagged(found), ct)
                )
                .WithName(nameof(GetBlacklist))
                .WithSummary("Get the blacklist")
                .WithDescription(
                    "Without since, returns the whole list: lost, blocked and closed cards. With since, returns the changes after that "
                        + "version. A client that has applied version N has every change up to N. The ETag is the newest version. With "
                        + "If-None-Match, the response is 304 if nothing has changed."
                )
                .RequireRight(CardLifeRights.ReadBlacklist)
                .Reads<BlacklistResponse>()
                .Produces(StatusCodes.Status304NotModified)
                .ProducesRefusals<PageInvalid>();
    }

    internal sealed class Handler(AppDb db, BlacklistNumbering numbering) : QueryHandler<Query, Found>
    {
        protected override async Task<Outcome<Found>> Read(Query query, CancellationToken ct)
        {
            var (since, limit) = (query.Since ?? 0, query.Limit ?? PageRequest.MaxLimit);
            if (since < 0 || limit is < 1 or > PageRequest.MaxLimit)
            {
                return new PageInvalid();
            }

            var head = await numbering.Run(ct);
            if (query.IfNoneMatch?.Split(',', StringSplitOptions.TrimEntries).Contains(Tag(head)) == true)
            {
                return new Found(head, null);
            }

            // A card that changes again after the head was read leaves this page, and comes under a higher number.
            var rows = await db.Set<BlacklistEntry>()
                .Where(b => b.Number > since && b.Number <= head && (since > 0 || b.Listed))
                .OrderBy(b => b.Number)
                .Take(limit + 1)
                .ToListAsync(ct);
            var complete = rows.Count <= limit;
            var shown = complete ? rows : rows[..limit];
            var last = complete ? head : shown[^1].Number!.Value;
            return new Found(head, new BlacklistResponse(last, complete, [.. shown.Select(Change)]));
        }

        private static BlacklistChange Change(BlacklistEntry entry) =>
            new(entry.Number!.Value, entry.CardNumber, entry.Listed, entry.Reason, entry.ChangedAt.AtUtc());
    }

    private static string Tag(long head) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"\"{head}\"");

    private sealed class Tagged(Found found) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.ETag = Tag(found.Head);
            return found.Body is { } body
                ? Results.Json(body, Json.Options).ExecuteAsync(httpContext)
                : Results.StatusCode(StatusCodes.Status304NotModified).ExecuteAsync(httpContext);
        }
    }
}
