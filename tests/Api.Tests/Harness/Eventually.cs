using TestRuns;

namespace Api.Tests.Harness;

/// <summary>Waits for what a job of the API does by itself.</summary>
public static class Eventually
{
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(25);

    public static async Task<T> Holds<T>(Func<Task<T>> look, Func<T, bool> condition)
    {
        ArgumentNullException.ThrowIfNull(look);
        ArgumentNullException.ThrowIfNull(condition);
        var from = TimeProvider.System.GetTimestamp();
        using var timer = new PeriodicTimer(s_step);
        while (true)
        {
            var seen = await look();
            if (condition(seen))
            {
                return seen;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(from) < Patience.Longest, $"Still {seen} after {Patience.Longest}.");
            await timer.WaitForNextTickAsync();
        }
    }
}
