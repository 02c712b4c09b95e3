using MediatR;

namespace Platform.Ledger.Requests.Pipeline;

/// <summary>
/// Gives the answer that the key has already, before the handler begins: for a request that books on its way and should not begin again once it was
/// answered.
/// </summary>
internal sealed class AnsweredStep<TCommand>(Books books, RequestContext about) : IPipelineBehavior<TCommand, BookingResult>
{
    public async Task<BookingResult> Handle(
        TCommand request,
        CancellationToken cancellationToken,
        RequestHandlerDelegate<BookingResult> next
    ) => await books.Replay(about.Claim!, cancellationToken) ?? await next();
}
