using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.Requests;

/// <summary>
/// Enumerations as the contract writes them: camelCase, and nothing else. The framework's converter also takes other letter case, which the OpenAPI
/// file forbids and other readers of it refuse.
/// </summary>
internal sealed class ExactEnumConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : JsonConverter<T>
        where T : struct, Enum
    {
        private static readonly FrozenDictionary<string, T> s_values = Enum.GetValues<T>()
            .ToFrozenDictionary(v => Json.Name(v), StringComparer.Ordinal);

        private static readonly FrozenDictionary<T, JsonEncodedText> s_names = Enum.GetValues<T>()
            .ToFrozenDictionary(v => v, v => JsonEncodedText.Encode(Json.Name(v)));

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && s_values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new JsonException();

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(s_names[value]);

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            s_values.TryGetValue(reader.GetString()!, out var value) ? value : throw new JsonException();

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(s_names[value]);
    }
}
