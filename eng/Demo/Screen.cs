using System.Globalization;

namespace Demo;

/// <summary>Shows each step in one or two lines.</summary>
internal static class Screen
{
    private const int TitleWidth = 39;
    private static int s_step;

    public static void Step(string title, string result, params IEnumerable<string> more)
    {
        s_step++;
        Line($"{s_step, 2}  {title.PadRight(TitleWidth)} {result}");
        foreach (var line in more)
        {
            Line(new string(' ', TitleWidth + 5) + line);
        }
    }

    public static void Line(string text) => Console.Out.WriteLine(text);

    /// <summary>Fen as yuan.</summary>
    public static string Yuan(long fen) => (fen / 100m).ToString("N2", CultureInfo.InvariantCulture);
}
