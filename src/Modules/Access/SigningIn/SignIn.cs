using System.Collections.Frozen;
using Access.Roles;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.SigningIn;

/// <summary>The credentials of an operator.</summary>
/// <param name="BranchCode">8 digits. <example>10000000</example></param>
/// <param name="Login">1 to 32 characters; case-insensitive. <example>admin</example></param>
/// <param name="Password">1 to 128 characters; case-sensitive. <example>Admin2026x</example></param>
public sealed record SignInRequest(string BranchCode, string Login, string Password);

/// <summary>The tokens of a session, and the functions that the operator may use.</summary>
/// <param name="AccessToken">The access token. Send it in the header Authorization as <c>Bearer …</c>.</param>
/// <param name="AccessTokenExpiresAt">30 minutes from now at the latest.</param>
/// <param name="RefreshToken">The refresh token, valid once.</param>
/// <param name="RefreshTokenExpiresAt">When the session ends: at most 12 hours after sign-in.</param>
/// <param name="Operator">The signed-in operator.</param>
/// <param name="Branch">Where.</param>
/// <param name="Modules">The modules and functions that the operator may use.</param>
public sealed record SignInResponse(
    string AccessToken,
    DateTime AccessTokenExpiresAt,
    string RefreshToken,
    DateTime RefreshTokenExpiresAt,
    SignedInOperator Operator,
    SignedInBranch Branch,
    IReadOnlyList<AllowedModule> Modules
);

/// <summary>Signs an operator in with branch code, login and password (PL-01.1 to PL-01.4).</summary>
internal static class SignIn
{
    internal sealed record Command(SignInRequest Body) : IWorkCommand<SignInResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/sign-in",
                    (SignInRequest body, Sender send, CancellationToken ct) =>
                        send.Work(new Command(body), r => Results.Json(r, Json.Options), ct)
                )
                .WithName(nameof(SignIn))
                .WithSummary("Sign in")
                .WithDescription(
                    "A wrong password, an unknown login and a locked password get the same answer. After the configured number of "
                        + "consecutive wrong tries, the password is locked until an administrator unlocks it. Open sessions continue. "
                        + "After wrong tries, wait as `Retry-After` says. If the operator has too many sessions, the oldest one ends."
                )
                .AllowEverybody("sign-in needs no token")
                .Produces<SignInResponse>()
                .Refuses(typeof(SignInFailed), typeof(PasswordExpired))
                .TriesPasswords();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.BranchCode).BranchCode();
            RuleFor(c => c.Body.Login).Login();
            RuleFor(c => c.Body.Password).TypedPassword();
        }
    }

    internal sealed class Handler(
        AppDb db,
        Passwords passwords,
        Sessions sessions,
        RoleRights rights,
        IReadOnlyList<Right> allRights,
        TimeProvider clock
    ) : WorkHandler<Command, SignInResponse>
    {
        private const string Action = "sign-in";

        protected override async Task<Outcome<SignInResponse>> Run(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var checkedPassword = await passwords.Check(Action, "sign-in-failed", body.BranchCode, body.Login, body.Password, ct);
            if (checkedPassword.Refusal is { } notNow)
            {
                return notNow;
            }

            var tried = checkedPassword.Value;
            if (tried.Account is not { } account)
            {
                return new SignInFailed(tried.TriesLeft);
            }

            var now = clock.GetUtcNow().UtcDateTime;
            if (tried.ExpiresAt <= now)
            {
                var kept = await passwords.Accept(
                    account,
                    db =>
                    {
                        db.Add(passwords.Audit(Action, account, "password-expired"));
                        return Task.CompletedTask;
                    },
                    ct
                );
                return kept ? new PasswordExpired() : new SignInFailed(null);
            }

            var (session, tokens) = NewSession.For(account, now, tried.ExpiresAt, passwords.Address);
            var accepted = await passwords.Accept(
                account,
                async db =>
                {
                    await sessions.EndOldest(db, account, tried.Sessions - 1, ct);
                    db.Add(session);
                    db.Add(passwords.Audit(Action, account, "done"));
                },
                ct
            );
            if (!accepted)
            {
                return new SignInFailed(null);
            }

            await DropOldSessions(account.Operator.Id, now, ct);
            return Answer(account, session, tokens, await rights.OfOperator(db, account.Operator.Id, ct));
        }

        private SignInResponse Answer(OperatorAccount account, Session session, NewTokens tokens, FrozenSet<string> held) =>
            new(
                tokens.Access,
                session.AccessExpiresAt,
                tokens.Refresh,
                session.RefreshExpiresAt,
                new SignedInOperator(IdText.Of(account.Operator.Id), account.Operator.Login, account.Operator.Name),
                new SignedInBranch(IdText.Of(account.Branch.Id), account.Branch.Code, account.Branch.Name),
                AllowedModule.Of(allRights, held)
            );

        private Task<int> DropOldSessions(long operatorId, DateTime now, CancellationToken ct) =>
            db.Set<Session>().Where(s => s.OperatorId == operatorId && s.RefreshExpiresAt < now).ExecuteDeleteAsync(ct);
    }
}
