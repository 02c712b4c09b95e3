using FluentValidation;
using MediatR;

namespace Platform.Ledger.Requests.Pipeline;

/// <summary>Refuses what the request's validator does not pass, before anything is read for it.</summary>
internal sealed class ValidationStep<TRequest, TResult>(IValidator<TRequest> validator, RequestContext about)
    : IPipelineBehavior<TRequest, TResult>
    where TResult : IRefusable<TResult>
{
    public Task<TResult> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResult> next)
    {
        var found = validator.Validate(request);
        return found.IsValid ? next() : Refuse(ValidationFailed.By(found.Errors), cancellationToken);
    }

    private async Task<TResult> Refuse(Refusal refusal, CancellationToken ct) => TResult.Refused(await about.Confirmed(refusal, ct));
}
