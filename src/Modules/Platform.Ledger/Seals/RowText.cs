using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Platform.Ledger.Seals;

/// <summary>
/// A row as text for its digest: every column of the model by name, with its length before its value, so that no two different rows read alike. What
/// is null, or zero in a number that cannot be null, is left out: a column that is added later leaves the digests of earlier rows as they were.
/// </summary>
internal sealed class RowText
{
    private static readonly ConcurrentDictionary<(IModel Model, Type Row), RowText> s_texts = new();

    private readonly Column[] _columns;
    private readonly StringBuilder _text = new();

    private RowText(Column[] columns) => _columns = columns;

    /// <summary>A writer of its own for each caller, over columns that are read off the model once.</summary>
    public static RowText Of(IModel model, Type row) =>
        new(s_texts.GetOrAdd((model, row), static asked => Make(asked.Model, asked.Row))._columns);

    public void Append(IncrementalHash hash, object row)
    {
        _text.Clear();
        foreach (var column in _columns)
        {
            if (column.Text(row) is { } value)
            {
                _text.Append(column.Name).Append('=').Append(value.Length).Append(':').Append(value).Append(';');
            }
        }

        hash.AppendData(Encoding.UTF8.GetBytes(_text.Append('\n').ToString()));
    }

    private static RowText Make(IModel model, Type row)
    {
        var entity = model.FindEntityType(row) ?? throw new InvalidOperationException($"{row.Name} is no row of the model.");
        return new RowText([.. entity.GetProperties().Select(Column.Of).OrderBy(c => c.Name, StringComparer.Ordinal)]);
    }

    private sealed record Column(string Name, PropertyInfo Property, ValueConverter? EnumStoredAs, bool MayBeNull)
    {
        public static Column Of(IProperty property)
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            return new Column(
                property.GetColumnName(),
                property.PropertyInfo ?? throw new InvalidOperationException($"{property.Name} cannot be read."),
                type.IsEnum ? property.GetTypeMapping().Converter : null,
                property.IsNullable
            );
        }

        public string? Text(object row)
        {
            var value = Property.GetValue(row);
            var stored = EnumStoredAs is null ? value : EnumStoredAs.ConvertToProvider(value);
            return stored switch
            {
                null => null,
                0L or 0 or (short)0 when !MayBeNull => null,
                string text => text,
                long or int or short or bool => Convert.ToString(stored, CultureInfo.InvariantCulture),
                DateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
                DateOnly date => date.DayNumber.ToString(CultureInfo.InvariantCulture),
                byte[] bytes => Convert.ToHexStringLower(bytes),
                _ => throw new InvalidOperationException($"{Name} is of a type that has no text here."),
            };
        }
    }
}
