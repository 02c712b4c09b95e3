using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Standins.PowerCompany;

/// <summary>A customer, as GET answers it.</summary>
internal sealed record CustomerView(
    string Number,
    string Name,
    string Address,
    CustomerKind Kind,
    string Unit,
    string UnitName,
    long Balance
);

/// <summary>A receivable as of a date. Amounts are in fen.</summary>
internal sealed record Receivable(string Id, string Month, int Sequence, long Principal, long LateFee, long Total, DateOnly Due);

/// <summary>What a customer owes, under a reference that a payment must carry.</summary>
internal sealed record Quote(
    string Customer,
    string Unit,
    string Reference,
    DateTimeOffset ValidUntil,
    DateOnly AsOf,
    bool PartsAllowed,
    bool KeepsBalance,
    long Balance,
    IReadOnlyList<Receivable> Receivables
);

/// <summary>Customers and what they owe.</summary>
internal sealed class Bills(TimeProvider clock, IConfiguration configuration)
{
    private TimeSpan Valid => TimeSpan.FromSeconds(configuration.GetValue("Power:ValidSeconds", 600));

    public static CustomerView? Customer(PowerWork work, string number) =>
        work.One(
            "SELECT c.number, c.name, c.address, c.kind, c.unit, u.name, c.balance FROM consumers c JOIN units u ON u.code = "
                + "c.unit WHERE c.number = @n",
            r => new CustomerView(
                r.GetString(0),
                r.GetString(1),
                r.GetString(2),
                Enum.Parse<CustomerKind>(r.GetString(3)),
                r.GetString(4),
                r.GetString(5),
                r.GetInt64(6)
            ),
            ("@n", number)
        );

    public static SupplyUnit Unit(PowerWork work, string code) =>
        work.One(
            "SELECT code, name, parts, keeps_balance, terms, keeps_unknown FROM units WHERE code = @code",
            r => new SupplyUnit(
                r.GetString(0),
                r.GetString(1),
                r.GetInt64(2) == 1,
                r.GetInt64(3) == 1,
                JsonSerializer.Deserialize<LateFeeTerms>(r.GetString(4), JsonSerializerOptions.Web)!,
                r.GetInt64(5) == 1
            ),
            ("@code", code)
        ) ?? throw new InvalidOperationException($"There is no unit {code}.");

    /// <summary>What is left of a customer's bills today, oldest first.</summary>
    public IReadOnlyList<Receivable> Owed(PowerWork work, CustomerView customer)
    {
        var today = Days.Today(work, clock);
        var terms = Unit(work, customer.Unit).Terms;
        return work.All(
            "SELECT id, month, sequence, principal, due, late_fee_paid FROM receivables WHERE customer = @c AND paid_by IS NULL "
                + "ORDER BY month, sequence",
            r =>
            {
                var due = DateOnly.Parse(r.GetString(4), CultureInfo.InvariantCulture);
                var principal = r.GetInt64(3);
                var fee = Math.Max(0, LateFees.Of(customer.Kind, principal, due, today, terms) - r.GetInt64(5));
                return new Receivable(r.GetString(0), r.GetString(1), r.GetInt32(2), principal, fee, principal + fee, due);
            },
            ("@c", customer.Number)
        );
    }

    public Quote Ask(PowerWork work, CustomerView customer)
    {
        var unit = Unit(work, customer.Unit);
        var until = clock.GetUtcNow() + Valid;
        var quote = new Quote(
            customer.Number,
            customer.Unit,
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)),
            until,
            Days.Today(work, clock),
            unit.PartsAllowed,
            unit.KeepsBalance,
            customer.Balance,
            Owed(work, customer)
        );
        work.Run(
            "INSERT INTO quotes (reference, customer, body, valid_until) VALUES (@r, @c, @b, @u)",
            ("@r", quote.Reference),
            ("@c", customer.Number),
            ("@b", JsonSerializer.Serialize(quote, JsonSerializerOptions.Web)),
            ("@u", until.ToUnixTimeMilliseconds())
        );
        return quote;
    }

    public static Quote? Quoted(PowerWork work, string reference) =>
        work.One(
            "SELECT body FROM quotes WHERE reference = @r",
            r => JsonSerializer.Deserialize<Quote>(r.GetString(0), JsonSerializerOptions.Web)!,
            ("@r", reference)
        );
}

/// <summary>A supply company.</summary>
internal sealed record SupplyUnit(
    string Code,
    string Name,
    bool PartsAllowed,
    bool KeepsBalance,
    LateFeeTerms Terms,
    bool KeepsUnknownReversals
);

/// <summary>Looking up customers and what they owe.</summary>
internal static class BillRoutes
{
    public static void MapBills(this WebApplication app)
    {
        app.MapGet(
                "/customers/{number}",
                (string number, PowerStore store) =>
                    store.Do(w => Bills.Customer(w, number)) is { } customer ? Results.Ok(customer) : Unknown()
            )
            .As("customer");
        app.MapGet(
                "/customers/{number}/receivables",
                (string number, PowerStore store, Bills bills) =>
                    store.Do(w => Bills.Customer(w, number) is { } customer ? Results.Ok(bills.Ask(w, customer)) : Unknown())
            )
            .As("receivables");
    }

    private static IResult Unknown() => Results.NotFound(new PowerProblem("customer-unknown", "There is no such customer."));
}
