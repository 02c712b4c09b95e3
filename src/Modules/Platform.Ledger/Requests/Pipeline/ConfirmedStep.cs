using MediatR;

namespace Platform.Ledger.Requests.Pipeline;

/// <summary>Reads the caller from the database before anything else: for a request that nothing may be decided for by memory.</summary>
internal sealed class ConfirmedStep<TCommand>(RequestContext about) : IPipelineBehavior<TCommand, BookingResult>
{
    public async Task<BookingResult> Handle(
        TCommand request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<BookingResult> next
    ) => await about.Confirm(cancellationToken) is { } denied ? new BookingResult.Refused(denied) : await next();
}
