using System.Globalization;
using System.Text.Json;

namespace Standins.PowerCompany;

/// <summary>What is paid of one receivable, in fen.</summary>
internal sealed record PaidItem(string Receivable, long Principal, long LateFee, long Total);

/// <summary>A payment that the bank has collected.</summary>
/// <param name="Id">The bank's id of it: the same id is the same payment.</param>
/// <param name="BankSerial">The serial number that the bank prints.</param>
/// <param name="Reference">From the query.</param>
/// <param name="Items">The receivables, oldest first.</param>
/// <param name="Prepaid">Fen over what is owed, kept as the customer's balance.</param>
/// <param name="Total">Fen of all together.</param>
/// <param name="Mode">The mode of collection, two digits.</param>
/// <param name="WorkDate">A work date that is signed on.</param>
internal sealed record PaymentRequest(
    string Id,
    string BankSerial,
    string Reference,
    IReadOnlyList<PaidItem> Items,
    long Prepaid,
    long Total,
    string Mode,
    DateOnly WorkDate
);

/// <summary>A payment as the company has it: paid, reversed or unknown.</summary>
internal sealed record PaymentView(string Id, string State, string? Serial, long Total);

/// <summary>Takes payments and takes them back.</summary>
internal sealed class PaymentBook(PowerStore store, Bills bills, TimeProvider clock)
{
    public const string Paid = "paid";
    public const string Reversed = "reversed";

    public IResult Pay(PaymentRequest request, bool twice, bool changed)
    {
        var body = JsonSerializer.Serialize(request, JsonSerializerOptions.Web);
        return store.Do(w =>
        {
            if (Find(w, request.Id) is { } known)
            {
                return known.State == Reversed ? No(409, "reversed", "The payment was reversed.")
                    : known.Body != body ? No(422, "id-reused", "The id belongs to another payment.")
                    : Created(known);
            }

            return Check(w, request, changed) ?? Created(Book(w, request, body, twice));
        });
    }

    public IResult Ask(string id) =>
        store.Do(w =>
            Find(w, id) is { } known
                ? Results.Ok(new PaymentView(id, known.State, known.Serial, known.Total))
                : Results.Json(new PaymentView(id, "unknown", null, 0), statusCode: 404)
        );

    /// <summary>An unknown payment is kept as reversed, so that it can never be paid later, unless the company does not keep such.</summary>
    public IResult Reverse(string id, bool refuse)
    {
        return store.Do(w =>
        {
            if (refuse)
            {
                return No(409, "reversal-refused", "The company does not reverse this payment.");
            }

            if (Find(w, id) is not { } known)
            {
                if (w.One("SELECT code FROM units WHERE keeps_unknown = 0 LIMIT 1", r => r.GetString(0)) is not null)
                {
                    return Results.Json(new PaymentView(id, "unknown", null, 0), statusCode: 404);
                }

                w.Run("INSERT INTO payments (id, body, state, total) VALUES (@id, '', @state, 0)", ("@id", id), ("@state", Reversed));
                return Results.Ok(new PaymentView(id, Reversed, null, 0));
            }

            if (known.State == Paid)
            {
                if (known.WorkDate is { } date && Days.State(w, date) != Days.On)
                {
                    return No(409, "signed-off", "The work date is signed off.");
                }

                TakeBack(w, known);
            }

            return Results.Ok(new PaymentView(id, Reversed, known.Serial, known.Total));
        });
    }

