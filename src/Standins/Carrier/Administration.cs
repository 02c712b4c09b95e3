using System.Globalization;

namespace Standins.Carrier;

/// <summary>A code that can be redeemed.</summary>
internal sealed record CodeRequest(string Code, string Kind, long Amount);

/// <summary>A prepaid credit.</summary>
internal sealed record CreditRequest(string Carrier, long Amount);

/// <summary>Changes a statement: a line in place of the one with its id, or the id alone to leave that line out.</summary>
internal sealed record LineRequest(string Day, string Carrier, string Line);

/// <summary>How often a phone was credited, and how much it has.</summary>
internal sealed record CreditedView(long Count, long Amount);

/// <summary>For tests and demonstrations.</summary>
internal static class Administration
{
    public static void MapAdministration(this WebApplication app)
    {
        var admin = app.MapGroup("/admin");
        admin.MapPost(
            "/faults",
            (Fault fault, FaultList faults) =>
            {
                faults.Add(fault);
                return Results.Ok(fault);
            }
        );
        admin.MapDelete("/faults", (FaultList faults) => faults.Clear());
        admin.MapPost("/codes", (IReadOnlyList<CodeRequest> codes, CarrierStore store) => store.Do(w => AddCodes(w, codes)));
        admin.MapPost("/credits", (CreditRequest credit, CarrierStore store) => store.Do(w => SetCredit(w, credit)));
        admin.MapPost(
            "/lines",
            (LineRequest line, CarrierStore store) =>
                store.Do(w =>
                {
                    w.Run(
                        "INSERT INTO extra_lines (day, carrier, line) VALUES (@d, @c, @l)",
                        ("@d", line.Day),
                        ("@c", line.Carrier),
                        ("@l", line.Line)
                    );
                    return Results.Ok(line);
                })
        );
        admin.MapGet("/call-backs", (CallBacks callBacks) => Results.Ok(callBacks.Waiting()));
        admin.MapDelete("/call-backs/{place:long}", (long place, CallBacks callBacks) => callBacks.Forget(place));
        admin.MapGet("/phones/{phone}", (string phone, CarrierStore store) => store.Do(w => Credited(w, phone)));
        admin.MapGet(
            "/credited",
            (CarrierStore store) =>
                Results.Ok(
                    store.Do(w => w.All("SELECT id FROM carrier_top_ups WHERE state = 'succeeded' AND times > 0", r => r.GetString(0)))
                )
        );
    }

    private static IResult AddCodes(CarrierWork w, IReadOnlyList<CodeRequest> codes)
    {
        foreach (var c in codes)
        {
            w.Run(
                "INSERT OR REPLACE INTO codes (code, kind, amount) VALUES (@c, @k, @a)",
                ("@c", c.Code),
                ("@k", c.Kind),
                ("@a", c.Amount)
            );
        }

        return Results.Ok(new { codes.Count });
    }

    private static IResult SetCredit(CarrierWork w, CreditRequest credit)
    {
        w.Run("INSERT OR REPLACE INTO credits (carrier, amount) VALUES (@c, @a)", ("@c", credit.Carrier), ("@a", credit.Amount));
        return Results.Ok(credit);
    }

    /// <summary>Each crediting counts, also of one that was taken back later.</summary>
    private static IResult Credited(CarrierWork w, string phone)
    {
        var count = w.Number("SELECT COALESCE(SUM(times), 0) FROM carrier_top_ups WHERE phone = @p", ("@p", phone));
        var amount = w.Number(
            "SELECT COALESCE(SUM(amount), 0) FROM carrier_top_ups WHERE phone = @p AND state = 'succeeded'",
            ("@p", string.Create(CultureInfo.InvariantCulture, $"{phone}"))
        );
        return Results.Ok(new CreditedView(count ?? 0, amount ?? 0));
    }
}
