namespace Standins.PowerCompany;

/// <summary>What goes wrong with a request.</summary>
internal enum FaultKind
{
    /// <summary>Nothing is done, and no answer comes.</summary>
    Before,

    /// <summary>It is done, and no answer comes.</summary>
    After,

    /// <summary>It is done twice: the company's books have it under two serials.</summary>
    Twice,

    /// <summary>It is done after the given time, when its sender may have gone.</summary>
    Late,

    /// <summary>It is done at once and answered after the given time.</summary>
    Slow,

    /// <summary>A payment finds another amount than was quoted.</summary>
    Changed,

    /// <summary>A reversal or an adjustment is refused.</summary>
    Refused,
}

/// <summary>A fault to come.</summary>
/// <param name="Operation">sign-on, sign-off, customer, receivables, payment, ask, reversal, deposit, adjustment, files, totals, lines; or
/// any.</param>
/// <param name="Kind">What goes wrong.</param>
/// <param name="Times">How many requests it meets.</param>
/// <param name="Milliseconds">For late and slow.</param>
internal sealed record Fault(string Operation, FaultKind Kind, int Times = 1, int Milliseconds = 0);

/// <summary>Faults on demand, kept in the database, so that they also outlive a killed process.</summary>
internal sealed class FaultList(PowerStore store)
{
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

    /// <summary>The fault that meets this request, once.</summary>
    public Fault? Take(string operation)
    {
        if (!_any)
        {
            return null;
        }

        return store.Do(w =>
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
                _any = w.One("SELECT id FROM faults LIMIT 1", r => r.GetString(0)) is not null;
                return null;
            }

            w.Run(
                found.Fault.Times <= 1 ? "DELETE FROM faults WHERE id = @id" : "UPDATE faults SET times = times - 1 WHERE id = @id",
                ("@id", found.Id)
            );
            return found.Fault;
        });
    }
}

/// <summary>The name under which faults find a route.</summary>
internal sealed record Operation(string Name);

/// <summary>What a handler may ask of the fault that meets its request.</summary>
internal static class FaultPipeline
{
    private const string Key = "fault";

    public static bool Meets(this HttpContext context, FaultKind kind) => context.Items[Key] is Fault fault && fault.Kind == kind;

    public static void UseFaults(this WebApplication app)
    {
        app.UseRouting();
        app.Use(
            async (context, next) =>
            {
                if (context.GetEndpoint()?.Metadata.GetMetadata<Operation>() is not { } operation)
                {
                    await next(context);
                    return;
                }

                var fault = context.RequestServices.GetRequiredService<FaultList>().Take(operation.Name);
                context.Items[Key] = fault;
                switch (fault?.Kind)
                {
                    case FaultKind.Before:
                        context.Abort();
                        return;
                    case FaultKind.After:
                        context.Response.Body = Stream.Null;
                        await next(context);
                        context.Abort();
                        return;
                    case FaultKind.Late:
                        // The body is here already; whoever sent it may be gone when it is done.
                        context.Request.EnableBuffering();
                        await context.Request.Body.CopyToAsync(Stream.Null, CancellationToken.None);
                        context.Request.Body.Position = 0;
                        await Task.Delay(fault.Milliseconds, CancellationToken.None);
                        await next(context);
                        return;
                    case FaultKind.Slow:
                        var answer = context.Response.Body;
                        await using (var kept = new MemoryStream())
                        {
                            context.Response.Body = kept;
                            await next(context);
                            context.Response.Body = answer;
                            await Task.Delay(fault.Milliseconds, CancellationToken.None);
                            kept.Position = 0;
                            await kept.CopyToAsync(answer, CancellationToken.None);
                        }

                        return;
                    default:
                        await next(context);
                        return;
                }
            }
        );
    }

    public static RouteHandlerBuilder As(this RouteHandlerBuilder route, string operation) => route.WithMetadata(new Operation(operation));
}
