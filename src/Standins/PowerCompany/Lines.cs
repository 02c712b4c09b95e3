using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Standins.PowerCompany;

/// <summary>One line of the company's books of a work date. Amounts are in fen; state S is done, C reversed.</summary>
internal sealed record PowerLine(
    DateOnly WorkDate,
    string Unit,
    string BankSerial,
    string PowerSerial,
    string Customer,
    string Receivable,
    string Month,
    long Principal,
    long LateFee,
    long Total,
    string Mode,
    string Time,
    string State
);

/// <summary>Count and amount of a work date.</summary>
internal sealed record PowerTotals(string Unit, long Count, long Amount, long ReversedCount, long ReversedAmount);

/// <summary>What the bank asks to put right after a reconciliation.</summary>
/// <param name="Id">The bank's id of the difference: asked again it changes nothing.</param>
/// <param name="Kind">add, reverse, correct, or again-done.</param>
/// <param name="Line">The line as the bank has it; for reverse the line to take back.</param>
internal sealed record AdjustmentRequest(string Id, string Kind, PowerLine Line);

/// <summary>The lines of a work date, and what is put right in them.</summary>
internal sealed class LineBook(PowerStore store)
{
    private const string Columns =
        "work_date, unit, bank_serial, power_serial, customer, receivable, month, principal, late_fee, total, mode, time, state";

    public static string Time(DateTimeOffset instant) =>
        instant.ToOffset(TimeSpan.FromHours(8)).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);

    public static void Add(PowerWork w, PowerLine line) =>
        w.Run(
            $"INSERT INTO lines ({Columns}) VALUES (@d, @u, @b, @p, @c, @r, @m, @principal, @fee, @total, @mode, @time, @state)",
            ("@d", Days.Text(line.WorkDate)),
            ("@u", line.Unit),
            ("@b", line.BankSerial),
            ("@p", line.PowerSerial),
            ("@c", line.Customer),
            ("@r", line.Receivable),
            ("@m", line.Month),
            ("@principal", line.Principal),
            ("@fee", line.LateFee),
            ("@total", line.Total),
            ("@mode", line.Mode),
            ("@time", line.Time),
            ("@state", line.State)
        );

    public IReadOnlyList<PowerTotals> Totals(DateOnly date) =>
        store.Do(w =>
            w.All(
                """
                SELECT unit, SUM(state = 'S'), SUM(CASE WHEN state = 'S' THEN total ELSE 0 END), SUM(state = 'C'),
                    SUM(CASE WHEN state = 'C' THEN total ELSE 0 END) FROM lines WHERE work_date = @d GROUP BY unit ORDER BY unit
                """,
                r => new PowerTotals(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.GetInt64(3), r.GetInt64(4)),
                ("@d", Days.Text(date))
            )
        );

    /// <summary>The lines of a unit after a place, in the order in which they were written.</summary>
    public List<(long Seq, PowerLine Line)> Page(DateOnly date, string unit, long after, int most) =>
        store.Do(w =>
            w.All(
                $"SELECT seq, {Columns} FROM lines WHERE work_date = @d AND unit = @u AND seq > @a ORDER BY seq LIMIT @n",
                r => (r.GetInt64(0), Read(r, 1)),
                ("@d", Days.Text(date)),
                ("@u", unit),
                ("@a", after),
                ("@n", most)
            )
        );

    public IResult Adjust(AdjustmentRequest request, bool refuse)
    {
        var body = JsonSerializer.Serialize(request, JsonSerializerOptions.Web);
        return store.Do(w =>
        {
            if (refuse)
            {
                return Results.Conflict(new PowerProblem("adjustment-refused", "The company looks into it."));
            }

            if (w.One("SELECT body FROM adjustments WHERE id = @id", r => r.GetString(0), ("@id", request.Id)) is { } known)
            {
                return known == body
                    ? Results.Ok(new { request.Id, state = "done" })
                    : Results.Json(new PowerProblem("id-reused", "The id belongs to another adjustment."), statusCode: 422);
            }

            Apply(w, request);
            w.Run("INSERT INTO adjustments (id, body, answer) VALUES (@id, @b, 'done')", ("@id", request.Id), ("@b", body));
            return Results.Ok(new { request.Id, state = "done" });
        });
    }

    private static void Apply(PowerWork w, AdjustmentRequest request)
    {
        var line = request.Line;
        switch (request.Kind)
        {
            case "add":
                Add(w, line with { PowerSerial = PaymentBook.Serial(w, line.WorkDate) });
                Adjustments.Paid(w, line);
                break;
            case "reverse":
                w.Run(
                    "UPDATE lines SET state = 'C' WHERE bank_serial = @b AND power_serial = @p AND receivable = @r",
                    ("@b", line.BankSerial),
                    ("@p", line.PowerSerial),
                    ("@r", line.Receivable)
                );
                if (OthersStand(w, line) == 0)
                {
                    Adjustments.Reversed(w, line);
                }

                break;
            case "again-done":
                w.Run(
                    "UPDATE lines SET state = 'S' WHERE bank_serial = @b AND power_serial = @p AND receivable = @r",
                    ("@b", line.BankSerial),
                    ("@p", line.PowerSerial),
                    ("@r", line.Receivable)
                );
                Adjustments.Paid(w, line);
                break;
            case "correct":
                w.Run(
                    "UPDATE lines SET principal = @a, late_fee = @f, total = @t WHERE bank_serial = @b AND power_serial = @p AND receivable = @r",
                    ("@a", line.Principal),
                    ("@f", line.LateFee),
                    ("@t", line.Total),
                    ("@b", line.BankSerial),
                    ("@p", line.PowerSerial),
                    ("@r", line.Receivable)
                );
                break;
            default:
                throw new BadHttpRequestException($"{request.Kind} is no kind of adjustment.");
        }
    }

    private static int OthersStand(PowerWork w, PowerLine line) =>
        w.All(
            "SELECT seq FROM lines WHERE bank_serial = @b AND receivable = @r AND state = 'S'",
            r => r.GetInt64(0),
            ("@b", line.BankSerial),
            ("@r", line.Receivable)
        ).Count;

    private static PowerLine Read(SqliteDataReader r, int at) =>
        new(
            DateOnly.Parse(r.GetString(at), CultureInfo.InvariantCulture),
            r.GetString(at + 1),
            r.GetString(at + 2),
            r.GetString(at + 3),
            r.GetString(at + 4),
            r.GetString(at + 5),
            r.GetString(at + 6),
            r.GetInt64(at + 7),
            r.GetInt64(at + 8),
            r.GetInt64(at + 9),
            r.GetString(at + 10),
            r.GetString(at + 11),
            r.GetString(at + 12)
        );
}

