using System.Net;
using System.Text.Json.Nodes;

namespace Api.Tests.Harness;

/// <summary>An answer as it came.</summary>
public sealed record Answered(HttpStatusCode Status, string Text, bool Replayed, Uri? Location, TimeSpan? RetryAfter)
{
    public JsonNode Body => JsonNode.Parse(Text)!;

    /// <summary>A problem's code.</summary>
    public string Code => this["code"];

    public string SerialNumber => this["serialNumber"];

    public string this[string member] => Body[member]?.ToString() ?? "";

    public long Number(string member) => Body[member]!.GetValue<long>();

    /// <summary>Fails with the body in the message, since a bare status says too little.</summary>
    public Answered Is(HttpStatusCode expected)
    {
        Assert.True(Status == expected, $"{(int)Status} instead of {(int)expected}: {Text}");
        return this;
    }

    public Answered IsRefused(HttpStatusCode status, string code)
    {
        Is(status);
        Assert.Equal(code, Code);
        return this;
    }

    public static async Task<Answered> Of(HttpResponseMessage response) =>
        new(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.TryGetValues("Idempotency-Replayed", out var values) && values.Single() == "true",
            response.Headers.Location,
            response.Headers.RetryAfter?.Delta
        );
}
