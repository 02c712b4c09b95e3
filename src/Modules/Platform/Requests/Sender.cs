using FluentValidation;
using FluentValidation.Results;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Platform;

/// <summary>
/// Takes a request from its endpoint to its answer: validates, finds the approval it carries, asks the handler for a decision, books it, and gives
/// the answer or the problem. An earlier answer under the same key wins over every refusal, since the world has moved on since that answer.
/// </summary>
public sealed class Sender(IMediator mediator, Books books, AppDb db, RequestContext request, TimeProvider clock, IServiceProvider services)
{
    private const int Decisions = 5;

    /// <summary>Books under the caller's Idempotency-Key (PL-03.6).</summary>
    public async Task<IResult> Book<TResponse>(IBookingCommand<TResponse> command, CancellationToken ct)
    {
        var (claim, refusal) = Claim(command);
        return claim is null ? await Refuse(Problem.Of(refusal!), ct) : await Run(command, claim, () => Decide(command, claim, ct), ct);
    }

    /// <summary>Changes rows without a key: edits of master data, guarded by their version.</summary>
    public Task<IResult> Change<TResponse>(IBookingCommand<TResponse> command, CancellationToken ct) =>
        Run(command, null, () => Decide(command, null, ct), ct);

    /// <summary>Books with the branch's day closed to everybody else.</summary>
    public async Task<IResult> BookUnderDayLock<TResponse>(IDayLockedCommand<TResponse> command, CancellationToken ct)
    {
        var (claim, refused) = Claim(command);
        if (await request.Confirm(ct) is { } denied)
        {
            return Problem.Of(denied);
        }

        if (claim is null)
        {
            return Problem.Of(refused!);
        }

        return await Run(
            command,
            claim,
            async () =>
            {
                var refusal = await FindApproval(ct);
                if (refusal is not null)
                {
                    return new BookingResult.Refused(refusal);
                }

                var decision = await mediator.Send(command, ct);
                return await books.PostUnderDayLock(
                    request.Caller.BranchId,
                    async (d, day, token) =>
                        await CheckApprover(d, token) is { } withdrawn ? withdrawn : UseApproval(await decision(d, day, token)),
                    claim
                );
            },
            ct
        );
    }

    /// <summary>Reads and answers 200 with JSON.</summary>
    public Task<IResult> Query<TResponse>(IQuery<TResponse> query, CancellationToken ct) =>
        Query(
            query,
            value =>
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
        if (Invalid(query) is { } invalid)
        {
            return invalid;
        }

        var outcome = await mediator.Send(query, ct);
        return outcome.Refusal is { } refusal ? Problem.Of(refusal) : answer(outcome.Value);
    }

    /// <summary>Runs a request of signing in, which writes for itself.</summary>
    public async Task<IResult> SignIn<TResponse>(ISignInCommand<TResponse> command, Func<TResponse, IResult> answer, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (Invalid(command) is { } invalid)
        {
            return invalid;
        }

        var outcome = await mediator.Send(command, ct);
        return outcome.Refusal is { } refusal ? Problem.Of(refusal) : answer(outcome.Value);
    }

    private (IdempotencyClaim? Claim, Refusal? Refusal) Claim(object command)
    {
        var key = request.IdempotencyKey;
        if (key is null)
        {
            return (null, new IdempotencyKeyRequired());
        }

        // A comma is what two headers look like once a proxy has joined them: which of the two was meant nobody knows.
        if (key.Length is 0 or > IdempotencyRecord.MaxKeyLength || key.Contains(',') || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return (null, new IdempotencyKeyInvalid());
        }

        var operation =
            request.Operation ?? throw new InvalidOperationException($"{command.GetType()} books on a route without an operation name.");
        return (new IdempotencyClaim(request.Caller.OperatorId, operation, key, request.Digest), null);
    }

