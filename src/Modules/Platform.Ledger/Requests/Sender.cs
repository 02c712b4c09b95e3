using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Approvals;
using Platform.Ledger.Requests.Pipeline;

namespace Platform.Ledger.Requests;

/// <summary>
/// Sends a request through the pipeline (<see cref="RequestSteps"/>) and turns what comes back into the HTTP answer, or the problem.
/// </summary>
public sealed class Sender(IMediator mediator, IServiceProvider services)
{
    /// <summary>Books under the caller's Idempotency-Key (PL-03.6).</summary>
    public Task<IResult> Book<TResponse>(IBookingCommand<TResponse> command, CancellationToken ct) =>
        Answer(mediator.Send(command, ct), ct);

    /// <summary>Books on its way, and answers under the caller's Idempotency-Key.</summary>
    public Task<IResult> Book<TResponse>(ILongBookingCommand<TResponse> command, CancellationToken ct) =>
        Answer(mediator.Send(command, ct), ct);

    /// <summary>Changes rows without a key: edits of master data, guarded by their version.</summary>
    public Task<IResult> Change<TResponse>(IChangeCommand<TResponse> command, CancellationToken ct) =>
        Answer(mediator.Send(command, ct), ct);

    /// <summary>Books with the branch's day closed to everybody else.</summary>
    public Task<IResult> BookUnderDayLock<TResponse>(IDayLockedCommand<TResponse> command, CancellationToken ct) =>
        Answer(mediator.Send(command, ct), ct);

    /// <summary>Reads and answers 200 with JSON.</summary>
    public Task<IResult> Query<TResponse>(IQuery<TResponse> query, CancellationToken ct) =>
        Query(
            query,
            static value =>
            {
                var json = Results.Json(value, Json.Options);
                return value is IVersionedResponse tagged ? new TaggedResult(json, tagged.Version) : json;
            },
            ct
        );

    /// <summary>Reads, and answers in a form of the slice's own.</summary>
    public async Task<IResult> Query<TResponse>(IQuery<TResponse> query, Func<TResponse, IResult> answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var outcome = await mediator.Send(query, ct);
        return outcome.Refusal is { } refusal ? Problem.Of(refusal) : answer(outcome.Value);
    }

    /// <summary>Runs a request that writes for itself.</summary>
    public async Task<IResult> Work<TResponse>(IWorkCommand<TResponse> command, Func<TResponse, IResult> answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var outcome = await mediator.Send(command, ct);
        return outcome.Refusal is { } refusal ? Problem.Of(refusal) : answer(outcome.Value);
    }

    private async Task<IResult> Answer(Task<BookingResult> sent, CancellationToken ct) =>
        await sent switch
        {
            BookingResult.Answered answered => new StoredAnswer(answered),
            BookingResult.Refused { Refusal: ApprovalRequired asked } => Problem.Of(
                await services.GetRequiredService<ApprovalRequests>().Keep(asked, ct)
            ),
            BookingResult.Refused refused => Problem.Of(refused.Refusal),
            _ => Problem.Of(new ConcurrentChange()),
        };

    /// <summary>An answer as it was stored beside its key: the first and each repeated one are the same bytes.</summary>
    private sealed class StoredAnswer(BookingResult.Answered answered) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answered.Status;
            response.ContentType = "application/json; charset=utf-8";
            response.ContentLength = answered.Body.Length;
            if (answered.Location is { } location)
            {
                response.Headers.Location = location;
            }

            if (answered.Version is { } version)
            {
                response.Headers.ETag = EntityTag.Of(version);
            }

            if (answered.Replayed)
            {
                response.Headers["Idempotency-Replayed"] = "true";
            }

            await response.Body.WriteAsync(answered.Body, httpContext.RequestAborted);
        }
    }
}
