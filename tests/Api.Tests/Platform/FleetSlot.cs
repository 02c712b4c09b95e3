namespace Api.Tests.Platform;

/// <summary>A place in which one process after the other runs, each until it is killed in the middle of its work.</summary>
internal sealed class FleetSlot
{
    private readonly Lock _lock = new();
    private TaskCompletionSource<ApiProcess> _up = New();
    private TaskCompletionSource<ApiProcess> _killed = New();
    private bool _onAnswer;
    private int _left = int.MaxValue;

    public ApiProcess? Api { get; private set; }

    /// <summary>The running process, or the next one.</summary>
    public Task<ApiProcess> Running()
    {
        lock (_lock)
        {
            return _up.Task;
        }
    }

    public void Up(ApiProcess api)
    {
        lock (_lock)
        {
            Api = api;
            _up.SetResult(api);
        }
    }

    /// <summary>Has the running process killed when it was sent, or has answered, this many requests from now on; ends when it was.</summary>
    public Task<ApiProcess> Killed(int requests, bool onAnswer)
    {
        lock (_lock)
        {
            (_left, _onAnswer, _killed) = (requests, onAnswer, New());
            return _killed.Task;
        }
    }

    /// <summary>
    /// Counts a request or an answer. The kill happens here and now, on the caller's own thread: a moment later is too late to catch it out.
    /// </summary>
    public void Count(ApiProcess api, bool answered)
    {
        lock (_lock)
        {
            if (api != Api || answered != _onAnswer || _up.Task.IsCompleted is false || --_left > 0)
            {
                return;
            }

            api.Kill();
            _left = int.MaxValue;
            _up = New();
            _killed.SetResult(api);
        }
    }

    private static TaskCompletionSource<ApiProcess> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
