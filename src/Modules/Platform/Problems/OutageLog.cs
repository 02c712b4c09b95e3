using Microsoft.Extensions.Logging;

namespace Platform.Problems;

/// <summary>Tells the log why requests are answered 503, once a minute and not once a request.</summary>
public sealed class OutageLog(TimeProvider clock, ILogger<OutageLog> log)
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _said;
    private int _kept;

    public void Failed(Exception failure)
    {
        int kept;
        lock (_lock)
        {
            if (_said is { } said && clock.GetElapsedTime(said) < s_quiet)
            {
                _kept++;
                return;
            }

            _said = clock.GetTimestamp();
            (kept, _kept) = (_kept, 0);
        }

        log.LogError(failure, "The database does not do what is asked of it; {More} more such failures were not logged.", kept);
    }
}
