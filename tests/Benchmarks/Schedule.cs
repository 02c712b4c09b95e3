using System.Diagnostics;
using System.Security.Cryptography;

namespace Benchmarks;

/// <summary>When requests are due in an open loop, in ticks of the stopwatch.</summary>
internal sealed class Schedule(double perSecond, Arrivals arrivals, long start)
{
    private readonly double _gap = Stopwatch.Frequency / perSecond;
    private readonly Random _random = new(RandomNumberGenerator.GetInt32(int.MaxValue));
    private double _after;

    public long Next => start + (long)_after;

    public void Advance() => _after += arrivals == Arrivals.Fixed ? _gap : -Math.Log(1 - _random.NextDouble()) * _gap;
}
