using System.Globalization;

namespace Hardware.Agent.Operations;

/// <summary>What an operation waits for.</summary>
internal enum TimePart
{
    /// <summary>Powering the card on and off.</summary>
    Reader,

    /// <summary>The card's commands.</summary>
    Card,

    /// <summary>The rounds with the API.</summary>
    Api,

    /// <summary>The journal's rows, those that wait for the disk among them.</summary>
    Journal,
}

/// <summary>
/// Where an operation's time went: for whoever wonders why a card takes long, as the answer's header <c>Server-Timing</c>. One operation's; not
/// safe for several threads.
/// </summary>
internal sealed class OperationTimes(TimeProvider clock)
{
    internal const string Header = "Server-Timing";

    private readonly TimeSpan[] _spent = new TimeSpan[Enum.GetValues<TimePart>().Length];
    private readonly int[] _times = new int[Enum.GetValues<TimePart>().Length];

    internal async Task<T> Of<T>(TimePart part, Func<Task<T>> wait)
    {
        var start = clock.GetTimestamp();
        try
        {
            return await wait();
        }
        finally
        {
            Add(part, start);
        }
    }

    internal void Of(TimePart part, Action work)
    {
        var start = clock.GetTimestamp();
        try
        {
            work();
        }
        finally
        {
            Add(part, start);
        }
    }

    /// <summary>As the header says it: milliseconds, and how often.</summary>
    public override string ToString() =>
        string.Join(
            ", ",
            Enum.GetValues<TimePart>()
                .Select(p =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Name(p)};desc=\"{_times[(int)p]}\";dur={_spent[(int)p].TotalMilliseconds:0.###}"
                    )
                )
        );

    private static string Name(TimePart part) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(part.ToString());

    private void Add(TimePart part, long start)
    {
        _spent[(int)part] += clock.GetElapsedTime(start);
        _times[(int)part]++;
    }
}
