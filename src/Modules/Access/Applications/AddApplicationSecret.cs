using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Access.Applications;

/// <summary>How long a new secret is good for.</summary>
/// <param name="Days">1 to 730 days. <example>365</example></param>
public sealed record AddApplicationSecretRequest(int Days);

/// <summary>Gives an application a secret, beside the one that it has: so that it can go over to the new one without a gap (PL-06.11).</summary>
internal static class AddApplicationSecret
{
    internal sealed record Command(long Id, AddApplicationSecretRequest Body) : IChangeCommand<NewApplicationSecret>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/applications/{id:long}/secrets",
                    (long id, AddApplicationSecretRequest body, Sender send, CancellationToken ct) => send.Change(new Command(id, body), ct)
                )
                .WithName(nameof(AddApplicationSecret))
                .WithSummary("Add a secret to an application")
                .WithDescription(
                    "Returns the secret, which is shown only once. An application has at most two secrets in use. If it has functions that "
                        + "move money, another administrator must approve (action `add-application-secret`)."
                )
                .RequireRight(AccessRights.Administer)
                .Changes<NewApplicationSecret>(StatusCodes.Status201Created)
                .TakesApproval()
                .Refuses(typeof(NotFound), typeof(BranchOutOfReach), typeof(RightNotYours), typeof(TooManySecrets));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Id).GreaterThan(0);
            RuleFor(c => c.Body.Days).InclusiveBetween(1, ApplicationSecret.MostDays);
        }
    }

    internal sealed class Handler(ApplicationRecords applications, AdministratorRules rules, TimeProvider clock)
        : BookingHandler<Command, NewApplicationSecret>
    {
        protected override async Task<Outcome<Booking<NewApplicationSecret>>> Decide(Command command, CancellationToken ct)
        {
            var found = await applications.FindToChange(command.Id, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var (record, now) = (found.Value, clock.GetUtcNow().UtcDateTime);
            var gone = record.Secrets.Where(s => s.ExpiresAt <= now).ToList();
            var taken = record.Secrets.Except(gone).Select(s => s.OpenPlace).ToList();
            if (taken.Count == ApplicationSecret.MostOpen)
            {
                return new TooManySecrets();
            }

            var scopes = record.Application.Scopes;
            var leave = await rules.Leave(AdministratorActions.AddApplicationSecret, scopes, record.Subject(rules.Words(scopes)), ct);
            if (leave.Refusal is { } unapproved)
            {
                return unapproved;
            }

            var text = Secrets.NewToken();
            var secret = new ApplicationSecret
            {
                Id = Ids.Next(),
                ApplicationId = command.Id,
                OpenPlace = taken.Contains(1) ? 2 : 1,
                Hash = Secrets.Hash(text),
                CreatedAt = now,
                ExpiresAt = now.AddDays(command.Body.Days),
            };
            var note = new AuditNote(
                "add-application-secret",
                $"application:{command.Id}",
                new { Secret = IdText.Of(secret.Id), leave.Value.OnlyAdministrator }
            );
            var booking = new Booking<NewApplicationSecret>(
                secret.Id,
                leave.Value.Actor,
                note,
                _ =>
                    Answer.Created($"/v1/applications/{command.Id}", new NewApplicationSecret(IdText.Of(secret.Id), text, secret.ExpiresAt))
            )
                .Insert(secret)
                .IfDuplicate("IX_application_secrets_ApplicationId_OpenPlace", new ConcurrentChange());
            foreach (var expired in gone)
            {
                expired.OpenPlace = null;
                booking.Update(expired);
            }

            return booking;
        }
    }
}
