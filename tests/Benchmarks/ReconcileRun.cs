using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Electricity.Reconciliation;

namespace Benchmarks;

/// <summary>Makes two reconciliation files, and compares them as the product does, in a process of its own.</summary>
internal static class ReconcileRun
{
    private const int Every = 1_000;

    /// <summary>Lines in no order: a step that meets each number once, since it shares no factor with the counts used.</summary>
    private const long Step = 7_368_787;

    /// <summary>As many lines on each side; of each thousand one is missing on either side, and one differs in its amount.</summary>
    public static async Task Make(int lines, string folder)
    {
        await Write(Path.Combine(folder, "bank"), "DZBNK", lines, i => i % Every != 1, _ => 0);
        await Write(Path.Combine(folder, "power"), "DZPWR", lines, i => i % Every != 2, i => i % Every == 3 ? 1 : 0);
    }

    public static async Task<JsonObject> Compare(string folder)
    {
        var start = Stopwatch.GetTimestamp();
        var found = 0;
        await using var bank = File.OpenRead(Path.Combine(folder, "bank"));
        await using var power = File.OpenRead(Path.Combine(folder, "power"));
        await FileComparison.Run(
            bank,
            power,
            _ =>
            {
                found++;
                return Task.CompletedTask;
            }
        );
        using var process = Process.GetCurrentProcess();
        return new JsonObject
        {
            ["seconds"] = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 2),
            ["differences"] = found,
            ["peakMiB"] = process.PeakWorkingSet64 / (1024 * 1024),
        };
    }

    private static async Task Write(string file, string kind, int lines, Func<long, bool> has, Func<long, long> more)
    {
        var (count, sum) = (0L, 0L);
        for (var i = 0L; i < lines; i++)
        {
            (count, sum) = has(i) ? (count + 1, sum + Fen(i) + more(i)) : (count, sum);
        }

        await using var writer = new StreamWriter(file) { NewLine = "\r\n" };
        var sums = $"{count}|{Yuan(sum)}|0|0.00";
        await writer.WriteLineAsync($"H|1.0|{kind}|0006|37010|20100105|{sums}");
        var bank = kind == "DZBNK";
        for (var n = 0L; n < lines; n++)
        {
            var i = bank ? n : n * Step % lines;
            if (has(i))
            {
                var yuan = Yuan(Fen(i) + more(i));
                await writer.WriteLineAsync(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"R|20100105|{i + 150_224_112_025_000_000:D20}|DL20100105{i:D8}|{i % 500_000:D10}|YS{i:D14}|200912|{yuan}|0.00|{yuan}|01|20100105093000|S"
                    )
                );
            }
        }

        await writer.WriteLineAsync($"T|{sums}");
    }

    private static long Fen(long i) => 100 + (i * 37 % 90_000);

    private static string Yuan(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
