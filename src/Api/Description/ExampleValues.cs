using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Api;

/// <summary>Example values by the name of a field or parameter: one branch, one customer, one card throughout the description.</summary>
internal static class ExampleValues
{
    private const string Token = "q8b5xk1V3rM0s7TqYwHc2n9dZ4uLfJ6eGpAoXiBvRtE";
    private const string Id = "126437891174400000";

    private static readonly FrozenDictionary<string, string> s_texts = new Dictionary<string, string>
    {
        ["accessToken"] = Token,
        ["address"] = "长安街 1 号",
        ["after"] = "AAAAAAAAAAE",
        ["apdu"] = "805C000204",
        ["approvalToken"] = Token,
        ["approverLogin"] = "li.na",
        ["approverName"] = "李娜",
        ["atr"] = "3B6800000073C84000009000",
        ["branchCode"] = "10000000",
        ["branchName"] = "总部",
        ["Card-Ticket"] = Token,
        ["cardNumber"] = "1000110000000013",
        ["certificateNumber"] = "11010519491231002X",
        ["code"] = "insufficient-balance",
        ["customerCode"] = "1000000016",
        ["customerName"] = "王小明",
        ["data"] = "00000000",
        ["email"] = "xiaoming@example.com",
        ["field"] = "amount",
        ["id"] = Id,
        ["If-Match"] = "\"3\"",
        ["kind"] = "load",
        ["message"] = "余额不足。",
        ["meaning"] = "锁定密码前的错误次数",
        ["name"] = "王小明",
        ["network"] = "10.1.0.0/16",
        ["next"] = "AAAAAAAAAAE",
        ["number"] = "10001100",
        ["operatorLogin"] = "wang.fang",
        ["operatorName"] = "王芳",
        ["outcome"] = "none",
        ["phone"] = "13800138000",
        ["plate"] = "京A12345",
        ["referenceNumber"] = "POS-20261122-0007",
        ["refreshToken"] = Token,
        ["right"] = "funding.collect-payment",
        ["rule"] = "inclusive-between",
        ["serialNumber"] = "00030150224112025607",
        ["state"] = "completed",
        ["statusWord"] = "9000",
        ["ticket"] = Token,
        ["title"] = "余额不足。",
        ["titleEn"] = "Receipt",
        ["titleZh"] = "收据",
        ["token"] = Token,
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        ["transactionType"] = "collection",
        ["type"] = "/problems/insufficient-balance",
        ["verificationAddress"] = "https://localhost/v1/verify/" + Token,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, long> s_numbers = new Dictionary<string, long>
    {
        ["amount"] = 50_000,
        ["bonusBasisPoints"] = 100,
        ["fromAmount"] = 100_000,
        ["id"] = 126_437_891_174_400_000,
        ["limit"] = 100,
        ["status"] = 409,
        ["number"] = 1,
        ["version"] = 3,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The first of the names that a pattern lets in; null where it is no choice of names.</summary>
    public static JsonNode? OneOf(IOpenApiSchema schema) =>
        schema.Pattern is ['^', '(', .. var names, ')', '$'] && names.All(c => char.IsAsciiLetter(c) || c == '|')
            ? JsonValue.Create(names.Split('|')[0])
            : null;

    /// <summary>Parameters whose names mean something else in bodies.</summary>
    public static JsonNode? Parameter(string name, ParameterLocation? place) =>
        (name, place) switch
        {
            ("name", ParameterLocation.Path) => "card-fee",
            ("code", _) => "AUTUMN-2026",
            ("kind", ParameterLocation.Path) => "advance-receipt",
            ("operator", _) => s_texts["operatorLogin"],
            ("type", _) => s_texts["transactionType"],
            ("dryRun", _) => true,
            _ => null,
        };

    public static string Text(string name, IOpenApiSchema schema) =>
        schema.Format switch
        {
            "date" => "2026-11-22",
            "date-time" => "2026-11-22T02:15:30.1234567Z",
            _ when s_texts.TryGetValue(name, out var known) => known,
            _ when name.EndsWith("Id", StringComparison.Ordinal) => Id,
            _ => "text"[..Math.Min("text".Length, schema.MaxLength ?? int.MaxValue)],
        };

    public static long Number(string name, IOpenApiSchema schema)
    {
        var value = s_numbers.GetValueOrDefault(name.EndsWith("Id", StringComparison.Ordinal) ? "id" : name, 1);
        var least = long.TryParse(schema.Minimum, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l)
            ? l
            : long.MinValue;
        var most = long.TryParse(schema.Maximum, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var m)
            ? m
            : long.MaxValue;
        return Math.Clamp(value, least, most);
    }
}
