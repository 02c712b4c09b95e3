using System.Net;

namespace Access.SigningIn;

/// <summary>Tokens as their holder gets them; the rows keep hashes.</summary>
internal sealed record NewTokens(string Access, string Refresh);

/// <summary>Makes sessions and their tokens.</summary>
internal static class NewSession
{
    private const char Between = '.';

    /// <summary>A session that ends when the password does: an expired password must open nothing but its own change (PL-01.4).</summary>
    public static (Session Session, NewTokens Tokens) For(
        OperatorAccount account,
        DateTime now,
        DateTime passwordExpiresAt,
        IPAddress address
    )
    {
        var (access, family, secret) = (Secrets.NewToken(), Secrets.NewToken(), Secrets.NewToken());
        var end = Earlier(now + Session.RefreshGoodFor, passwordExpiresAt);
        var session = new Session
        {
            Id = Ids.Next(),
            OperatorId = account.Operator.Id,
            CredentialGeneration = account.Credential.Generation,
            Address = address.ToString() is { Length: <= 45 } text ? text : null,
            AccessHash = Secrets.Hash(access),
            FamilyHash = Secrets.Hash(family),
            RefreshHash = Secrets.Hash(secret),
            AccessExpiresAt = AccessEnd(now, end),
            RefreshExpiresAt = end,
        };
        return (session, new NewTokens(access, Join(family, secret)));
    }

    public static DateTime AccessEnd(DateTime now, DateTime sessionEnd) => Earlier(now + Session.AccessGoodFor, sessionEnd);

    public static string Join(string family, string secret) => $"{family}{Between}{secret}";

    /// <summary>Family and secret of a refresh token; null when it does not look like one.</summary>
    public static (string Family, string Secret)? Split(string refreshToken) =>
        refreshToken.Split(Between) is [{ Length: > 0 } family, { Length: > 0 } secret] ? (family, secret) : null;

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;
}
