using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace Platform.Requests;

/// <summary>
/// How JSON is read and written everywhere (PL-06.4): camelCase, enumerations as strings, whole numbers only as numbers, unknown fields refused.
/// </summary>
public static class Json
{
    /// <summary>How types are read: what may be null may be left out. A parameter's default need not say so again.</summary>
    public static readonly IJsonTypeInfoResolver Types = new DefaultJsonTypeInfoResolver { Modifiers = { RequireWhatMayNotBeNull } };

    public static readonly JsonSerializerOptions Options = Create();

    public static void Configure(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.NumberHandling = JsonNumberHandling.Strict;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.RespectNullableAnnotations = true;
        options.AllowDuplicateProperties = false;
        options.MaxDepth = 16;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.Converters.Add(new ExactEnumConverter());
    }

    /// <summary>How the bodies of requests are read: as everywhere, and each of their texts by the one rule of <see cref="PlainText"/>.</summary>
    public static void ConfigureRequests(JsonSerializerOptions options)
    {
        Configure(options);
        options.Converters.Add(new RequestText());
    }

    /// <summary>An enumeration's value as it stands in JSON.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => Name(value.ToString());

    internal static string Name(string value) => JsonNamingPolicy.CamelCase.ConvertName(value);

    /// <summary>The value of a name in a query string, where the framework knows only the names of the code; null when there is none.</summary>
    public static T? Value<T>(string? name)
        where T : struct, Enum => name is null ? null : Enum.GetValues<T>().Cast<T?>().FirstOrDefault(v => Name(v!.Value) == name);

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General) { TypeInfoResolver = Types };
        Configure(options);
        options.MakeReadOnly();
        return options;
    }

    /// <summary>
    /// What may not be null must be there. The framework's own switch asks for every parameter without a default, also for those that may be null.
    /// </summary>
    private static void RequireWhatMayNotBeNull(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.GetConstructors() is not [{ } constructor])
        {
            return;
        }

        var nullability = new NullabilityInfoContext();
        foreach (var parameter in constructor.GetParameters().Where(p => !p.HasDefaultValue && !MayBeNull(p, nullability)))
        {
            var property = type.Properties.FirstOrDefault(p =>
                p is { Set: not null, AttributeProvider: PropertyInfo own }
                && own.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase)
            );
            if (property is not null)
            {
                property.IsRequired = true;
            }
        }
    }

    private static bool MayBeNull(ParameterInfo parameter, NullabilityInfoContext nullability) =>
        parameter.ParameterType.IsValueType
            ? Nullable.GetUnderlyingType(parameter.ParameterType) is not null
            : nullability.Create(parameter).WriteState != NullabilityState.NotNull;
}