    private Refused? Against(PowerWork w, PaymentRequest request, Quote quote, CustomerView customer, bool changed)
    {
        var owed = bills.Owed(w, customer);
        var now = owed.ToDictionary(r => r.Id);
        if (changed)
        {
            return new Refused(
                409,
                "changed",
                "The amount has changed.",
                [.. owed.Select(r => r with { LateFee = r.LateFee + 1, Total = r.Total + 1 })]
            );
        }

        if (request.Items.Any(i => quote.Receivables.All(r => r.Id != i.Receivable)))
        {
            return new Refused(422, "not-allowed", "The query did not show this receivable.", null);
        }

        if (request.Items.Any(i => !now.ContainsKey(i.Receivable)))
        {
            return new Refused(409, "settled", "A receivable is paid already.", owed);
        }

        var shown = quote.Receivables.ToDictionary(r => r.Id);
        if (request.Items.Any(i => now[i.Receivable] != shown[i.Receivable]))
        {
            return new Refused(409, "changed", "The amount has changed.", owed);
        }

        // Oldest first: what is paid is the head of what is owed, and only the last may be a part.
        for (var i = 0; i < request.Items.Count; i++)
        {
            var (item, due) = (request.Items[i], owed[i]);
            var whole = item.Receivable == due.Id && item.Principal == due.Principal && item.LateFee == due.LateFee;
            var part =
                quote.PartsAllowed
                && i == request.Items.Count - 1
                && item.Receivable == due.Id
                && item.Total < due.Total
                && item.LateFee == Math.Min(due.LateFee, item.Total)
                && item.Principal == item.Total - item.LateFee;
            if ((!whole && !part) || item.Total != item.Principal + item.LateFee || item.Total <= 0)
            {
                return new Refused(422, "not-allowed", "Receivables are paid whole, oldest first.", owed);
            }
        }

        var mayKeep = quote.KeepsBalance && request.Items.Count == owed.Count;
        return
            request.Prepaid != 0 && !(mayKeep && request.Prepaid > 0) || request.Total != request.Items.Sum(i => i.Total) + request.Prepaid
            ? new Refused(422, "not-allowed", "More than is owed is not taken.", owed)
            : null;
    }

    private sealed record Refused(int Status, string Code, string Text, IReadOnlyList<Receivable>? Receivables);

    private IResult? Check(PowerWork w, PaymentRequest request, bool changed)
    {
        if (Days.State(w, request.WorkDate) != Days.On)
        {
            return No(422, "not-signed-on", "The work date is not signed on.");
        }

        if (Bills.Quoted(w, request.Reference) is not { } quote || request.Items.Count == 0)
        {
            return No(422, "not-allowed", "The reference is unknown.");
        }

        var customer = Bills.Customer(w, quote.Customer)!;
        if (quote.ValidUntil < clock.GetUtcNow())
        {
            return No(409, "changed", "The query is too old.", bills.Owed(w, customer));
        }

        return Against(w, request, quote, customer, changed) is { } refused
            ? No(refused.Status, refused.Code, refused.Text, refused.Receivables)
            : null;
    }

    private Kept Book(PowerWork w, PaymentRequest request, string body, bool twice)
    {
        var quote = Bills.Quoted(w, request.Reference)!;
        var serial = Serial(w, request.WorkDate);
        w.Run(
            "INSERT INTO payments (id, body, state, serial, customer, total, work_date) VALUES (@id, @b, @s, @n, @c, @t, @d)",
            ("@id", request.Id),
            ("@b", body),
            ("@s", Paid),
            ("@n", serial),
            ("@c", quote.Customer),
            ("@t", request.Total),
            ("@d", Days.Text(request.WorkDate))
        );
        foreach (var item in request.Items)
        {
            var due = quote.Receivables.Single(r => r.Id == item.Receivable);
            if (item.Total == due.Total)
            {
                w.Run("UPDATE receivables SET paid_by = @p WHERE id = @id", ("@p", request.Id), ("@id", item.Receivable));
            }
            else
            {
                w.Run(
                    "UPDATE receivables SET principal = principal - @a, late_fee_paid = late_fee_paid + @f WHERE id = @id",
                    ("@a", item.Principal),
                    ("@f", item.LateFee),
                    ("@id", item.Receivable)
                );
            }

            Line(w, request, quote, item, due.Month, serial);
            if (twice)
            {
                Line(w, request, quote, item, due.Month, Serial(w, request.WorkDate));
            }
        }

        if (request.Prepaid > 0)
        {
            w.Run("UPDATE consumers SET balance = balance + @a WHERE number = @c", ("@a", request.Prepaid), ("@c", quote.Customer));
            Line(w, request, quote, new PaidItem("", request.Prepaid, 0, request.Prepaid), "", serial);
        }

        return new Kept(request.Id, body, Paid, serial, quote.Customer, request.Total, request.WorkDate);
    }

