namespace Platform.Persistence;

/// <summary>
/// The system's clock, to the microsecond: the finest that every database keeps. So an instant that is answered when it is written is the one that a
/// later reading answers, everywhere.
/// </summary>
internal sealed class WholeMicroseconds : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
