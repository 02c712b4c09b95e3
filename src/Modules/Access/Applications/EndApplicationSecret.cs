using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Applications;

/// <summary>Takes a secret back: the tokens that it got end with it, at once, on every instance (PL-06.11).</summary>
internal static class EndApplicationSecret
{
    internal sealed record Command(long Id, long SecretId) : IChangeCommand<ApplicationDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/applications/{id:long}/secrets/{secretId:long}/end",
                    (long id, long secretId, Sender send, CancellationToken ct) => send.Change(new Command(id, secretId), ct)
                )
                .WithName(nameof(EndApplicationSecret))
                .WithSummary("End a secret of an application")
                .WithDescription("The tokens that it was used for stop working immediately on every instance.")
                .RequireRight(AccessRights.Administer)
                .Changes<ApplicationDetail>()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(RightNotYours));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).GreaterThan(0);
            RuleFor(c => c.SecretId).GreaterThan(0);
        }
    }

    internal sealed class Handler(ApplicationRecords applications, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, ApplicationDetail>
    {
        protected override async Task<Outcome<Booking<ApplicationDetail>>> Decide(Command command, CancellationToken ct)
        {
            var found = await applications.FindToChange(command.Id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var record = found.Value;
            if (record.Secrets.FirstOrDefault(s => s.Id == command.SecretId) is not { } secret)
            {
                return new NotFound("secret");
            }

            (secret.OpenPlace, secret.EndedAt) = (null, clock.GetUtcNow().UtcDateTime);
            var note = new AuditNote("end-application-secret", $"application:{command.Id}", new { Secret = IdText.Of(command.SecretId) });
            return new Booking<ApplicationDetail>(Ids.Next(), request.Actor, note, _ => Answer.Ok(record.Detail())).Update(secret);
        }
    }
}
