namespace Access;

/// <summary>Names of branches, operators, parameters and the audit trail, as the description of the API has them.</summary>
internal static class AccessApiWords
{
    public static readonly IReadOnlyList<ApiWord> All =
    [
        new("accessToken") { Text = PlatformApiWords.Token },
        new("action") { Meaning = "Filter by action, such as `collect-payment`." },
        new("active") { True = true },
        new("address") { Text = "长安街 1 号" },
        new("clientSecret") { Text = PlatformApiWords.Token },
        new("meaning") { Text = "锁定密码前的错误次数" },
        new("name", ApiPlace.Path) { Meaning = "The parameter's name.", Text = "card-fee" },
        new("network") { Text = "10.1.0.0/16" },
        new("operatorId") { Meaning = "Filter by operator id." },
        new("recordedFrom") { Meaning = "Records at or after this instant." },
        new("recordedTo") { Meaning = "Records before this instant." },
        new("refreshToken") { Text = PlatformApiWords.Token },
        new("right") { Text = "funding.collect-payment" },
        new("secretId") { Meaning = "The secret's id." },
        new("subject") { Meaning = "Filter by subject, such as `card:126437891174400002`." },
    ];
}
