using System.Text.Json;
using Platform.Languages;
using Platform.Requests;

namespace Platform.Approvals;

/// <summary>A field of a request as an approver sees it.</summary>
public sealed record RequestField(string Name, string Value);

/// <summary>Shows the body of a request field by field: secrets not at all, personal data masked (PL-06.9), and no more than a row holds.</summary>
internal static class RequestFields
{
    private const int MostFields = 60;
    private const int ValueLength = 200;
    private static readonly string[] s_secrets = ["password", "token", "secret", "ticket"];

    public static IEnumerable<RequestField> Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return [.. Leaves("", json.RootElement).Take(MostFields)];
        }
        catch (JsonException)
        {
            // No body, or a file: what there is to say of it the slice says.
            return [];
        }
    }

    private static IEnumerable<RequestField> Leaves(string path, JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Object => value
                .EnumerateObject()
                .SelectMany(p => Leaves(path.Length == 0 ? p.Name : $"{path}.{p.Name}", p.Value)),
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, i) => Leaves($"{path}[{i}]", item)),
            JsonValueKind.Null => [],
            _ => [new RequestField(path, Shown(path[(path.LastIndexOf('.') + 1)..], value.ToString()))],
        };

    private static string Shown(string name, string value) =>
        Array.Exists(s_secrets, s => name.Contains(s, StringComparison.OrdinalIgnoreCase)) ? "***"
        : Is(name, "certificateNumber") || Is(name, "accountNumber") || Is(name, "account") ? Mask.Certificate(value)
        : Is(name, "phone") || Is(name, "email") || Is(name, "address") ? Mask.Phone(value)
        : value.Length > ValueLength ? string.Concat(value.AsSpan(0, ValueLength), "…")
        : value;

    private static bool Is(string name, string what) => name.EndsWith(what, StringComparison.OrdinalIgnoreCase);
}
