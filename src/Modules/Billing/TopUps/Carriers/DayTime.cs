using System.Globalization;

namespace Billing.TopUps.Carriers;

/// <summary>A time of day as HH:mm, up to 24:00, and as minutes after midnight.</summary>
internal static class DayTime
{
    public const string Form = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";

    public static int Minutes(string text) =>
        int.Parse(text.AsSpan(0, 2), CultureInfo.InvariantCulture) * 60 + int.Parse(text.AsSpan(3, 2), CultureInfo.InvariantCulture);

    public static string Text(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:D2}:{minutes % 60:D2}");
}
