using System.Diagnostics.Metrics;

namespace Api.Tests.Platform.Ledger;

/// <summary>What one host's writers count from now on, by the name of the metric.</summary>
internal sealed class BooksCount : IDisposable
{
    private readonly MeterListener _listener = new();
    private long _value;

    public BooksCount(TestHost host, string metric)
    {
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (
                instrument.Name == metric
                && instrument.Meter.Name == BooksMetrics.MeterName
                && ReferenceEquals(instrument.Meter.Scope, meters)
            )
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, measured, _, _) => Interlocked.Add(ref _value, measured));
        _listener.Start();
    }

    public long Value => Interlocked.Read(ref _value);

    public void Dispose() => _listener.Dispose();
}
