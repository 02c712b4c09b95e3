using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Api.Tests.Platform;

/// <summary>One wrong way to call an operation.</summary>
/// <param name="Body">Raw text; null sends none.</param>
internal sealed record BadRequest(
    string Name,
    string Method,
    string Path,
    string? Body,
    string ContentType = "application/json",
    string? Key = "k"
);

/// <summary>Makes from an operation's own description every wrong request that it must refuse.</summary>
internal static class BadRequests
{
    private const int Huge = 10 * 1024 * 1024;
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static IEnumerable<BadRequest> Of(ApiFile api, ApiOperation o, IReadOnlyDictionary<string, string> values)
    {
        var path = o.PathWith(values);
        return Methods(api, o, path).Concat(Paths(o, values)).Concat(Queries(o, path)).Concat(Keys(o, path)).Concat(Bodies(api, o, path));
    }

    private static IEnumerable<BadRequest> Methods(ApiFile api, ApiOperation o, string path)
    {
        var there = api.Operations.Where(x => Shape(x.Path) == Shape(o.Path)).Select(x => x.Method).ToList();
        return s_methods
            .Where(m => !there.Contains(m) && path != "/v1/branch-days/current")
            .Select(m => new BadRequest($"method {m}", m, path, m == "GET" ? null : "{}"));
    }

    private static string Shape(string path) => string.Join('/', path.Split('/').Select(p => p.StartsWith('{') ? "{}" : p));

    private static IEnumerable<BadRequest> Paths(ApiOperation o, IReadOnlyDictionary<string, string> values)
    {
        string[] wrong = [new('x', 600), new('9', 600), "é钱", "' or 1=1 --", "-1", "99999999999999999999", "%"];
        // Whether a document is genuine is told of any text at all (PL-05.4).
        return from parameter in o.InPath.Where(_ => o.Id != "VerifyDocument")
            from text in wrong
            select new BadRequest(
                $"{ApiOperation.Name(parameter)} {(text.Length > 30 ? "over-long" : text)}",
                o.Method,
                o.PathWith(new Dictionary<string, string>(values) { [ApiOperation.Name(parameter)] = text }),
                o.BodyExample?.ToJsonString()
            );
    }

    private static IEnumerable<BadRequest> Queries(ApiOperation o, string path)
    {
        string[] limits = ["0", "-1", "1001", "abc", "1.5", "99999999999999", "%00"];
        string[] cursors = ["x", "AAAAAAAAAA=", new('A', 600), "%00", "' or 1=1"];
        var wrong = (Has("limit") ? limits.Select(l => $"limit={l}") : [])
            .Concat(Has("after") ? cursors.Select(c => $"after={c}") : [])
            .Concat(Has("branchCode") ? ["branchCode=%00", $"branchCode={new string('1', 600)}"] : Array.Empty<string>())
            .Concat(Has("dryRun") ? ["dryRun=maybe"] : Array.Empty<string>());
        return wrong.Select(q => new BadRequest(
            $"query {q[..Math.Min(q.Length, 40)]}",
            o.Method,
            $"{path}?{q}",
            o.BodyExample?.ToJsonString()
        ));

        bool Has(string name) => o.Parameters.Any(p => ApiOperation.Name(p) == name);
    }

    private static IEnumerable<BadRequest> Keys(ApiOperation o, string path)
    {
        if (!o.TakesKey)
        {
            return [];
        }

        string?[] wrong = [null, "", " ", "two words", new('k', 65), "ключ", "a,b\tc", "k,k"];
        return wrong.Select(k => new BadRequest($"key '{k}'", o.Method, path, o.BodyExample?.ToJsonString(), Key: k));
    }