    private void Line(PowerWork w, PaymentRequest request, Quote quote, PaidItem item, string month, string serial) =>
        LineBook.Add(
            w,
            new PowerLine(
                request.WorkDate,
                quote.Unit,
                request.BankSerial,
                serial,
                quote.Customer,
                item.Receivable,
                month,
                item.Principal,
                item.LateFee,
                item.Total,
                request.Mode,
                LineBook.Time(clock.GetUtcNow()),
                "S"
            )
        );

    private static void TakeBack(PowerWork w, Kept known)
    {
        var request = JsonSerializer.Deserialize<PaymentRequest>(known.Body, JsonSerializerOptions.Web)!;
        w.Run("UPDATE payments SET state = @s WHERE id = @id", ("@s", Reversed), ("@id", known.Id));
        w.Run("UPDATE lines SET state = 'C' WHERE bank_serial = @b", ("@b", request.BankSerial));
        foreach (var item in request.Items)
        {
            if (
                w.Run("UPDATE receivables SET paid_by = NULL WHERE id = @id AND paid_by = @p", ("@id", item.Receivable), ("@p", known.Id))
                == 0
            )
            {
                Owe(w, item.Receivable, item.Principal, item.LateFee);
            }
        }

        w.Run("UPDATE consumers SET balance = balance - @a WHERE number = @c", ("@a", request.Prepaid), ("@c", known.Customer));
    }

    /// <summary>A part is owed again: beside what is left, or alone where the rest was paid meanwhile.</summary>
    public static void Owe(PowerWork w, string receivable, long principal, long lateFee) =>
        w.Run(
            "UPDATE receivables SET principal = CASE WHEN paid_by IS NULL THEN principal ELSE 0 END + @a, paid_by = NULL, "
                + "late_fee_paid = late_fee_paid - @f WHERE id = @id",
            ("@a", principal),
            ("@f", lateFee),
            ("@id", receivable)
        );

    public static string Serial(PowerWork w, DateOnly date) =>
        string.Create(CultureInfo.InvariantCulture, $"DL{date:yyyyMMdd}{w.Next("serial"):D8}");

    private static Kept? Find(PowerWork w, string id) =>
        w.One(
            "SELECT id, body, state, serial, customer, total, work_date FROM payments WHERE id = @id",
            r => new Kept(
                r.GetString(0),
                r.GetString(1),
                r.GetString(2),
                r.IsDBNull(3) ? null : r.GetString(3),
                r.IsDBNull(4) ? null : r.GetString(4),
                r.GetInt64(5),
                r.IsDBNull(6) ? null : DateOnly.Parse(r.GetString(6), CultureInfo.InvariantCulture)
            ),
            ("@id", id)
        );

    private static IResult Created(Kept kept) =>
        Results.Created($"/payments/{kept.Id}", new PaymentView(kept.Id, kept.State, kept.Serial, kept.Total));

    private static IResult No(int status, string code, string text, IReadOnlyList<Receivable>? receivables = null) =>
        Results.Json(new PowerProblem(code, text, receivables), statusCode: status);

    private sealed record Kept(string Id, string Body, string State, string? Serial, string? Customer, long Total, DateOnly? WorkDate);
}

/// <summary>Payments over HTTP.</summary>
internal static class PaymentRoutes
{
    public static void MapPayments(this WebApplication app)
    {
        app.MapPost(
                "/payments",
                (PaymentRequest body, HttpContext context, PaymentBook book) =>
                    book.Pay(body, context.Meets(FaultKind.Twice), context.Meets(FaultKind.Changed))
            )
            .As("payment");
        app.MapGet("/payments/{id}", (string id, PaymentBook book) => book.Ask(id)).As("ask");
        app.MapPost(
                "/payments/{id}/reversal",
                (string id, HttpContext context, PaymentBook book) => book.Reverse(id, context.Meets(FaultKind.Refused))
            )
            .As("reversal");
    }
}
