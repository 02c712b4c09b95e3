namespace Standins.Carrier;

/// <summary>What goes wrong with a request.</summary>
internal enum FaultKind
{
    /// <summary>Nothing is done, and no answer comes.</summary>
    Before,

    /// <summary>It is done, and no answer comes.</summary>
    After,

    /// <summary>Its sender gets no answer at once; it is done after the given time, when it is still valid.</summary>
    Late,

    /// <summary>It is done at once and answered after the given time.</summary>
    Slow,

    /// <summary>A definite no.</summary>
    Refused,

    /// <summary>Accepted; it succeeds after the given time, and is called back.</summary>
    Later,

    /// <summary>Accepted; it fails after the given time, and is called back.</summary>
    LaterFails,

    /// <summary>Done and answered; the call-back comes too, twice.</summary>
    Twice,

    /// <summary>Done and answered as succeeded; after the given time it is taken back, and called back as failed.</summary>
    TakenBack,

    /// <summary>Answered as failed; after the given time it is done after all, and called back as succeeded.</summary>
    DoneAfterAll,

    /// <summary>Another carrier has the number.</summary>
    Moved,

    /// <summary>The carrier is under maintenance: a definite no.</summary>
    Maintenance,
}

/// <summary>A fault to come.</summary>
/// <param name="Operation">top-up, ask, redemption, confirmation, undoing, statement; or any.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Times">How many requests it meets.</param>
/// <param name="Milliseconds">For those that take time.</param>
internal sealed record Fault(string Operation, FaultKind Kind, int Times = 1, int Milliseconds = 0);

/// <summary>Faults on demand, kept in the database, so that they also outlive a killed process; and those of listed numbers.</summary>
internal sealed class FaultList(CarrierStore store)
{
    /// <summary>Numbers that end so always meet the fault: for demonstrations without administration.</summary>
    private static readonly Dictionary<string, Fault> s_listed = new()
    {
        ["99901"] = new("top-up", FaultKind.Before),
        ["99902"] = new("top-up", FaultKind.After),
        ["99903"] = new("top-up", FaultKind.Slow, Milliseconds: 4_000),
        ["99904"] = new("top-up", FaultKind.Late, Milliseconds: 4_000),
        ["99905"] = new("top-up", FaultKind.Refused),
        ["99906"] = new("top-up", FaultKind.Later, Milliseconds: 2_000),
        ["99907"] = new("top-up", FaultKind.LaterFails, Milliseconds: 2_000),
        ["99908"] = new("top-up", FaultKind.Twice),
        ["99909"] = new("top-up", FaultKind.TakenBack, Milliseconds: 2_000),
        ["99910"] = new("top-up", FaultKind.DoneAfterAll, Milliseconds: 2_000),
        ["99911"] = new("top-up", FaultKind.Moved),
        ["99912"] = new("top-up", FaultKind.Maintenance),
    };

    private volatile bool _any = true;

    public void Add(Fault fault)
    {
        store.Do(w =>
            w.Run(
                "INSERT INTO faults (operation, kind, times, milliseconds) VALUES (@operation, @kind, @times, @milliseconds)",
                ("@operation", fault.Operation),
                ("@kind", fault.Kind.ToString()),
                ("@times", fault.Times),
                ("@milliseconds", fault.Milliseconds)
            )
        );
        _any = true;
    }

    public void Clear() => store.Do(w => w.Run("DELETE FROM faults"));

    /// <summary>The fault that meets this request, once; of a listed number always.</summary>
    public Fault? Take(string operation, string? number = null)
    {
        if (operation == "top-up" && number is { Length: 11 } && s_listed.TryGetValue(number[^5..], out var listed))
        {
            return listed;
        }

        return _any ? store.Do(w => Take(w, operation)) : null;
    }

    private Fault? Take(CarrierWork w, string operation)
    {
        var found = w.One(
            "SELECT id, operation, kind, times, milliseconds FROM faults WHERE operation IN (@operation, 'any') ORDER BY id LIMIT 1",
            r => new
            {
                Id = r.GetInt64(0),
                Fault = new Fault(r.GetString(1), Enum.Parse<FaultKind>(r.GetString(2)), r.GetInt32(3), r.GetInt32(4)),
            },
            ("@operation", operation)
        );
        if (found is null)
        {
            _any = w.Number("SELECT COUNT(*) FROM faults") > 0;
            return null;
        }

        w.Run(
            found.Fault.Times <= 1 ? "DELETE FROM faults WHERE id = @id" : "UPDATE faults SET times = times - 1 WHERE id = @id",
            ("@id", found.Id)
        );
        return found.Fault;
    }
}

/// <summary>What happens around a handler that a fault meets.</summary>
internal static class Faulty
{
    /// <summary>Runs a handler with the fault that meets it: answers late, or not at all.</summary>
    public static async Task<IResult> Answer(this Fault? fault, HttpContext context, Func<IResult> handler)
    {
        switch (fault?.Kind)
        {
            case FaultKind.Before:
                context.Abort();
                return Results.Empty;
            case FaultKind.After:
                handler();
                context.Abort();
                return Results.Empty;
            case FaultKind.Late:
                await Task.Delay(fault.Milliseconds, CancellationToken.None);
                return handler();
            case FaultKind.Slow:
                var answer = handler();
                await Task.Delay(fault.Milliseconds, CancellationToken.None);
                return answer;
            default:
                return handler();
        }
    }
}