    private static IEnumerable<BadRequest> Bodies(ApiFile api, ApiOperation o, string path)
    {
        if (o.Reads)
        {
            yield break;
        }

        yield return Body("10 MB", new string(' ', Huge));
        if (o.BodyExample is not { } example)
        {
            yield break;
        }

        var text = example.ToJsonString();
        yield return Body("no body", null);
        yield return Body("empty", "");
        yield return Body("text/plain", text) with
        {
            ContentType = "text/plain",
        };
        foreach (var junk in (string[])["{", "{\"a\":", "[]", "null", "\"x\"", "1", "{}}", text + text, "\u0000", new string('[', 3000)])
        {
            yield return Body($"junk {junk[..Math.Min(junk.Length, 12)]}", junk);
        }

        yield return Body("unknown field", With(example, "noSuchField", JsonValue.Create(1)));
        if (example.FirstOrDefault() is { Key: { } first } property)
        {
            yield return Body("duplicate property", $$"""{"{{first}}":{{property.Value?.ToJsonString() ?? "null"}},{{text[1..]}}""");
        }

        foreach (var (name, wrong) in Fields(api, o, example))
        {
            yield return Body(name, wrong);
        }

        BadRequest Body(string name, string? body) => new(name, o.Method, path, body);
    }

    private static IEnumerable<(string Name, string Body)> Fields(ApiFile api, ApiOperation o, JsonObject example)
    {
        var schema = api.Resolve(o.BodyMedia!["schema"]!);
        var required = (schema["required"]?.AsArray() ?? []).Select(r => r!.GetValue<string>()).ToHashSet();
        foreach (var (name, raw) in schema["properties"]?.AsObject() ?? [])
        {
            if (required.Contains(name))
            {
                var without = (JsonObject)example.DeepClone();
                without.Remove(name);
                yield return ($"without {name}", without.ToJsonString());
            }

            foreach (var wrong in WrongValues(api.Resolve(raw!), raw!["nullable"]?.GetValue<bool>() == true))
            {
                yield return ($"{name} = {wrong[..Math.Min(wrong.Length, 40)]}", WithRaw(example, name, wrong));
            }
        }
    }

    /// <summary>JSON texts that a field of this schema does not take.</summary>
    private static IEnumerable<string> WrongValues(JsonObject schema, bool nullable)
    {
        string[] byType = schema["type"]?.GetValue<string>() switch
        {
            "integer" => ["\"50000\"", "1.5", "1e2", "true", "[]", "{}", "99999999999999999999", "\"\"", .. Numbers(schema)],
            "boolean" => ["\"true\"", "1", "[]"],
            "array" => ["{}", "\"x\"", "1", "[[]]", "[null]"],
            "object" => ["[]", "\"x\"", "1", "{\"noSuchField\":1}"],
            _ when schema["enum"] is not null => ["\"no-such-value\"", "0", "\"\"", "[]", "\"1\""],
            _ => ["12", "true", "[]", "{}", "\"a\\u0000b\"", .. Texts(schema)],
        };
        return nullable ? byType : byType.Append("null");
    }

    private static IEnumerable<string> Numbers(JsonObject schema)
    {
        if (schema["minimum"]?.ToString() is { } least)
        {
            yield return (long.Parse(least, CultureInfo.InvariantCulture) - 1).ToString(CultureInfo.InvariantCulture);
            yield return long.MinValue.ToString(CultureInfo.InvariantCulture);
        }

        if (schema["maximum"]?.ToString() is { } most)
        {
            yield return (long.Parse(most, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
            yield return long.MaxValue.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static IEnumerable<string> Texts(JsonObject schema)
    {
        if (schema["minLength"]?.GetValue<int>() > 0)
        {
            yield return "\"\"";
        }

        if (schema["maxLength"]?.GetValue<int>() is { } most)
        {
            yield return $"\"{new string('长', most + 1)}\"";
        }

        if (schema["pattern"] is not null || schema["format"] is not null)
        {
            yield return "\"\\t!?\"";
        }
    }

    private static string With(JsonObject example, string name, JsonNode value)
    {
        var changed = (JsonObject)example.DeepClone();
        changed[name] = value;
        return changed.ToJsonString();
    }

    private static string WithRaw(JsonObject example, string name, string json)
    {
        var text = new StringBuilder("{").Append(CultureInfo.InvariantCulture, $"\"{name}\":{json}");
        foreach (var (other, value) in example.Where(p => p.Key != name))
        {
            text.Append(CultureInfo.InvariantCulture, $",\"{other}\":{value?.ToJsonString() ?? "null"}");
        }

        return text.Append('}').ToString();
    }
}
