using System.Globalization;
using System.Text.RegularExpressions;

namespace Billing.Electricity.Files;

/// <summary>The kinds of file between bank and power side.</summary>
internal static class ElectricityFileKind
{
    public const string DebitRequest = "DKREQ";
    public const string DebitResult = "DKRES";
    public const string BankLines = "DZBNK";
    public const string PowerLines = "DZPWR";
}

/// <summary>
/// The name of a file: kind, merchant, unit, date and batch, <c>DKREQ_0006_37010_20100105_001.txt</c>. A file of zero bytes ending in .ok follows
/// when the transfer is complete.
/// </summary>
internal sealed partial record ElectricityFileName(string Kind, string Merchant, string Unit, DateOnly Date, int Batch)
{
    public const int MostBatch = 999;

    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Kind}_{Merchant}_{Unit}_{Date:yyyyMMdd}_{Batch:D3}.txt");

    public string Complete => Path.ChangeExtension(Text, ".ok");

    /// <summary>Null where a name is not written so.</summary>
    public static ElectricityFileName? Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return
            Form().Match(name) is { Success: true } match
            && DateOnly.TryParseExact(
                match.Groups["date"].Value,
                "yyyyMMdd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var date
            )
            ? new ElectricityFileName(
                match.Groups["kind"].Value,
                match.Groups["merchant"].Value,
                match.Groups["unit"].Value,
                date,
                int.Parse(match.Groups["batch"].Value, CultureInfo.InvariantCulture)
            )
            : null;
    }

    [GeneratedRegex(
        "^(?<kind>DKREQ|DKRES|DZBNK|DZPWR)_(?<merchant>[0-9]{4})_(?<unit>[0-9]{5,9})_(?<date>[0-9]{8})_(?<batch>[0-9]{3})\\.txt$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Form();
}
