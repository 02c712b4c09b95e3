using System.Text.Json;

namespace Standins.PowerCompany;

/// <summary>A supply company to open or change.</summary>
internal sealed record UnitRequest(
    string Code,
    string Name,
    bool PartsAllowed = false,
    bool KeepsBalance = false,
    LateFeeTerms? Terms = null,
    bool KeepsUnknownReversals = true
);

/// <summary>A customer to open.</summary>
internal sealed record CustomerRequest(string Number, string Name, string Address, CustomerKind Kind, string Unit);

/// <summary>A bill to send out; principal in fen.</summary>
internal sealed record BillRequest(string Id, string Customer, string Month, int Sequence, long Principal, DateOnly Due);

/// <summary>A deposit to ask for, in fen.</summary>
internal sealed record DepositOrder(string Unit, string Number, long Amount);

/// <summary>The date that the company goes by; null is the calendar's.</summary>
internal sealed record TodayRequest(DateOnly? Date);

/// <summary>What tests and demonstrations set: companies, customers, bills, the date, and faults.</summary>
internal static class Administration
{
    public static void MapAdministration(this WebApplication app)
    {
        var admin = app.MapGroup("/admin");
        admin.MapPost("/units", (IReadOnlyList<UnitRequest> units, PowerStore store) => store.Do(w => AddUnits(w, units)));
        admin.MapPost(
            "/customers",
            (IReadOnlyList<CustomerRequest> customers, PowerStore store) => store.Do(w => AddCustomers(w, customers))
        );
        admin.MapPost("/receivables", (IReadOnlyList<BillRequest> bills, PowerStore store) => store.Do(w => AddBills(w, bills)));
        admin.MapPost("/deposits", (IReadOnlyList<DepositOrder> deposits, PowerStore store) => store.Do(w => AddDeposits(w, deposits)));
        admin.MapPost("/lines", (IReadOnlyList<PowerLine> lines, PowerStore store) => store.Do(w => AddLines(w, lines)));
        admin.MapPut("/today", (TodayRequest body, PowerStore store) => store.Do(w => SetToday(w, body.Date)));
        admin.MapPost(
            "/faults",
            (Fault fault, FaultList faults) =>
            {
                faults.Add(fault);
                return Results.Ok(fault);
            }
        );
        admin.MapDelete("/faults", (FaultList faults) => faults.Clear());
    }

    private static IResult AddUnits(PowerWork w, IReadOnlyList<UnitRequest> units)
    {
        foreach (var u in units)
        {
            w.Run(
                "INSERT OR REPLACE INTO units (code, name, parts, keeps_balance, terms, keeps_unknown) VALUES (@c, @n, @p, @b, @t, @k)",
                ("@c", u.Code),
                ("@n", u.Name),
                ("@p", u.PartsAllowed ? 1 : 0),
                ("@b", u.KeepsBalance ? 1 : 0),
                ("@t", JsonSerializer.Serialize(u.Terms ?? new LateFeeTerms(), JsonSerializerOptions.Web)),
                ("@k", u.KeepsUnknownReversals ? 1 : 0)
            );
        }

        return Results.Ok(new { units.Count });
    }

    private static IResult AddCustomers(PowerWork w, IReadOnlyList<CustomerRequest> customers)
    {
        foreach (var c in customers)
        {
            w.Run(
                "INSERT OR REPLACE INTO consumers (number, name, address, kind, unit, balance) VALUES (@n, @name, @a, @k, @u, 0)",
                ("@n", c.Number),
                ("@name", c.Name),
                ("@a", c.Address),
                ("@k", c.Kind.ToString()),
                ("@u", c.Unit)
            );
        }

        return Results.Ok(new { customers.Count });
    }

    private static IResult AddBills(PowerWork w, IReadOnlyList<BillRequest> bills)
    {
        foreach (var b in bills)
        {
            w.Run(
                "INSERT OR IGNORE INTO receivables (id, customer, month, sequence, principal, due, late_fee_paid) VALUES (@i, @c, @m, @s, @p, @d, 0)",
                ("@i", b.Id),
                ("@c", b.Customer),
                ("@m", b.Month),
                ("@s", b.Sequence),
                ("@p", b.Principal),
                ("@d", Days.Text(b.Due))
            );
        }

        return Results.Ok(new { bills.Count });
    }

    private static IResult AddDeposits(PowerWork w, IReadOnlyList<DepositOrder> deposits)
    {
        foreach (var d in deposits)
        {
            w.Run(
                "INSERT OR IGNORE INTO deposits (unit, number, amount, state) VALUES (@u, @n, @a, 'open')",
                ("@u", d.Unit),
                ("@n", d.Number),
                ("@a", d.Amount)
            );
        }

        return Results.Ok(new { deposits.Count });
    }

    private static IResult AddLines(PowerWork w, IReadOnlyList<PowerLine> lines)
    {
        foreach (var line in lines)
        {
            LineBook.Add(w, line);
        }

        return Results.Ok(new { lines.Count });
    }

    private static IResult SetToday(PowerWork w, DateOnly? date)
    {
        w.Run("DELETE FROM settings WHERE name = 'today'");
        if (date is { } day)
        {
            w.Run("INSERT INTO settings (name, value) VALUES ('today', @d)", ("@d", Days.Text(day)));
        }

        return Results.Ok(new { date });
    }
}
