using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using Platform.Documents;

namespace Api.Tests.Platform;

/// <summary>The committed description against the running API (PL-06.1), and the conventions it shows (PL-06.4).</summary>
public sealed class OpenApiTests
{
    private static readonly string[] s_methodsThatChange = ["POST", "PUT", "PATCH", "DELETE"];

    /// <summary>With UPDATE_OPENAPI=1 the file is written from the API instead (eng/openapi.sh).</summary>
    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task The_committed_description_is_that_of_the_running_api()
    {
        var host = await TestHost.Shared(Database.Sqlite);
        var file = Path.Combine(Root(), "openapi", "counter.v1.json");
        var now = (await host.Client.GetStringAsync(ApiFile.Address)).ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_OPENAPI") == "1")
        {
            await File.WriteAllTextAsync(file, now);
        }

        Assert.Equal((await File.ReadAllTextAsync(file)).ReplaceLineEndings("\n"), now);
    }

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task Every_operation_says_what_it_is_who_may_call_it_and_what_it_can_refuse()
    {
        var api = await ApiFile.Of(await TestHost.Shared(Database.Sqlite));
        Assert.NotEmpty(api.Operations);
        Assert.Equal(api.Operations.Count, api.Operations.Select(o => o.Id).Distinct().Count());
        Assert.All(
            api.Operations,
            o =>
            {
                Assert.NotEmpty(o.Node["operationId"]!.GetValue<string>());
                Assert.NotEmpty(o.Node["summary"]!.GetValue<string>());
                Assert.Single(o.Node["tags"]!.AsArray());
                Assert.True(
                    !o.IsOpen || o.Node["description"]!.GetValue<string>().Contains("Open to all: ", StringComparison.Ordinal),
                    o.Id
                );
                Assert.True(o.IsOpen || o.Codes(401).Contains("not-signed-in"), o.Id);
                Assert.Contains("internal-error", o.Codes(500));
                Assert.True(o.BodyMedia is null || (o.Codes(400).Contains("validation-failed") && o.Codes(413).Count > 0), o.Id);
                Assert.True(!o.TakesKey || o.Codes(422).Contains("idempotency-key-reused"), o.Id);
                Assert.All(
                    o.Node["responses"]!.AsObject().Where(r => r.Key[0] is '4' or '5'),
                    r => Assert.NotEmpty(o.Codes(int.Parse(r.Key, System.Globalization.CultureInfo.InvariantCulture)))
                );
            }
        );
    }

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task Every_operation_has_examples_and_every_schema_a_description()
    {
        var api = await ApiFile.Of(await TestHost.Shared(Database.Sqlite));
        var bare = new List<string>();
        foreach (var o in api.Operations)
        {
            bare.AddRange(o.Parameters.Where(p => p["example"] is null).Select(p => $"{o.Id}: parameter {p["name"]}"));
            if (o.BodyMedia is { } body && body["example"] is null)
            {
                bare.Add($"{o.Id}: request");
            }

            bare.AddRange(
                o.Node["responses"]!
                    .AsObject()
                    .SelectMany(r => (r.Value!["content"]?.AsObject() ?? []).Select(c => (r.Key, Type: c.Key, Media: c.Value!)))
                    .Where(r => r.Type.Contains("json", StringComparison.Ordinal) && r.Media["example"] is null)
                    .Select(r => $"{o.Id}: answer {r.Key}")
            );
        }

        bare.AddRange(api.Schemas.Where(s => Blank(s.Value!["description"])).Select(s => $"schema {s.Key}"));
        Assert.Empty(bare);
    }

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task Every_operation_parameter_field_value_tag_and_header_says_what_it_means()
    {
        var api = await ApiFile.Of(await TestHost.Shared(Database.Sqlite));
        var silent = api.Operations.Where(o => Blank(o.Node["description"])).Select(o => $"operation {o.Id}").ToList();
        silent.AddRange(
            api.Operations.SelectMany(o => o.Parameters.Where(p => Blank(p["description"])).Select(p => $"{o.Id}: {p["name"]}"))
        );
        silent.AddRange(api.Root["tags"]!.AsArray().Where(t => Blank(t!["description"])).Select(t => $"tag {t!["name"]}"));
        foreach (var (name, schema) in api.Schemas)
        {
            var fields = schema!["properties"]?.AsObject() ?? [];
            silent.AddRange(
                fields.Where(f => f.Value!["$ref"] is null && Blank(f.Value["description"])).Select(f => $"field {name}.{f.Key}")
            );
            var values = schema["enum"]?.AsArray().Select(v => v!.GetValue<string>()) ?? [];
            var words = schema["description"]?.GetValue<string>() ?? "";
            silent.AddRange(values.Where(v => !words.Contains($"- `{v}`: ", StringComparison.Ordinal)).Select(v => $"value {name}.{v}"));
            silent.AddRange(
                words.Split('\n').Where(l => l.StartsWith("- `", StringComparison.Ordinal) && l.EndsWith(':')).Select(l => $"{name} {l}")
            );
        }

        Assert.True(silent.Count == 0, string.Join('\n', silent));
        Assert.All(
            api.Operations.SelectMany(o => o.Node["responses"]!.AsObject()).SelectMany(r => r.Value!["headers"]?.AsObject() ?? []),
            h => Assert.False(Blank(h.Value!["description"]), h.Key)
        );
    }

