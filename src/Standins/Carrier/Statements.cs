using System.Globalization;
using System.Text;

namespace Standins.Carrier;

/// <summary>A line of a statement: done or reversed.</summary>
internal sealed record StatementLine(string Id, string Serial, string Phone, long Amount, string State, string Time)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Id}|{Serial}|{Phone}|{Amount}|{State}|{Time}");
}

/// <summary>What the carrier settles by, and what it has of a prepaid credit.</summary>
internal static class StatementRoutes
{
    public static void MapStatements(this WebApplication app)
    {
        app.MapGet(
            "/statements/{day}",
            (string day, string carrier, HttpContext context, CarrierStore store, FaultList faults) =>
                faults
                    .Take("statement")
                    .Answer(context, () => Results.Text(store.Do(w => Text(w, day, carrier)), "text/plain", Encoding.UTF8))
        );
        app.MapGet(
            "/credits/{carrier}",
            (string carrier, CarrierStore store) => Results.Ok(new { carrier, amount = store.Do(w => (object)(Credit(w, carrier) ?? 0L)) })
        );
    }

    /// <summary>A header with count, amount and the credit left; then the lines; then END.</summary>
    private static string Text(CarrierWork w, string day, string carrier)
    {
        var lines = w.All(
            "SELECT id, serial, phone, amount, state, time FROM carrier_top_ups WHERE day = @d AND carrier = @c AND serial IS NOT NULL ORDER BY serial",
            r =>
                new StatementLine(
                    r.GetString(0),
                    r.GetString(1),
                    r.GetString(2),
                    r.GetInt64(3),
                    r.GetString(4) == TopUpBook.Succeeded ? "done" : "reversed",
                    r.GetString(5)
                ).ToString(),
            ("@d", day),
            ("@c", carrier)
        );
        var changes = w.All(
            "SELECT line FROM extra_lines WHERE day = @d AND carrier = @c ORDER BY seq",
            r => r.GetString(0),
            ("@d", day),
            ("@c", carrier)
        );
        foreach (var change in changes)
        {
            lines.RemoveAll(l => l.Split('|')[0] == change.Split('|')[0]);
            if (change.Contains('|', StringComparison.Ordinal))
            {
                lines.Add(change);
            }
        }

        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"STATEMENT|{carrier}|{day}|{lines.Count}|{Credit(w, carrier) ?? 0}\n");
        lines.ForEach(l => text.Append(l).Append('\n'));
        return text.Append("END\n").ToString();
    }

    private static long? Credit(CarrierWork w, string carrier) =>
        w.Number("SELECT amount FROM credits WHERE carrier = @c", ("@c", carrier));
}
