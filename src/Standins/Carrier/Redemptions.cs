namespace Standins.Carrier;

/// <summary>A code to check.</summary>
/// <param name="Id">The seller's id: the same id is the same check.</param>
/// <param name="Kind">points or coupon.</param>
/// <param name="Code">The code or password.</param>
internal sealed record RedemptionRequest(string Id, string Kind, string Code);

/// <summary>A redemption as the carrier has it: authenticated, wrong, confirmed, undone or unknown.</summary>
internal sealed record RedemptionView(string Id, string State, long Amount);

/// <summary>The receipt that a redemption is confirmed for.</summary>
internal sealed record ConfirmationRequest(string Receipt);

/// <summary>Checks, confirms and undoes. A code is held by one redemption at a time and used once.</summary>
internal sealed class RedemptionBook(CarrierStore store)
{
    private const string Authenticated = "authenticated";
    private const string Wrong = "wrong";
    private const string Confirmed = "confirmed";
    private const string Undone = "undone";

    public IResult Check(RedemptionRequest request) =>
        store.Do(w =>
        {
            if (Find(w, request.Id) is { } known)
            {
                return Results.Ok(known);
            }

            var amount = w.Number(
                "SELECT amount FROM codes WHERE code = @c AND kind = @k AND held_by IS NULL",
                ("@c", request.Code),
                ("@k", request.Kind)
            );
            var state = amount is null ? Wrong : Authenticated;
            w.Run(
                "INSERT INTO carrier_redemptions (id, code, kind, amount, state) VALUES (@i, @c, @k, @a, @s)",
                ("@i", request.Id),
                ("@c", request.Code),
                ("@k", request.Kind),
                ("@a", amount ?? 0),
                ("@s", state)
            );
            if (amount is not null)
            {
                w.Run("UPDATE codes SET held_by = @i WHERE code = @c", ("@i", request.Id), ("@c", request.Code));
            }

            return Results.Ok(Find(w, request.Id));
        });

    public IResult Confirm(string id, string receipt) =>
        store.Do(w =>
        {
            if (Find(w, id) is not { } known)
            {
                return Results.Json(new RedemptionView(id, "unknown", 0), statusCode: 404);
            }

            if (known.State is Undone or Wrong)
            {
                return Results.Json(new CarrierProblem("released", "The code is not held any more."), statusCode: 409);
            }

            w.Run("UPDATE carrier_redemptions SET state = @s, receipt = @r WHERE id = @i", ("@s", Confirmed), ("@r", receipt), ("@i", id));
            return Results.Ok(Find(w, id));
        });

    /// <summary>An unknown check is kept as undone, so that it can never hold a code later.</summary>
    public IResult Undo(string id) =>
        store.Do(w =>
        {
            var known = Find(w, id);
            if (known?.State == Confirmed)
            {
                return Results.Json(new CarrierProblem("confirmed", "The redemption is confirmed."), statusCode: 409);
            }

            if (known is null)
            {
                w.Run(
                    "INSERT INTO carrier_redemptions (id, code, kind, amount, state) VALUES (@i, '', '', 0, @s)",
                    ("@i", id),
                    ("@s", Undone)
                );
            }

            w.Run(
                "UPDATE carrier_redemptions SET state = @s WHERE id = @i AND state = @a",
                ("@s", Undone),
                ("@i", id),
                ("@a", Authenticated)
            );
            w.Run("UPDATE codes SET held_by = NULL WHERE held_by = @i", ("@i", id));
            return Results.Ok(Find(w, id));
        });

    public IResult Ask(string id) =>
        store.Do(w => Find(w, id) is { } known ? Results.Ok(known) : Results.Json(new RedemptionView(id, "unknown", 0), statusCode: 404));

    private static RedemptionView? Find(CarrierWork w, string id) =>
        w.One(
            "SELECT id, state, amount FROM carrier_redemptions WHERE id = @i",
            r => new RedemptionView(r.GetString(0), r.GetString(1), r.GetInt64(2)),
            ("@i", id)
        );
}

/// <summary>Redemptions over HTTP.</summary>
internal static class RedemptionRoutes
{
    public static void MapRedemptions(this WebApplication app)
    {
        app.MapPost(
            "/redemptions",
            (RedemptionRequest body, HttpContext context, RedemptionBook book, FaultList faults) =>
                faults.Take("redemption").Answer(context, () => book.Check(body))
        );
        app.MapGet("/redemptions/{id}", (string id, RedemptionBook book) => book.Ask(id));
        app.MapPost(
            "/redemptions/{id}/confirmation",
            (string id, ConfirmationRequest body, HttpContext context, RedemptionBook book, FaultList faults) =>
            {
                var fault = faults.Take("confirmation");
                return fault?.Kind == FaultKind.Refused
                    ? Task.FromResult(Results.Json(new CarrierProblem("released", "The code is not held any more."), statusCode: 409))
                    : fault.Answer(context, () => book.Confirm(id, body.Receipt));
            }
        );
        app.MapPost(
            "/redemptions/{id}/undoing",
            (string id, HttpContext context, RedemptionBook book, FaultList faults) =>
                faults.Take("undoing").Answer(context, () => book.Undo(id))
        );
    }
}
