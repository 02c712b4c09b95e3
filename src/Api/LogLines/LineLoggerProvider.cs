using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Api.LogLines;

/// <summary>
/// Logs as JSON lines on standard output, each with the trace id of its request. The framework's own JSON console adds the scopes of the request, and
/// with them its address, where certificate numbers stand; and it writes line by line.
/// </summary>
internal sealed class LineLoggerProvider : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, LineLogger> _loggers = new(StringComparer.Ordinal);
    private readonly LineWriter _writer;
    private readonly TimeProvider _clock;

    public LineLoggerProvider(TimeProvider clock)
    {
        _clock = clock;
        _writer = new LineWriter(Console.OpenStandardOutput());
        // A start that is refused ends the process without disposing anything.
        AppDomain.CurrentDomain.ProcessExit += EndWriting;
    }

    public ILogger CreateLogger(string categoryName) =>
        _loggers.GetOrAdd(categoryName, name => new LineLogger(JsonEncodedText.Encode(name, LineLogger.Encoder), _writer, _clock));

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= EndWriting;
        _writer.Dispose();
    }

    private void EndWriting(object? sender, EventArgs e) => _writer.Dispose();
}

/// <summary>Makes one line of what was logged. Numbers stay numbers; the line is for programs, people read <c>Message</c>.</summary>
internal sealed class LineLogger(JsonEncodedText category, LineWriter writer, TimeProvider clock) : ILogger
{
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);

    private const string OriginalFormat = "{OriginalFormat}";

    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json)? t_line;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var (buffer, json) = t_line ??= NewLine();
        buffer.ResetWrittenCount();
        json.Reset(buffer);
        json.WriteStartObject();
        json.WriteString(
            "Timestamp"u8,
            clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        );
        json.WriteNumber("EventId"u8, eventId.Id);
        json.WriteString("LogLevel"u8, Name(logLevel));
        json.WriteString("Category"u8, category);
        json.WriteString("Message"u8, formatter(state, exception));
        if (exception is not null)
        {
            json.WriteString("Exception"u8, exception.ToString());
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString("TraceId"u8, activity.TraceId.ToHexString());
            json.WriteString("SpanId"u8, activity.SpanId.ToHexString());
        }

        WriteState(json, state);
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
        writer.Add(buffer.WrittenSpan);
    }

    private static void WriteState<TState>(Utf8JsonWriter json, TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
        {
            return;
        }

        json.WriteStartObject("State"u8);
        for (var i = 0; i < values.Count; i++)
        {
            var (name, value) = values[i];
            if (name != OriginalFormat && value is not null)
            {
                WriteValue(json, name, value);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object value)
    {
        switch (value)
        {
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(name, number);
                break;
            case bool truth:
                json.WriteBoolean(name, truth);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string Name(LogLevel level) =>
        level switch
        {
            LogLevel.Trace => "Trace",
            LogLevel.Debug => "Debug",
            LogLevel.Information => "Information",
            LogLevel.Warning => "Warning",
            LogLevel.Error => "Error",
            _ => "Critical",
        };

    private static (ArrayBufferWriter<byte> Buffer, Utf8JsonWriter Json) NewLine()
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        return (buffer, new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Encoder, SkipValidation = true }));
    }
}
