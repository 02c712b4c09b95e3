using Access.SystemParameters;
using Platform.Documents;
using Platform.Requests;

namespace Customers.Reach;

/// <summary>
/// How many look-ups each operator made in this minute, in this process alone: with several processes the limit is that of each. An operator who
/// knows one number can guess the others, so unknown numbers and wrong certificates count too.
/// </summary>
public sealed class LookUpCounts(TimeProvider clock)
{
    private const int WindowSeconds = 60;

    private readonly Lock _gate = new();
    private readonly Dictionary<long, int> _counts = [];
    private long _window;

    /// <summary>Counts one; the seconds to wait when it is one too many, else null.</summary>
    public int? Count(long operatorId, long most)
    {
        lock (_gate)
        {
            // Read under the lock: a caller that read it before the window's edge and came after it would open the old window again.
            var now = clock.GetUtcNow().ToUnixTimeSeconds();
            if (_window != now / WindowSeconds)
            {
                _window = now / WindowSeconds;
                _counts.Clear();
            }

            var count = _counts.GetValueOrDefault(operatorId);
            if (count >= most)
            {
                return (int)(WindowSeconds - (now % WindowSeconds));
            }

            _counts[operatorId] = count + 1;
            return null;
        }
    }
}

/// <summary>Counts the caller's look-ups against the limit of his branch (PL-06.31).</summary>
public sealed class LookUps(LookUpCounts counts, Parameters parameters, RequestContext request)
{
    private bool _counted;

    /// <summary>Counts a request once, also when it is decided again.</summary>
    public async Task<TooManyLookUps?> Count(CancellationToken ct)
    {
        if (_counted)
        {
            return null;
        }

        var caller = request.Caller;
        var most = await parameters.Number(CustomerParameters.LookUpsPerMinute, caller.BranchId, ct);
        if (counts.Count(caller.OperatorId, most) is { } wait)
        {
            return new TooManyLookUps(wait);
        }

        _counted = true;
        return null;
    }
}