    [Fact]
    [Trait("Requirement", "PL-06.1"), Trait("Requirement", "PL-03.6")]
    public async Task Headers_stand_with_the_answers_that_carry_them()
    {
        var api = await ApiFile.Of(await TestHost.Shared(Database.Sqlite));
        var wrong = new List<string>();
        foreach (var o in api.Operations)
        {
            foreach (var (status, answer) in o.Node["responses"]!.AsObject())
            {
                var headers = answer!["headers"]?.AsObject() ?? [];
                var good = status[0] == '2';
                Must(o.TakesKey && good, "Idempotency-Replayed");
                Must(o.TakesKey && status is "201" or "202", "Location");
                Must(status == "429" || o.Codes(409).Contains("idempotency-key-in-use") && status == "409", "Retry-After");
                Must(good && o.Parameters.Any(p => ApiOperation.Name(p) == "If-Match") && o.Method == "PUT", "ETag");

                void Must(bool condition, string header)
                {
                    if (condition && !headers.ContainsKey(header))
                    {
                        wrong.Add($"{o.Id} {status}: {header}");
                    }
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task Ids_in_addresses_are_strings()
    {
        var api = await ApiFile.Of(await TestHost.Shared(Database.Sqlite));
        Assert.All(
            api.Operations.SelectMany(o => o.InPath.Where(p => ApiOperation.Name(p).EndsWith("Id", StringComparison.Ordinal))),
            p => Assert.Equal("string", p["schema"]!["type"]!.GetValue<string>())
        );
    }

    [Fact]
    [Trait("Requirement", "PL-06.1")]
    public async Task Every_request_example_reads_as_the_api_reads_it_and_passes_its_validator()
    {
        var host = await TestHost.Shared(Database.Sqlite);
        var api = await ApiFile.Of(host);
        var slices = ModuleList
            .All.Select(m => m.GetType().Assembly)
            .Distinct()
            .SelectMany(a => a.GetTypes())
            .Where(t => t.Name is "Command" or "Query" && t.DeclaringType is not null)
            .ToLookup(t => t.DeclaringType!.Name);
        var wrong = new List<string>();
        var tried = 0;
        foreach (var o in api.Operations.Where(o => o.BodyExample is not null))
        {
            var named = slices[o.Id].ToList();
            var command = named.Count == 1 ? named[0] : Taking(named.Count == 0 ? slices.SelectMany(s => s) : named, o);
            try
            {
                var message = Make(command, o);
                var validator = (IValidator)host.Services.GetRequiredService(typeof(IValidator<>).MakeGenericType(command));
                wrong.AddRange(
                    validator
                        .Validate(new ValidationContext<object>(message))
                        .Errors.Select(e => $"{o.Id}: {e.PropertyName} {e.ErrorMessage}")
                );
                tried++;
            }
            catch (JsonException e)
            {
                wrong.Add($"{o.Id}: {e.Message}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(tried > 15);
    }

    [Fact]
    [Trait("Requirement", "PL-06.4")]
    public async Task Versions_stand_in_the_path_and_times_money_and_enumerations_have_their_forms()
    {
        var api = await ApiFile.Of(await TestHost.Shared(Database.Sqlite));
        Assert.All(api.Operations, o => Assert.StartsWith("/v1/", o.Path, StringComparison.Ordinal));
        var fields = api
            .Schemas.SelectMany(s =>
                (s.Value!["properties"]?.AsObject() ?? []).Select(p =>
                    (Name: $"{s.Key}.{p.Key}", Field: p.Key, Schema: api.Resolve(p.Value!))
                )
            )
            .ToList();
        Assert.DoesNotContain(fields, f => f.Schema["type"]?.GetValue<string>() == "number");
        Assert.All(api.Schemas.Where(s => s.Value!["enum"] is not null), s => Assert.Equal("string", s.Value!["type"]!.GetValue<string>()));
        Assert.All(
            fields.Where(f =>
                Ends(f.Field, "Amount", "Balance", "Fee", "Deposit", "amount", "balance", "bonus", "deposit")
                && f.Schema["type"]?.GetValue<string>() is not ("object" or "boolean")
            ),
            f => Assert.True(f.Schema["type"]!.GetValue<string>() == "integer" && f.Schema["format"]!.GetValue<string>() == "int64", f.Name)
        );
        Assert.All(
            fields.Where(f => Ends(f.Field, "At", "Until") && f.Field != "setAt"),
            f => Assert.True(Format(f.Schema) == "date-time", f.Name)
        );
        Assert.All(fields.Where(f => Ends(f.Field, "Date", "validFrom", "validTo")), f => Assert.True(Format(f.Schema) == "date", f.Name));
    }

    [Fact]
    [Trait("Requirement", "PL-06.4")]
    public async Task Answers_carry_instants_with_an_offset()
    {
        var host = await TestHost.Shared(Database.Sqlite);
        var counter = await TestCounter.Open(host);
        var answer = await counter.Collect(await counter.IssuedCard(), 100);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$", answer["bookedAt"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\d$", answer["businessDate"]);
    }

    [Fact]
    [Trait("Requirement", "PL-03.5")]
    public async Task No_route_changes_or_deletes_a_transaction()
    {
        var api = await ApiFile.Of(await TestHost.Shared(Database.Sqlite));
        var routes = api
            .Operations.Where(o =>
                o.Path.StartsWith("/v1/transactions", StringComparison.Ordinal) && s_methodsThatChange.Contains(o.Method)
            )
            .ToList();
        Assert.NotEmpty(routes);
        Assert.All(routes, o => Assert.Equal("POST", o.Method));
        Assert.All(routes, o => Assert.Contains(o.Path.Split('/')[^1], (string[])["void", "reversal", "printings", "invoices"]));
    }

    /// <summary>The command of a slice with several routes, which is not called as one of them: known by the body that it takes.</summary>
    private static Type Taking(IEnumerable<Type> commands, ApiOperation operation)
    {
        var schema = operation.BodyMedia!["schema"]!;
        var body = (schema["$ref"] ?? schema["allOf"]![0]!["$ref"]!).GetValue<string>().Split('/')[^1];
        return commands.First(c => c.GetProperty("Body")?.PropertyType.Name == body);
    }

    private static object Make(Type command, ApiOperation operation)
    {
        var constructor = command.GetConstructors()[0];
        var values = constructor
            .GetParameters()
            .Select(p =>
            {
                var parameter = operation.Parameters.FirstOrDefault(x =>
                    ApiOperation.Name(x).Replace("-", "", StringComparison.Ordinal).EndsWith(p.Name!, StringComparison.OrdinalIgnoreCase)
                );
                return p.Name == "Body" ? JsonSerializer.Deserialize(operation.BodyExample!, p.ParameterType, Json.Options)
                    : parameter is null
                        ? (
                            p.ParameterType == typeof(string) ? ""
                            : p.ParameterType.IsValueType ? Activator.CreateInstance(p.ParameterType)
                            : null
                        )
                    : p.ParameterType == typeof(string) ? parameter["example"]!.ToString()
                    : p.ParameterType == typeof(long)
                        ? long.Parse(parameter["example"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture)
                    : JsonSerializer.Deserialize(parameter["example"]!, p.ParameterType, Json.Options);
            });
        return constructor.Invoke([.. values]);
    }

    private static bool Blank(JsonNode? text) => string.IsNullOrWhiteSpace(text?.GetValue<string>());

    private static bool Ends(string name, params string[] endings) =>
        Array.Exists(endings, e => name.EndsWith(e, StringComparison.Ordinal));

    private static string? Format(JsonNode schema) => schema["format"]?.GetValue<string>();

    internal static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Api.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Api.sln is in no folder above the tests.");
    }
}
