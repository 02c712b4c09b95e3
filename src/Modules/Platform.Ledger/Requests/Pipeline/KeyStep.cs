using MediatR;
using Microsoft.AspNetCore.Http;
using Platform.Idempotency;

namespace Platform.Ledger.Requests.Pipeline;

/// <summary>
/// Claims the caller's Idempotency-Key, so that the request books once (PL-03.6). An earlier answer under the same key wins over every refusal, since
/// the world has moved on since that answer.
/// </summary>
internal sealed class KeyStep<TCommand>(Books books, RequestContext about) : IPipelineBehavior<TCommand, BookingResult>
{
    public async Task<BookingResult> Handle(
        TCommand request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<BookingResult> next
    )
    {
        var claimed = Claim();
        if (claimed.Refusal is { } unclaimed)
        {
            return new BookingResult.Refused(await about.Confirmed(unclaimed, cancellationToken));
        }

        var claim = claimed.Value;
        using var running = books.TryRun(claim);
        if (running is null)
        {
            return new BookingResult.Refused(await about.Confirmed(new IdempotencyKeyInUse(), cancellationToken));
        }

        about.Claim = claim;
        var result = await next();
        return result is BookingResult.Refused { Refusal: not (NotSignedIn or RightMissing or ValidationFailed) } refused
            ? await Earlier(claim, refused.Refusal, cancellationToken) ?? result
            : result;
    }

    private Outcome<IdempotencyClaim> Claim()
    {
        var operation =
            about.Operation ?? throw new InvalidOperationException($"{typeof(TCommand)} books on a route without an operation name.");
        // A comma is what two headers look like once a proxy has joined them: which of the two was meant nobody knows.
        return about.IdempotencyKey is not { } key ? new IdempotencyKeyRequired()
            : key.Length is 0 or > IdempotencyRecord.MaxKeyLength || key.Contains(',') || key.AsSpan().ContainsAnyExceptInRange('!', '~')
                ? new IdempotencyKeyInvalid()
            : new IdempotencyClaim(about.Caller.OperatorId, operation, key, about.Digest);
    }

    /// <summary>
    /// The answer of an earlier request with this key. Where the database cannot be asked for it, a refusal that says so already stands; no other
    /// refusal does, since the earlier answer may be another one.
    /// </summary>
    private async Task<BookingResult?> Earlier(IdempotencyClaim claim, Refusal refusal, CancellationToken ct)
    {
        try
        {
            return await books.Replay(claim, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException && refusal.Status == StatusCodes.Status503ServiceUnavailable)
        {
            return null;
        }
    }
}
