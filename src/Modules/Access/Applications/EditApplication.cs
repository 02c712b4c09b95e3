using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Access.Applications;

/// <summary>The editable fields of an application.</summary>
/// <param name="Name">1 to 40 characters. <example>城市银行手机银行</example></param>
/// <param name="Channel">2 to 32 lower-case letters, digits and hyphens. <example>mobile-banking</example></param>
/// <param name="Scopes">1 to 200 functions. They replace all current ones.</param>
/// <param name="Active">False ends all its tokens immediately.</param>
public sealed record EditApplicationRequest(string Name, string Channel, IReadOnlyList<string> Scopes, bool Active);

/// <summary>Edits an application; scopes taken back and deactivation work at once, on every instance (PL-06.11).</summary>
internal static class EditApplication
{
    internal sealed record Command(long Id, string? IfMatch, EditApplicationRequest Body) : IChangeCommand<ApplicationDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/applications/{id:long}",
                    (
                        long id,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        EditApplicationRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(id, ifMatch, body), ct)
                )
                .WithName(nameof(EditApplication))
                .WithSummary("Edit an application")
                .WithDescription(
                    "Scopes that are taken back end immediately, also in tokens that were given. If-Match carries the ETag that was read. "
                        + "Another administrator must approve new functions that move money, and reactivation of an application with such "
                        + "functions (action `edit-application`)."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<ApplicationDetail>()
                .TakesApproval()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(ScopeUnknown), typeof(RightNotYours))
                .Refuses(typeof(PreconditionRequired), typeof(PreconditionFailed));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Name).PersonName();
            RuleFor(c => c.Body.Channel).Channel();
            RuleFor(c => c.Body.Scopes).Scopes();
        }
    }

    internal sealed class Handler(ApplicationRecords applications, AdministratorRules rules) : BookingHandler<Command, ApplicationDetail>
    {
        protected override async Task<Outcome<Booking<ApplicationDetail>>> Decide(Command command, CancellationToken ct)
        {
            var found = await applications.FindToChange(command.Id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (record, body) = (found.Value, command.Body);
            if ((EntityTag.Check(command.IfMatch, record.Application.Version) ?? applications.RefuseScopes(body.Scopes)) is { } no)
            {
                return no;
            }

            IReadOnlyList<string> gained =
                body.Active && !record.Principal.Active ? body.Scopes : [.. body.Scopes.Except(record.Application.Scopes)];
            var leave = await rules.Leave(AdministratorActions.EditApplication, gained, record.Subject(rules.Words(body.Scopes)), ct);
            if (leave.Refusal is { } unapproved)
            {
                return unapproved;
            }

            (record.Principal.Name, record.Principal.Active) = (body.Name, body.Active);
            (record.Application.Channel, record.Application.Scopes) = (body.Channel, [.. body.Scopes.Distinct(StringComparer.Ordinal)]);
            var note = new AuditNote(
                "edit-application",
                $"application:{command.Id}",
                new
                {
                    body.Active,
                    body.Scopes,
                    leave.Value.OnlyAdministrator,
                }
            );
            return new Booking<ApplicationDetail>(Ids.Next(), leave.Value.Actor, note, _ => Answer.Ok(record.Detail()))
                .Update(record.Principal)
                .Update(record.Application);
        }
    }
}
