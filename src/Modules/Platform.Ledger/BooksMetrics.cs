using System.Diagnostics.Metrics;

namespace Platform.Ledger;

/// <summary>What the writers do, in OpenTelemetry terms (PL-06.10).</summary>
public sealed class BooksMetrics
{
    public const string MeterName = "Platform.Books";

    private readonly Counter<long> _bookings;
    private readonly Counter<long> _batches;
    private readonly Counter<long> _splits;
    private readonly Counter<long> _retries;

    public BooksMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _bookings = meter.CreateCounter<long>("books.bookings", "{booking}", "Bookings written, replayed or refused in a transaction.");
        _batches = meter.CreateCounter<long>("books.batches", "{transaction}", "Database transactions that wrote them.");
        _splits = meter.CreateCounter<long>("books.splits", "{batch}", "Batches that failed and were split.");
        _retries = meter.CreateCounter<long>("books.retries", "{batch}", "Batches written again after a deadlock or the like.");
    }

    internal void Written(int bookings)
    {
        _batches.Add(1);
        _bookings.Add(bookings);
    }

    internal void Split() => _splits.Add(1);

    internal void Retried() => _retries.Add(1);
}
