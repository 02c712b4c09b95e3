namespace Access.Applications;

/// <summary>An application in a list.</summary>
/// <param name="Id">The application's id. <example>7293847293848</example></param>
/// <param name="ClientId">The name under which it asks for tokens. It never changes. <example>city-bank-app</example></param>
/// <param name="Name">1 to 40 characters. <example>城市银行手机银行</example></param>
/// <param name="BranchCode">The branch that it acts for. It never changes. <example>10100001</example></param>
/// <param name="Channel">Through what it reaches its users. <example>mobile-banking</example></param>
/// <param name="Active">False if the application gets no tokens, and those that it has do not work.</param>
public sealed record ApplicationItem(string Id, string ClientId, string Name, string BranchCode, string Channel, bool Active);

/// <summary>A secret of an application that is in use. The secret itself is not kept.</summary>
/// <param name="Id">The secret's id. <example>7293847293849</example></param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="LastUsedAt">When it last got a token; null if never.</param>
public sealed record ApplicationSecretItem(string Id, DateTime CreatedAt, DateTime ExpiresAt, DateTime? LastUsedAt);

/// <summary>An application with all details.</summary>
/// <param name="Id">The application's id. <example>7293847293848</example></param>
/// <param name="ClientId">The name under which it asks for tokens. It never changes. <example>city-bank-app</example></param>
/// <param name="Name">1 to 40 characters. <example>城市银行手机银行</example></param>
/// <param name="BranchCode">The branch that it acts for. It never changes. <example>10100001</example></param>
/// <param name="Channel">Through what it reaches its users. <example>mobile-banking</example></param>
/// <param name="Scopes">The functions that it may use, as GET /v1/rights names them.</param>
/// <param name="Active">False if the application gets no tokens, and those that it has do not work.</param>
/// <param name="Secrets">The secrets in use, at most two.</param>
/// <param name="Version">The version. Send it in If-Match as the ETag <c>"version"</c>.</param>
public sealed record ApplicationDetail(
    string Id,
    string ClientId,
    string Name,
    string BranchCode,
    string Channel,
    IReadOnlyList<string> Scopes,
    bool Active,
    IReadOnlyList<ApplicationSecretItem> Secrets,
    int Version
) : IVersionedResponse;

/// <summary>A new secret. Keep it: it is shown only here.</summary>
/// <param name="Id">The secret's id. <example>7293847293849</example></param>
/// <param name="ClientSecret">43 characters.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
public sealed record NewApplicationSecret(string Id, string ClientSecret, DateTime ExpiresAt);

/// <param name="Scope">The first that is none, or that only people can have.</param>
public sealed record ScopeUnknown(string Scope)
    : Refusal("scope-unknown", 422, "No application can have this scope.", "应用不能拥有此权限范围。");

public sealed record ClientIdTaken() : Refusal("client-id-taken", 409, "Another application has this client id.", "该客户端标识已被使用。");

public sealed record TooManySecrets()
    : Refusal("too-many-secrets", 409, "The application has two secrets in use. End one first.", "该应用已有两个有效密钥，请先停用一个。");
