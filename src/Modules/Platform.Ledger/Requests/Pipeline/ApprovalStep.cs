using MediatR;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Platform.Ledger.Requests.Pipeline;

/// <summary>
/// Finds the approval that a request carries (PL-02), and has the booking that needed it use it up in the same transaction. It runs anew with each
/// decision, because what was good a moment ago may be used by now.
/// </summary>
internal sealed class ApprovalStep<TCommand>(AppDb db, RequestContext about, FindApprover approvers, TimeProvider clock)
    : IPipelineBehavior<TCommand, BookingResult>
{
    public Task<BookingResult> Handle(TCommand request, CancellationToken cancellationToken, RequestHandlerDelegate<BookingResult> next) =>
        about.ApprovalToken is { } token ? Handle(token, next, cancellationToken) : next();

    private async Task<BookingResult> Handle(string token, RequestHandlerDelegate<BookingResult> next, CancellationToken ct)
    {
        if (await Find(token, ct) is { } refusal)
        {
            return new BookingResult.Refused(refusal);
        }

        var decided = await next();
        switch (decided)
        {
            case BookingResult.Decided(var booking):
                UseUp(booking);
                return decided;
            case BookingResult.DecidedUnderLock(var decision):
                return new BookingResult.DecidedUnderLock((at, day, stop) => UnderLock(decision, at, day, stop));
            default:
                return decided;
        }
    }

    private async Task<Outcome<Booking>> UnderLock(DecisionUnderLock decision, AppDb at, BranchDay day, CancellationToken ct)
    {
        if (await CheckApprover(at, ct) is { } withdrawn)
        {
            return withdrawn;
        }

        var outcome = await decision(at, day, ct);
        if (outcome.Refusal is null)
        {
            UseUp(outcome.Value);
        }

        return outcome;
    }

    /// <summary>A refusal when the request names an approval that is not good for it.</summary>
    private async Task<Refusal?> Find(string token, CancellationToken ct)
    {
        var hash = Secrets.Hash(token);
        var approval = await db.Set<Approval>().AsNoTracking().SingleOrDefaultAsync(a => a.TokenHash == hash, ct);
        if (approval is null || approval.RequesterId != about.Caller.OperatorId || !approval.Digest.AsSpan().SequenceEqual(about.Digest))
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

        about.Approval = approval;
        return await CheckApprover(db, ct);
    }

    /// <summary>Rights count when it is booked: the booking's own transaction confirms the approver's (PL-02.6).</summary>
    private async Task<Refusal?> CheckApprover(AppDb from, CancellationToken ct)
    {
        about.Approver = await approvers(from, about.Approval!, ct);
        return about.Approver is null ? new ApprovalWithdrawn() : null;
    }

    /// <summary>A booking made by an approver's leave uses the approval up, in the same transaction.</summary>
    private void UseUp(Booking booking)
    {
        if (booking.Actor.ApproverId is not null && about.Approval is { } approval)
        {
            approval.UsedAt = clock.GetUtcNow().UtcDateTime;
            booking.Update(approval);
        }
    }
}
