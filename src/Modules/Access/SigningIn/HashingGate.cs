namespace Access.SigningIn;

/// <summary>As many passwords are being tried as the machine may spend itself on; nothing was looked at.</summary>
public sealed record SignInBusy()
    : Refusal("sign-in-busy", 429, "Too many passwords are being checked; try again.", "系统正忙于验证密码，请稍后重试。")
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 1;
}

/// <summary>
/// Hashing is slow on purpose. It runs beside the threads that serve requests, on half of the processors at most, behind a short queue: a flood of
/// sign-ins slows nobody but the sign-ins (PL-01.13).
/// </summary>
public sealed class HashingGate(int workers, int queue) : IDisposable
{
    private const int QueuePerWorker = 16;

    private readonly SemaphoreSlim _free = new(workers);
    private int _inside;

    public static HashingGate OfThisMachine()
    {
        var workers = Math.Max(1, Environment.ProcessorCount / 2);
        return new HashingGate(workers, workers * QueuePerWorker);
    }

    /// <summary>Runs work that hashes; a refusal when too many wait already.</summary>
    public async Task<Outcome<T>> Run<T>(Func<T> hash, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _inside) > workers + queue)
        {
            Interlocked.Decrement(ref _inside);
            return new SignInBusy();
        }

        try
        {
            await _free.WaitAsync(ct);
            try
            {
                return await Task.Run(hash, CancellationToken.None);
            }
            finally
            {
                _free.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _free.Dispose();
}
