using MediatR;

namespace Platform;

/// <summary>Reads the caller from the database before anything else: for a request that nothing may be decided for by memory.</summary>
internal sealed class ConfirmedStep<TCommand>(RequestContext request) : IPipelineBehavior<TCommand, BookingResult>
{
    public async Task<BookingResult> Handle(
        TCommand command,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<BookingResult> next
    ) => await request.Confirm(cancellationToken) is { } denied ? new BookingResult.Refused(denied) : await next();
}