/// <summary>Totals and lines over HTTP.</summary>
internal static class LineRoutes
{
    private const int PageLines = 5_000;

    public static void MapLines(this WebApplication app)
    {
        app.MapGet("/totals/{date}", (DateOnly date, LineBook book) => Results.Ok(book.Totals(date))).As("totals");
        app.MapGet(
                "/lines/{date}",
                (DateOnly date, string unit, LineBook book, CancellationToken ct) =>
                    Results.Stream(target => Write(book, date, unit, target, ct), "text/plain")
            )
            .As("lines");
        app.MapPost(
                "/adjustments",
                (AdjustmentRequest body, HttpContext context, LineBook book) => book.Adjust(body, context.Meets(FaultKind.Refused))
            )
            .As("adjustment");
    }

    /// <summary>The reconciliation file DZPWR: GBK, CR LF, sums in header and trailer.</summary>
    private static async Task Write(LineBook book, DateOnly date, string unit, Stream target, CancellationToken ct)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var totals = book.Totals(date).FirstOrDefault(t => t.Unit == unit) ?? new PowerTotals(unit, 0, 0, 0, 0);
        var sums = string.Create(
            CultureInfo.InvariantCulture,
            $"{totals.Count}|{Yuan(totals.Amount)}|{totals.ReversedCount}|{Yuan(totals.ReversedAmount)}"
        );
        await using var writer = new StreamWriter(target, Encoding.GetEncoding("GBK"), 64 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync($"H|1.0|DZPWR|0006|{unit}|{Day(date)}|{sums}".AsMemory(), ct);
        for (long after = 0; ; )
        {
            var page = book.Page(date, unit, after, PageLines);
            foreach (var (seq, l) in page)
            {
                var line =
                    $"R|{Day(l.WorkDate)}|{l.BankSerial}|{l.PowerSerial}|{l.Customer}|{l.Receivable}|{l.Month}|{Yuan(l.Principal)}|"
                    + $"{Yuan(l.LateFee)}|{Yuan(l.Total)}|{l.Mode}|{l.Time}|{l.State}";
                await writer.WriteLineAsync(line.AsMemory(), ct);
                after = seq;
            }

            if (page.Count < PageLines)
            {
                break;
            }
        }

        await writer.WriteLineAsync($"T|{sums}".AsMemory(), ct);
    }

    private static string Day(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static string Yuan(long fen) => (fen / 100m).ToString("0.00", CultureInfo.InvariantCulture);
}
