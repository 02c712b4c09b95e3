using System.Globalization;

namespace Platform.Tables;

/// <summary>What may be in a cell, the same for every format.</summary>
internal static class CellTexts
{
    /// <summary>From here on Excel no longer keeps every digit that a person typed.</summary>
    private const decimal LongestNumber = 1_000_000_000_000_000m;

    /// <summary>What is wrong with the text; null when nothing is. A control character or half a surrogate pair can be kept by no database.</summary>
    public static TableFault? Fault(string text, int line, int column, TableLimits limits)
    {
        if (text.Length > limits.CellCharacters)
        {
            return TableFaults.Length(line, column, limits.CellCharacters);
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            // The last ones turn the direction of writing: what is read is then not what is seen.
            var control = c is < ' ' and not ('\t' or '\n' or '\r') or (>= '\u007f' and <= '\u009f') or '\ufffe' or '\uffff';
            if (control || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'))
            {
                return TableFaults.Characters(line, column);
            }

            if (char.IsSurrogate(c) && !(char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[++i])))
            {
                return TableFaults.Characters(line, column);
            }
        }

        return null;
    }

    /// <summary>
    /// The number as Excel shows it: the 15 good digits of its floating point as decimal text, without an exponent and without the noise behind them
    /// (12.300000000000001 is 12.3), which is how the conversion to decimal is defined. Null when 15 digits cannot say what was typed.
    /// </summary>
    public static string? Exact(IConvertible number)
    {
        try
        {
            var exact = number.ToDecimal(CultureInfo.InvariantCulture);
            return Math.Abs(exact) < LongestNumber ? exact.ToString("0.############################", CultureInfo.InvariantCulture) : null;
        }
        catch (OverflowException)
        {
            return null;
        }
    }
}