    private async Task<IResult> Run(object command, IdempotencyClaim? claim, Func<Task<BookingResult>> book, CancellationToken ct)
    {
        if (Invalid(command) is { } invalid)
        {
            return await Refuse(invalid, ct);
        }

        using var running = claim is null ? null : books.TryRun(claim);
        if (claim is not null && running is null)
        {
            return await Refuse(Problem.Of(new IdempotencyKeyInUse()), ct);
        }

        var result = await book();
        if (result is BookingResult.Refused { Refusal: NotSignedIn or RightMissing } denied)
        {
            return Problem.Of(denied.Refusal);
        }

        if (result is BookingResult.Refused { Refusal: var no } && claim is not null && await Earlier(claim, no, ct) is { } earlier)
        {
            result = earlier;
        }

        return result switch
        {
            BookingResult.Answered answered => new StoredAnswer(answered),
            BookingResult.Refused { Refusal: ApprovalRequired asked } => Problem.Of(
                await services.GetRequiredService<ApprovalRequests>().Keep(asked, ct)
            ),
            BookingResult.Refused refused => Problem.Of(refused.Refusal),
            _ => Problem.Of(new ConcurrentChange()),
        };
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

    private async Task<BookingResult> Decide<TResponse>(IBookingCommand<TResponse> command, IdempotencyClaim? claim, CancellationToken ct)
    {
        BookingResult result = new BookingResult.Stale();
        for (var i = 0; i < Decisions && result is BookingResult.Stale; i++)
        {
            var refusal = await FindApproval(ct);
            if (refusal is not null)
            {
                return new BookingResult.Refused(await request.Confirm(ct) ?? refusal);
            }

            var outcome = UseApproval(await mediator.Send(command, ct));
            result = outcome.Refusal is { } no
                ? new BookingResult.Refused(no)
                : await books.Post(outcome.Value, claim, PremisesOf(outcome.Value));
            if (result is BookingResult.Refused && outcome.Refusal is null && outcome.Value.Head?.CorrectsId is not null)
            {
                // Of two corrections that race, the loser finds the money gone; deciding again finds why: the other one took it.
                result = (await mediator.Send(command, ct)).Refusal is { } truer ? new BookingResult.Refused(truer) : result;
            }

            if (result is BookingResult.Stale || (outcome.Refusal is not null && request.MayRemember))
            {
                // Memory decides nothing against anybody: a refusal that it gave is asked for again from the database.
                if (await request.Confirm(ct) is { } denied)
                {
                    return new BookingResult.Refused(denied);
                }

                result = new BookingResult.Stale();
            }
        }

        return result;
    }

    /// <summary>A refusal before any decision; who is not signed in any more hears that first.</summary>
    private async Task<IResult> Refuse(IResult refusal, CancellationToken ct) =>
        await request.Confirm(ct) is { } denied ? Problem.Of(denied) : refusal;

    /// <summary>Finds the approval that the request names; a refusal when it names one that is not good for it.</summary>
    private async Task<Refusal?> FindApproval(CancellationToken ct)
    {
        if (request.ApprovalToken is not { } token)
        {
            return null;
        }

        var hash = Secrets.Hash(token);
        var approval = await db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(a => a.TokenHash == hash, ct);
        if (
            approval is null
            || approval.RequesterId != request.Caller.OperatorId
            || !approval.Digest.AsSpan().SequenceEqual(request.Digest)
        )
        {
            return new ApprovalInvalid();
        }

        if (approval.UsedAt is not null)
        {
            return new ApprovalUsed();
        }

        if (approval.ExpiresAt <= clock.GetUtcNow().UtcDateTime)
        {
            return new ApprovalExpired();
        }

        request.Approval = approval;
        return await CheckApprover(db, ct);
    }

    /// <summary>Rights count when it is booked: the booking's own transaction confirms the approver's (PL-02.6).</summary>
    private async Task<Refusal?> CheckApprover(AppDb from, CancellationToken ct)
    {
        if (request.Approval is not { } approval)
        {
            return null;
        }

        request.Approver = await services.GetRequiredService<FindApprover>()(from, approval, ct);
        return request.Approver is null ? new ApprovalWithdrawn() : null;
    }

    private IReadOnlyList<Premise> PremisesOf(Booking booking) =>
        booking.Actor.ApproverId is not null && request.Approver is { } approver
            ? [.. request.Premises, .. approver.Premises]
            : request.Premises;

    /// <summary>A booking made by an approver's leave uses the approval up, in the same transaction.</summary>
    private Outcome<Booking> UseApproval(Outcome<Booking> outcome)
    {
        if (outcome.Refusal is null && outcome.Value.Actor.ApproverId is not null && request.Approval is { } approval)
        {
            approval.UsedAt = clock.GetUtcNow().UtcDateTime;
            outcome.Value.Update(approval);
        }

        return outcome;
    }

    private ProblemResult? Invalid(object message)
    {
        if (services.GetService(typeof(IValidator<>).MakeGenericType(message.GetType())) is not IValidator validator)
        {
            return null;
        }

        ValidationResult found = validator.Validate(new ValidationContext<object>(message));
        return found.IsValid ? null : Problem.Invalid(found.Errors);
    }

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
