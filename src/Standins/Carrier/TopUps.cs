using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Standins.Carrier;

/// <summary>A top-up that is asked for.</summary>
/// <param name="Id">The seller's id: the same id is the same top-up.</param>
/// <param name="Phone">11 digits.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Carrier">The carrier that the seller chose.</param>
/// <param name="Kind">online or change.</param>
/// <param name="Store">The seller's store.</param>
/// <param name="ValidUntil">It is not begun later.</param>
internal sealed record TopUpRequest(
    string Id,
    string Phone,
    long Amount,
    string Carrier,
    string Kind,
    string Store,
    DateTimeOffset ValidUntil
);

/// <summary>A top-up as the carrier has it: applying, succeeded, failed or unknown.</summary>
internal sealed record TopUpView(string Id, string State, string? Carrier, string? Serial, string? Code, long Amount, string? Day);

/// <summary>Takes top-ups. A phone is credited once for each id.</summary>
internal sealed class TopUpBook(CarrierStore store, TimeProvider clock)
{
    public const string Applying = "applying";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";

    private const string Columns = "id, state, carrier, serial, code, amount, day, body";

    public IResult Take(TopUpRequest request, Fault? fault)
    {
        var body = JsonSerializer.Serialize(request, JsonSerializerOptions.Web);
        return store.Do(w =>
        {
            if (Find(w, request.Id) is { } known)
            {
                return known.Body == body
                    ? Results.Ok(known.View)
                    : Results.Json(new CarrierProblem("id-reused", "The id belongs to another top-up."), statusCode: 422);
            }

            if (request.ValidUntil <= clock.GetUtcNow())
            {
                return Results.Json(new CarrierProblem("expired", "The request is not valid any more."), statusCode: 409);
            }

            if (fault?.Kind == FaultKind.Maintenance)
            {
                return Results.Json(new CarrierProblem("maintenance", "The carrier is under maintenance."), statusCode: 409);
            }

            return Results.Ok(Book(w, request, body, fault));
        });
    }

    public IResult Ask(string id) =>
        store.Do(w =>
            Find(w, id) is { } known
                ? Results.Ok(known.View)
                : Results.Json(new TopUpView(id, "unknown", null, null, null, 0, null), statusCode: 404)
        );

