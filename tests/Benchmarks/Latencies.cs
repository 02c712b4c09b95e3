namespace Benchmarks;

/// <summary>Every latency, in microseconds: quantiles far out are exact, and not the edge of a bucket.</summary>
internal sealed class Latencies
{
    private const int Most = 50_000_000;
    private int[] _values = new int[1 << 18];
    private bool _sorted;

    public int Count { get; private set; }

    public void Add(long microseconds)
    {
        if (Count == _values.Length)
        {
            if (Count >= Most)
            {
                throw new InvalidOperationException($"More than {Most} answers: run for a shorter time.");
            }

            Array.Resize(ref _values, 2 * Count);
        }

        _values[Count++] = (int)Math.Min(microseconds, int.MaxValue);
        _sorted = false;
    }

    /// <summary>In milliseconds; the greatest at 1; 0 where nothing was answered.</summary>
    public double Quantile(double share)
    {
        if (!_sorted)
        {
            Array.Sort(_values, 0, Count);
            _sorted = true;
        }

        return Count == 0 ? 0 : _values[Math.Clamp((int)Math.Ceiling(share * Count) - 1, 0, Count - 1)] / 1_000.0;
    }
}
