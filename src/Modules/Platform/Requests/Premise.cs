using Platform.Persistence;

namespace Platform.Requests;

/// <summary>
/// Something a decision took from this process's memory and not from the database: a row at a version, or a stamp (<see cref="Stamp"/>). The
/// transaction that books the decision looks whether it still holds; where it does not, nothing is booked, and the decision is made again from the
/// database. So memory saves reads and is never believed (ADR 9).
/// </summary>
public readonly record struct Premise
{
    private Premise(Type? row, string? stamp, long id, long version, bool isHeld = false) =>
        (Row, Stamp, Id, Version, IsHeld) = (row, stamp, id, version, isHeld);

    internal Type? Row { get; }

    internal string? Stamp { get; }

    internal long Id { get; }

    internal long Version { get; }

    /// <summary>Must it hold until the commit, and not only when the transaction looks?</summary>
    internal bool IsHeld { get; }

    /// <summary>The row is still the one that was read.</summary>
    public static Premise Of<T>(long id, T row)
        where T : class, IVersioned
    {
        ArgumentNullException.ThrowIfNull(row);
        return new Premise(typeof(T), null, id, row.Version);
    }

    /// <summary>The row still has the version that was read, where only a part of it was.</summary>
    public static Premise Of<T>(long id, int version)
        where T : class, IVersioned => new(typeof(T), null, id, version);

    /// <summary>
    /// The row has the version that was read, and keeps it until the booking is committed: the transaction holds it by a shared lock. Bookings that
    /// hold one row do not wait for each other; whoever changes the row waits for them, so afterwards it sees all that they booked.
    /// </summary>
    public static Premise Held<T>(long id, int version)
        where T : class, IVersioned => new(typeof(T), null, id, version, isHeld: true);

    /// <summary>Nothing that raises the stamp has changed since.</summary>
    public static Premise OfStamp(string name, long version) => new(null, name, 0, version);
}
