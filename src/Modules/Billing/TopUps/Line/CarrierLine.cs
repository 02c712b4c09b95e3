using Microsoft.Extensions.Configuration;

namespace Billing.TopUps.Line;

/// <summary>
/// Whether the carriers answer, as this process sees it: after three requests in a row without an answer nothing is handed over for a while. What is
/// held back then is certainly not sent.
/// </summary>
internal sealed class CarrierLine(TimeProvider clock, IConfiguration configuration)
{
    private const int InARow = 3;

    private readonly TimeSpan _pause = configuration.GetValue("TopUps:AwayPause", TimeSpan.FromSeconds(10));
    private int _silences;
    private long _awayUntil;

    public bool IsAway => clock.GetUtcNow().UtcTicks < Volatile.Read(ref _awayUntil);

    public void Heard()
    {
        Volatile.Write(ref _silences, 0);
        Volatile.Write(ref _awayUntil, 0);
    }

    public void Silent()
    {
        // After the pause one more silence is enough for the next.
        if (Interlocked.Increment(ref _silences) >= InARow)
        {
            Volatile.Write(ref _awayUntil, (clock.GetUtcNow() + _pause).UtcTicks);
        }
    }
}
