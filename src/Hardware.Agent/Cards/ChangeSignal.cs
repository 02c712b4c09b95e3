namespace Hardware.Agent.Cards;

/// <summary>Lets whoever watches the readers wait until they are another than he knows.</summary>
internal sealed class ChangeSignal
{
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Raise() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    internal async Task<IReadOnlyList<ReaderStatus>> Wait(
        Func<IReadOnlyList<ReaderStatus>> look,
        IReadOnlyList<ReaderStatus> known,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            // Taken before the look, so that a change between the look and the wait is not missed.
            var changed = Volatile.Read(ref _changed).Task;
            var now = look();
            if (!now.SequenceEqual(known))
            {
                return now;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }
}
