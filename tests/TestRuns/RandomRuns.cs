using System.Globalization;

namespace TestRuns;

/// <summary>
/// How often random histories and properties are tried. The variable FUEL_TEST_TIMES multiplies all of them (eng/test.sh --long: by 20): the short
/// run is for every change, a long one for a night.
/// </summary>
internal static class RandomRuns
{
    private const string Variable = "FUEL_TEST_TIMES";
    private const int MostTimes = 1_000;

    private static readonly int s_times = Read(Environment.GetEnvironmentVariable(Variable));

    public static int Times(int usual) => checked(usual * s_times);

    private static int Read(string? text) =>
        string.IsNullOrEmpty(text) ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var times) && times is >= 1 and <= MostTimes ? times
        : throw new InvalidOperationException($"{Variable} is '{text}'; set it to a number from 1 to {MostTimes}, or leave it out.");
}
