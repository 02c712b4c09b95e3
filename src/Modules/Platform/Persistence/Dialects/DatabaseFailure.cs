namespace Platform.Persistence.Dialects;

/// <summary>What a failure of the database means for the work that met it.</summary>
public enum DatabaseFailure
{
    /// <summary>Not the database's, or a fault of ours.</summary>
    None,

    /// <summary>A unique index or a primary key holds the value already.</summary>
    Duplicate,

    /// <summary>A deadlock's victim or the like. Nothing was written, and the same work succeeds when it is done again.</summary>
    Conflict,

    /// <summary>The work waited for somebody else's lock as long as it may. Nothing was written.</summary>
    LockTimeout,

    /// <summary>The database is away, too slow, or takes no more connections. What was sent may have been done.</summary>
    Unavailable,
}
