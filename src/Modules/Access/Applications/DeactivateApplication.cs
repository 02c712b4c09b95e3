using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Applications;

/// <summary>Puts an application out at once, whatever version of it was read (PL-06.11). An edit takes it back.</summary>
internal static class DeactivateApplication
{
    internal sealed record Command(long Id) : IChangeCommand<ApplicationDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/applications/{id:long}/deactivate",
                    (long id, Sender send, CancellationToken ct) => send.Change(new Command(id), ct)
                )
                .WithName(nameof(DeactivateApplication))
                .WithSummary("Deactivate an application")
                .WithDescription("The application's tokens stop working immediately on every instance.")
                .RequireRight(AccessRights.Administer)
                .Changes<ApplicationDetail>()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(RightNotYours));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Id).GreaterThan(0);
    }

    internal sealed class Handler(ApplicationRecords applications, RequestContext request) : BookingHandler<Command, ApplicationDetail>
    {
        protected override async Task<Outcome<Booking<ApplicationDetail>>> Decide(Command command, CancellationToken ct)
        {
            var found = await applications.FindToChange(command.Id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var record = found.Value;
            record.Principal.Active = false;
            var note = new AuditNote("deactivate-application", $"application:{command.Id}");
            return new Booking<ApplicationDetail>(Ids.Next(), request.Actor, note, _ => Answer.Ok(record.Detail())).Update(
                record.Principal
            );
        }
    }
}
