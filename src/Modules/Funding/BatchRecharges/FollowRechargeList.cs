using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Funding.BatchRecharges;

/// <summary>Streams a list's progress as server-sent events (FC-20.5), until it stands still or the stream has lasted long enough.</summary>
internal static class FollowRechargeList
{
    internal sealed record Query(string SerialNumber) : IQuery<RechargeList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/recharge-lists/{serialNumber}/events",
                    (string serialNumber, Sender send, RechargeListStreams streams, CancellationToken ct) =>
                        send.Query(
                            new Query(serialNumber),
                            IResult (list) =>
                                streams.Open(list.Id, ct) is { } stream
                                    ? TypedResults.ServerSentEvents(stream)
                                    : Problem.Of(new TooManyStreams()),
                            ct
                        )
                )
                .WithName(nameof(FollowRechargeList))
                .WithSummary("Follow a recharge list")
                .WithDescription(
                    "Server-sent events. `list` carries the list as GET returns it: first immediately, then after each change, at most "
                        + "once a second. `heartbeat` carries nothing. The stream ends when the list is rejected, voided, finished or "
                        + "retrieved, and after five minutes."
                )
                .RequireRight(FundingRights.SeeRechargeLists)
                .Produces<RechargeListView>(StatusCodes.Status200OK, "text/event-stream")
                .ProducesRefusals<RechargeListNotFound, TooManyStreams, ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(RechargeListDesk desk) : QueryHandler<Query, RechargeList>
    {
        protected override Task<Outcome<RechargeList>> Read(Query query, CancellationToken ct) => desk.Find(query.SerialNumber, ct);
    }
}

/// <summary>The open streams of this process. Each asks the database once a second, for one row and the sums of at most a hundred.</summary>
internal sealed class RechargeListStreams(IDbContextFactory<AppDb> contexts, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    public const int Most = 64;
    private const int QuietBeats = 15;
    private static readonly TimeSpan s_beat = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    private int _open;

    /// <summary>Null when there are too many.</summary>
    public IAsyncEnumerable<SseItem<RechargeListView?>>? Open(long listId, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _open) <= Most)
        {
            return Read(listId, ct);
        }

        Interlocked.Decrement(ref _open);
        return null;
    }

    private async IAsyncEnumerable<SseItem<RechargeListView?>> Read(long listId, [EnumeratorCancellation] CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(s_beat, clock);
        var since = clock.GetTimestamp();
        try
        {
            (RechargeListState, int, int, int)? seen = null;
            for (var quiet = 0; ; quiet++)
            {
                var view = await Look(listId, end.Token);
                var now = (view.State, view.Lines, view.PostedLines, view.FailedLines);
                if (now != seen || quiet == QuietBeats)
                {
                    yield return now != seen
                        ? new SseItem<RechargeListView?>(view, "list")
                        : new SseItem<RechargeListView?>(null, "heartbeat");
                    (seen, quiet) = (now, 0);
                }

                if (IsOver(view.State) || clock.GetElapsedTime(since) > s_longest || !await Next(timer, end.Token))
                {
                    yield break;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static bool IsOver(RechargeListState state) =>
        state is RechargeListState.Rejected or RechargeListState.Voided or RechargeListState.Finished or RechargeListState.Retrieved;

    private async Task<RechargeListView> Look(long listId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.RechargeListView(listId, clock.GetUtcNow().UtcDateTime, ct);
    }

    private static async Task<bool> Next(PeriodicTimer timer, CancellationToken ct)
    {
        try
        {
            return await timer.WaitForNextTickAsync(ct);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