    /// <summary>Gives the end answers whose time has come; how many.</summary>
    public int AnswerLater()
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        return store.Do(w =>
        {
            var due = w.All(
                "SELECT id, next_state, code FROM carrier_top_ups WHERE next_at <= @now LIMIT 100",
                r => (Id: r.GetString(0), State: r.GetString(1), Code: r.IsDBNull(2) ? null : r.GetString(2)),
                ("@now", now)
            );
            foreach (var (id, state, _) in due)
            {
                End(w, id, state);
                CallBacks.Tell(w, Find(w, id)!.View, times: 1);
            }

            return due.Count;
        });
    }

    /// <summary>Does an end answer wait for its time?</summary>
    public bool AnyLater() => store.Do(w => w.Number("SELECT COUNT(*) FROM carrier_top_ups WHERE next_at IS NOT NULL") > 0);

    private TopUpView Book(CarrierWork w, TopUpRequest request, string body, Fault? fault)
    {
        var carrier = fault?.Kind == FaultKind.Moved ? (request.Carrier == "CU" ? "CM" : "CU") : request.Carrier;
        var enough =
            w.Number("SELECT amount FROM credits WHERE carrier = @c", ("@c", carrier)) is not { } credit || credit >= request.Amount;
        var (state, next) = fault?.Kind switch
        {
            FaultKind.Refused => (Failed, null),
            FaultKind.Later => (Applying, Succeeded),
            FaultKind.LaterFails => (Applying, Failed),
            FaultKind.TakenBack => (Succeeded, Failed),
            FaultKind.DoneAfterAll => (Failed, (string?)Succeeded),
            _ => (enough ? Succeeded : Failed, null),
        };
        var now = clock.GetUtcNow();
        w.Run(
            """
            INSERT INTO carrier_top_ups (id, body, phone, amount, carrier, state, code, day, time, times, next_state, next_at)
            VALUES (@i, @b, @p, @a, @c, @s, @code, @d, @t, 0, @n, @at)
            """,
            ("@i", request.Id),
            ("@b", body),
            ("@p", request.Phone),
            ("@a", request.Amount),
            ("@c", carrier),
            ("@s", Applying),
            ("@code", state == Failed || next == Failed ? (enough ? "number-unknown" : "no-credit") : null),
            ("@d", Day(now)),
            ("@t", Time(now)),
            ("@n", next),
            ("@at", next is null ? null : now.ToUnixTimeMilliseconds() + fault!.Milliseconds)
        );
        if (state != Applying)
        {
            End(w, request.Id, state, keepNext: true);
        }

        var view = Find(w, request.Id)!.View;
        if (fault?.Kind == FaultKind.Twice)
        {
            CallBacks.Tell(w, view, times: 2);
        }

        return view;
    }

    /// <summary>Credits the phone, or takes the credit back.</summary>
    private void End(CarrierWork w, string id, string state, bool keepNext = false)
    {
        var now = clock.GetUtcNow();
        var before = Find(w, id)!.View;
        var serial = before.Serial ?? (state == Succeeded ? $"YD{w.Next("serial")}" : null);
        w.Run(
            "UPDATE carrier_top_ups SET state = @s, serial = @serial, day = @d, time = @t, times = times + @one WHERE id = @i",
            ("@s", state),
            ("@serial", serial),
            ("@d", before.State == Succeeded ? before.Day : Day(now)),
            ("@t", Time(now)),
            ("@one", state == Succeeded ? 1 : 0),
            ("@i", id)
        );
        if (!keepNext)
        {
            w.Run("UPDATE carrier_top_ups SET next_state = NULL, next_at = NULL WHERE id = @i", ("@i", id));
        }

        var change =
            state == Succeeded ? -before.Amount
            : before.State == Succeeded ? before.Amount
            : 0;
        w.Run("UPDATE credits SET amount = amount + @x WHERE carrier = @c", ("@x", change), ("@c", before.Carrier));
    }

    public static string Day(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    private static Known? Find(CarrierWork w, string id) => w.One($"SELECT {Columns} FROM carrier_top_ups WHERE id = @i", Read, ("@i", id));

    private static Known Read(SqliteDataReader r) =>
        new(
            new TopUpView(
                r.GetString(0),
                r.GetString(1),
                r.GetString(2),
                r.IsDBNull(3) ? null : r.GetString(3),
                r.IsDBNull(4) || r.GetString(1) != Failed ? null : r.GetString(4),
                r.GetInt64(5),
                r.GetString(6)
            ),
            r.GetString(7)
        );

    private sealed record Known(TopUpView View, string Body);
}

/// <summary>Gives end answers when their time has come, and sends call-backs again.</summary>
internal sealed class LaterAnswers(CarrierStore store, TopUpBook book, CallBacks callBacks, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), clock);
        long? quietAt = null;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Nothing waits, and nothing was written since: one that stands by costs nothing.
            var writes = store.Writes;
            if (writes == quietAt)
            {
                continue;
            }

            book.AnswerLater();
            await callBacks.Send(stoppingToken);
            quietAt = book.AnyLater() || callBacks.AnyToSend() ? null : writes;
        }
    }
}

/// <summary>Top-ups over HTTP.</summary>
internal static class TopUpRoutes
{
    public static void MapTopUps(this WebApplication app)
    {
        var delay = app.Configuration.GetValue("Carrier:DelayMilliseconds", 0);
        app.MapPost(
            "/top-ups",
            async (TopUpRequest body, HttpContext context, TopUpBook book, FaultList faults) =>
            {
                if (delay > 0)
                {
                    await Task.Delay(delay, CancellationToken.None);
                }

                var fault = faults.Take("top-up", body.Phone);
                return await fault.Answer(context, () => book.Take(body, fault));
            }
        );
        app.MapGet(
            "/top-ups/{id}",
            (string id, HttpContext context, TopUpBook book, FaultList faults) => faults.Take("ask").Answer(context, () => book.Ask(id))
        );
    }
}
