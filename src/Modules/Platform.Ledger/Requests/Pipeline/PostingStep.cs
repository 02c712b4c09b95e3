using MediatR;

namespace Platform.Ledger.Requests.Pipeline;

/// <summary>
/// Has the books write what was decided. Where something it was decided on has changed meanwhile, it is decided again, at most five times.
/// </summary>
internal sealed class PostingStep<TCommand>(Books books, RequestContext about) : IPipelineBehavior<TCommand, BookingResult>
{
    private const int Decisions = 5;

    public async Task<BookingResult> Handle(
        TCommand request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<BookingResult> next
    )
    {
        BookingResult result = new BookingResult.Stale();
        for (var i = 0; i < Decisions && result is BookingResult.Stale; i++)
        {
            var decided = await next();
            if (decided is BookingResult.DecidedUnderLock locked)
            {
                return await books.PostUnderDayLock(about.Caller.BranchId, locked.Decision, about.Claim);
            }

            result = decided is BookingResult.Decided(var booking) ? await Post(booking, next) : decided;
            if (result is BookingResult.Stale || (decided is BookingResult.Refused && about.MayRemember))
            {
                // Memory decides nothing against anybody: a refusal that it gave is asked for again from the database.
                if (await about.Confirm(cancellationToken) is { } denied)
                {
                    return new BookingResult.Refused(denied);
                }

                result = new BookingResult.Stale();
            }
        }

        return result;
    }

    private async Task<BookingResult> Post(Booking booking, RequestHandlerDelegate<BookingResult> next)
    {
        var result = await books.Post(booking, about.Claim, PremisesOf(booking));
        // Of two corrections that race, the loser finds the money gone; deciding again finds why: the other one took it.
        return result is BookingResult.Refused && booking.Head?.CorrectsId is not null && await next() is BookingResult.Refused truer
            ? truer
            : result;
    }

    private IReadOnlyList<Premise> PremisesOf(Booking booking) =>
        booking.Actor.ApproverId is not null && about.Approver is { } approver ? [.. about.Premises, .. approver.Premises] : about.Premises;
}
