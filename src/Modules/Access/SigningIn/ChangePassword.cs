using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Access.SigningIn;

/// <summary>A password change.</summary>
/// <param name="BranchCode">8 digits. <example>10000000</example></param>
/// <param name="Login">1 to 32 characters. <example>wang</example></param>
/// <param name="OldPassword">The current password, even if it has expired. <example>Old2026xx</example></param>
/// <param name="NewPassword">8 to 12 characters, at least one digit and one letter, case-sensitive. It must differ from the last three.
/// <example>New2026xx</example></param>
/// <param name="NewPasswordAgain">The new password again. <example>New2026xx</example></param>
public sealed record ChangePasswordRequest(
    string BranchCode,
    string Login,
    string OldPassword,
    string NewPassword,
    string NewPasswordAgain
);

/// <summary>The new password is the present one or one of the two before it (PL-01.6).</summary>
public sealed record PasswordUsedBefore()
    : Refusal("password-used-before", 422, "The new password is one of the last three.", "新密码不能与最近三次使用的密码相同。");

/// <summary>Changes a password without signing in (PL-01.5). All sessions under the old one end.</summary>
internal static class ChangePassword
{
    internal sealed record Command(ChangePasswordRequest Body) : IWorkCommand<bool>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/password-changes",
                    (ChangePasswordRequest body, Sender send, CancellationToken ct) =>
                        send.Work(new Command(body), _ => Results.NoContent(), ct)
                )
                .WithName(nameof(ChangePassword))
                .WithSummary("Change a password")
                .WithDescription("Works without a sign-in and with an expired password. A wrong old password counts as a wrong try.")
                .AllowEverybody("an operator changes an expired password before sign-in")
                .Produces(StatusCodes.Status204NoContent)
                .Refuses(typeof(SignInFailed), typeof(PasswordUsedBefore), typeof(PasswordTooCommon))
                .TriesPasswords();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.BranchCode).BranchCode();
            RuleFor(c => c.Body.Login).Login();
            RuleFor(c => c.Body.OldPassword).TypedPassword();
            RuleFor(c => c.Body.NewPassword).NewPassword();
            RuleFor(c => c.Body.NewPasswordAgain)
                .Must((c, again) => again == c.Body.NewPassword)
                .WithErrorCode("passwords-differ")
                .WithMessage(_ => Language.IsChinese ? "两次输入的新密码不一致。" : "The two new passwords differ.");
        }
    }

    internal sealed class Handler(
        Passwords passwords,
        PasswordWrites writes,
        PasswordHashes hashes,
        HashingGate gate,
        Stamps stamps,
        TimeProvider clock
    ) : WorkHandler<Command, bool>
    {
        private const string Action = "change-password";

        protected override async Task<Outcome<bool>> Run(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var tried = await passwords.Check(Action, "sign-in-failed", body.BranchCode, body.Login, body.OldPassword, ct);
            if (tried.Refusal is { } notNow)
            {
                return notNow;
            }

            if (tried.Value.Account is not { } account)
            {
                return new SignInFailed(tried.Value.TriesLeft);
            }

            if (CommonPasswords.IsTooEasy(body.NewPassword, body.Login, body.BranchCode))
            {
                return new PasswordTooCommon();
            }

            var hashed = await gate.Run(() => WasUsed(account.Credential, body.NewPassword) ? null : hashes.Hash(body.NewPassword), ct);
            return hashed.Refusal is { } busy ? busy
                : hashed.Value is not { } hash ? new PasswordUsedBefore()
                : await Save(account, hash, ct) ? true
                : new SignInFailed(null);
        }

        private bool WasUsed(Credential credential, string password) =>
            new[] { credential.Hash, credential.PreviousHash, credential.OlderHash }.Any(h => h is not null && hashes.Verify(h, password));

        /// <summary>False when the password was locked or changed since it was read.</summary>
        private Task<bool> Save(OperatorAccount account, string hash, CancellationToken ct) =>
            writes.InTransaction(
                async db =>
                {
                    var (old, now) = (account.Credential, clock.GetUtcNow().UtcDateTime);
                    var saved = await db.Set<Credential>()
                        .Where(c => c.OperatorId == old.OperatorId && c.Version == old.Version && c.LockedAt == null)
                        .ExecuteUpdateAsync(
                            u =>
                                u.SetProperty(c => c.Hash, hash)
                                    .SetProperty(c => c.PreviousHash, old.Hash)
                                    .SetProperty(c => c.OlderHash, old.PreviousHash)
                                    .SetProperty(c => c.ChangedAt, now)
                                    .SetProperty(c => c.MustChange, false)
                                    .SetProperty(c => c.FailedTries, 0)
                                    .SetProperty(c => c.Generation, old.Generation + 1)
                                    .SetProperty(c => c.Version, old.Version + 1),
                            ct
                        );
                    if (saved == 1)
                    {
                        await stamps.Raise(db, AccessStamps.Of(old.OperatorId), ct);
                        db.Add(passwords.Audit(Action, account, "done"));
                    }

                    return saved == 1;
                },
                ct
            );
    }
}
