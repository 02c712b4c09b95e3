using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Applications;

/// <summary>A new application.</summary>
/// <param name="BranchCode">The branch that it acts for: your own branch or one below it. <example>10100001</example></param>
/// <param name="ClientId">3 to 32 lower-case letters, digits and hyphens; unique. <example>city-bank-app</example></param>
/// <param name="Name">1 to 40 characters; documents show it. <example>城市银行手机银行</example></param>
/// <param name="Channel">Through what it reaches its users: 2 to 32 lower-case letters, digits and hyphens.
/// <example>mobile-banking</example></param>
/// <param name="Scopes">1 to 200 functions that it may use, as GET /v1/rights names them.</param>
public sealed record CreateApplicationRequest(
    string BranchCode,
    string ClientId,
    string Name,
    string Channel,
    IReadOnlyList<string> Scopes
);

/// <summary>Registers an application, which has no secret yet (PL-06.5).</summary>
internal static class CreateApplication
{
    internal sealed record Command(CreateApplicationRequest Body) : IChangeCommand<ApplicationDetail>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/applications",
                    (CreateApplicationRequest body, Sender send, CancellationToken ct) => send.Change(new Command(body), ct)
                )
                .WithName(nameof(CreateApplication))
                .WithSummary("Register an application")
                .WithDescription(
                    "An application acts for one branch through one channel, with functions that you have yourself. It never approves, "
                        + "administers or closes a day. Add a secret before it can ask for tokens. Functions that move money need another "
                        + "administrator's approval (action `create-application`)."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<ApplicationDetail>(StatusCodes.Status201Created)
                .TakesApproval()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(ClientIdTaken), typeof(ScopeUnknown), typeof(RightNotYours));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.BranchCode).BranchCode();
            RuleFor(c => c.Body.ClientId).ClientId();
            RuleFor(c => c.Body.Name).PersonName();
            RuleFor(c => c.Body.Channel).Channel();
            RuleFor(c => c.Body.Scopes).Scopes();
        }
    }

    internal sealed class Handler(BranchScope scope, ApplicationRecords applications, AdministratorRules rules)
        : BookingHandler<Command, ApplicationDetail>
    {
        protected override async Task<Outcome<Booking<ApplicationDetail>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var found = await scope.Find(body.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            if (applications.RefuseScopes(body.Scopes) is { } unscoped)
            {
                return unscoped;
            }

            var record = New(body, found.Value);
            var leave = await rules.Leave(
                AdministratorActions.CreateApplication,
                body.Scopes,
                record.Subject(rules.Words(body.Scopes)),
                ct
            );
            if (leave.Refusal is { } unapproved)
            {
                return unapproved;
            }

            var id = record.Application.PrincipalId;
            var note = new AuditNote("create-application", $"application:{id}", new { body.Scopes, leave.Value.OnlyAdministrator });
            return new Booking<ApplicationDetail>(
                id,
                leave.Value.Actor,
                note,
                _ => Answer.Created($"/v1/applications/{id}", record.Detail())
            )
                .Insert(record.Principal)
                .Insert(record.Application)
                .IfDuplicate("IX_applications_ClientId", new ClientIdTaken())
                .IfDuplicate(Operator.LoginIndex, new ClientIdTaken());
        }

        private static ApplicationRecord New(CreateApplicationRequest body, BranchPlace branch)
        {
            var id = Ids.Next();
            var principal = new Operator
            {
                Id = id,
                BranchId = branch.Id,
                Login = body.ClientId,
                Name = body.Name,
                Kind = PrincipalKind.Application,
            };
            var application = new Application
            {
                PrincipalId = id,
                Id = IdText.Of(id),
                ClientId = body.ClientId,
                Channel = body.Channel,
                ScopeText = Application.JoinScopes(body.Scopes.Distinct(StringComparer.Ordinal)),
            };
            return new ApplicationRecord(application, principal, branch.Code, []);
        }
    }
}
