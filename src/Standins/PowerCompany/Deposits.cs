namespace Standins.PowerCompany;

/// <summary>What a supply company owes the group, to be paid in at the bank.</summary>
internal sealed record DepositView(string Unit, string Number, long Amount, string State);

/// <summary>A deposit that was paid in.</summary>
internal sealed record DepositRequest(string Id, string BankSerial, long Total, string Mode, DateOnly WorkDate);

/// <summary>The taking back of one.</summary>
internal sealed record DepositReversal(string Id);

/// <summary>Deposits of the power side (电力方缴费).</summary>
internal sealed class DepositBook(PowerStore store, TimeProvider clock)
{
    public IResult Show(string unit, string number) =>
        store.Do(w => Find(w, unit, number) is { } found ? Results.Ok(found.View) : Unknown());

    public IResult Pay(string unit, string number, DepositRequest request) =>
        store.Do(w =>
        {
            if (Find(w, unit, number) is not { } found)
            {
                return Unknown();
            }

            if (found.Payment == request.Id)
            {
                return found.View.State == "paid" ? Results.Ok(found.View) : No("reversed", "The deposit was taken back.");
            }

            if (found.View.State == "paid")
            {
                return No("settled", "The deposit is paid already.");
            }

            if (found.View.Amount != request.Total)
            {
                return No("changed", "The amount has changed.");
            }

            if (Days.State(w, request.WorkDate) != Days.On)
            {
                return Results.Json(new PowerProblem("not-signed-on", "The work date is not signed on."), statusCode: 422);
            }

            if (w.One("SELECT id FROM payments WHERE id = @id", r => r.GetString(0), ("@id", "reversed-deposit-" + request.Id)) is not null)
            {
                return No("reversed", "The deposit was taken back.");
            }

            Set(w, unit, number, "paid", request.Id);
            LineBook.Add(
                w,
                new PowerLine(
                    request.WorkDate,
                    unit,
                    request.BankSerial,
                    PaymentBook.Serial(w, request.WorkDate),
                    "",
                    number,
                    "",
                    request.Total,
                    0,
                    request.Total,
                    request.Mode,
                    LineBook.Time(clock.GetUtcNow()),
                    "S"
                )
            );
            w.Run(
                "INSERT INTO payments (id, body, state, total, request) VALUES (@id, '', 'deposit', @t, @b)",
                ("@id", "deposit-" + request.Id),
                ("@t", request.Total),
                ("@b", request.BankSerial)
            );
            return Results.Ok(found.View with { State = "paid" });
        });

    public IResult Reverse(string unit, string number, DepositReversal request, bool refuse) =>
        store.Do(w =>
        {
            if (refuse)
            {
                return No("reversal-refused", "The company does not take this deposit back.");
            }

            if (Find(w, unit, number) is not { } found)
            {
                return Unknown();
            }

            if (found.Payment == request.Id && found.View.State == "paid")
            {
                Set(w, unit, number, "open", null);
                var serial = w.One("SELECT request FROM payments WHERE id = @id", r => r.GetString(0), ("@id", "deposit-" + request.Id))!;
                w.Run("UPDATE lines SET state = 'C' WHERE bank_serial = @b", ("@b", serial));
            }

            // Kept, so that a payment with this id which is still under way is refused.
            w.Run(
                "INSERT OR IGNORE INTO payments (id, body, state, total) VALUES (@id, '', 'reversed', 0)",
                ("@id", "reversed-deposit-" + request.Id)
            );
            return Results.Ok(found.View with { State = "reversed" });
        });

    /// <summary>What became of a deposit that was sent: paid, reversed, or unknown.</summary>
    public IResult Ask(string unit, string number, string id) =>
        store.Do(w =>
        {
            if (Find(w, unit, number) is not { } found)
            {
                return Unknown();
            }

            var reversed =
                w.One("SELECT id FROM payments WHERE id = @id", r => r.GetString(0), ("@id", "reversed-deposit-" + id)) is not null;
            var state =
                reversed ? "reversed"
                : found.Payment == id ? "paid"
                : "unknown";
            return Results.Ok(found.View with { State = state });
        });

    private static void Set(PowerWork w, string unit, string number, string state, string? payment) =>
        w.Run(
            "UPDATE deposits SET state = @s, payment = @p WHERE unit = @u AND number = @n",
            ("@s", state),
            ("@p", payment),
            ("@u", unit),
            ("@n", number)
        );

    private static Found? Find(PowerWork w, string unit, string number) =>
        w.One(
            "SELECT unit, number, amount, state, payment FROM deposits WHERE unit = @u AND number = @n",
            r => new Found(
                new DepositView(r.GetString(0), r.GetString(1), r.GetInt64(2), r.GetString(3)),
                r.IsDBNull(4) ? null : r.GetString(4)
            ),
            ("@u", unit),
            ("@n", number)
        );

    private static IResult Unknown() => Results.NotFound(new PowerProblem("deposit-unknown", "There is no such deposit."));

    private static IResult No(string code, string text) => Results.Conflict(new PowerProblem(code, text));

    private sealed record Found(DepositView View, string? Payment);
}

/// <summary>Deposits over HTTP.</summary>
internal static class DepositRoutes
{
    public static void MapDeposits(this WebApplication app)
    {
        app.MapGet("/units/{unit}/deposits/{number}", (string unit, string number, DepositBook book) => book.Show(unit, number))
            .As("deposit-query");
        app.MapPost(
                "/units/{unit}/deposits/{number}/payment",
                (string unit, string number, DepositRequest body, DepositBook book) => book.Pay(unit, number, body)
            )
            .As("deposit");
        app.MapGet(
                "/units/{unit}/deposits/{number}/payments/{id}",
                (string unit, string number, string id, DepositBook book) => book.Ask(unit, number, id)
            )
            .As("deposit-ask");
        app.MapPost(
                "/units/{unit}/deposits/{number}/reversal",
                (string unit, string number, DepositReversal body, HttpContext context, DepositBook book) =>
                    book.Reverse(unit, number, body, context.Meets(FaultKind.Refused))
            )
            .As("deposit-reversal");
    }
}
