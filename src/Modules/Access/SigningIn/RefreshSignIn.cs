using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;

namespace Access.SigningIn;

/// <summary>A refresh token, valid once.</summary>
/// <param name="RefreshToken">The token from the sign-in or the last refresh, at most 200 characters.</param>
public sealed record RefreshRequest(string RefreshToken);

/// <summary>New tokens; the old ones no longer work.</summary>
/// <param name="AccessToken">The access token. Send it in the header Authorization as <c>Bearer …</c>.</param>
/// <param name="AccessTokenExpiresAt">30 minutes from now at the latest.</param>
/// <param name="RefreshToken">The refresh token, valid once.</param>
/// <param name="RefreshTokenExpiresAt">When the session ends. A refresh does not extend it.</param>
public sealed record RefreshResponse(
    string AccessToken,
    DateTime AccessTokenExpiresAt,
    string RefreshToken,
    DateTime RefreshTokenExpiresAt
);

/// <summary>Gives new tokens for a refresh token. One that was used before ends the session: it may have been stolen.</summary>
internal static class RefreshSignIn
{
    internal sealed record Command(RefreshRequest Body) : IWorkCommand<RefreshResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/sign-in/refresh",
                    (RefreshRequest body, Sender send, CancellationToken ct) =>
                        send.Work(new Command(body), r => Results.Json(r, Json.Options), ct)
                )
                .WithName(nameof(RefreshSignIn))
                .WithSummary("Refresh tokens")
                .WithDescription("A refresh token is valid once. Sending a used token again ends the session.")
                .AllowEverybody("the refresh token itself is the proof")
                .Produces<RefreshResponse>()
                .Refuses(typeof(NotSignedIn), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Body.RefreshToken).NotEmpty().MaximumLength(200);
    }

    internal sealed class Handler(AppDb db, PasswordWrites writes, Stamps stamps, TimeProvider clock)
        : WorkHandler<Command, RefreshResponse>
    {
        protected override async Task<Outcome<RefreshResponse>> Run(Command command, CancellationToken ct)
        {
            if (
                NewSession.Split(command.Body.RefreshToken) is not var (family, secret)
                || await Find(Secrets.Hash(family), ct) is not { } session
            )
            {
                return new NotSignedIn();
            }

            var now = clock.GetUtcNow().UtcDateTime;
            var (access, next) = (Secrets.NewToken(), Secrets.NewToken());
            var (used, accessHash, nextHash) = (Secrets.Hash(secret), Secrets.Hash(access), Secrets.Hash(next));
            var accessEnd = NewSession.AccessEnd(now, session.RefreshExpiresAt);
            if (session.RefreshExpiresAt <= now)
            {
                return new NotSignedIn();
            }

            // The old secret is part of the condition: of two uses that race one finds it gone, and counts as a second use.
            var rotated = await writes.InTransaction(
                async own =>
                {
                    var rows = await own.Set<Session>()
                        .Where(s => s.Id == session.Id && s.EndedAt == null && s.RefreshHash == used)
                        .ExecuteUpdateAsync(
                            u =>
                                u.SetProperty(s => s.RefreshHash, nextHash)
                                    .SetProperty(s => s.AccessHash, accessHash)
                                    .SetProperty(s => s.AccessExpiresAt, accessEnd),
                            ct
                        );
                    if (rows == 1)
                    {
                        await stamps.Raise(own, AccessStamps.Of(session.OperatorId), ct);
                    }

                    return rows;
                },
                ct
            );
            if (rotated == 1)
            {
                return new RefreshResponse(access, accessEnd, NewSession.Join(family, next), session.RefreshExpiresAt);
            }

            await End(session, now, ct);
            return new NotSignedIn();
        }

        /// <summary>The session, if its operator may still sign in.</summary>
        private Task<Session?> Find(byte[] familyHash, CancellationToken ct) =>
            (
                from session in db.Set<Session>()
                where session.FamilyHash == familyHash && session.EndedAt == null
                join person in db.Set<Operator>() on session.OperatorId equals person.Id
                join credential in db.Set<Credential>() on person.Id equals credential.OperatorId
                join branch in db.Set<Branch>() on person.BranchId equals branch.Id
                where person.Active && branch.Active && credential.Generation == session.CredentialGeneration
                select session
            ).SingleOrDefaultAsync(ct);

        private Task<int> End(Session session, DateTime now, CancellationToken ct) =>
            writes.InTransaction(
                async db =>
                {
                    var ended = await db.Set<Session>()
                        .Where(s => s.Id == session.Id && s.EndedAt == null)
                        .ExecuteUpdateAsync(u => u.SetProperty(s => s.EndedAt, (DateTime?)now), ct);
                    if (ended == 1)
                    {
                        await stamps.Raise(db, AccessStamps.Of(session.OperatorId), ct);
                        db.Add(
                            new AuditRecord
                            {
                                Id = Ids.Next(),
                                At = now,
                                OperatorId = session.OperatorId,
                                Action = "end-session",
                                Subject = $"operator:{session.OperatorId}",
                                Outcome = "refresh-token-reused",
                            }
                        );
                    }

                    return ended;
                },
                ct
            );
    }
}
