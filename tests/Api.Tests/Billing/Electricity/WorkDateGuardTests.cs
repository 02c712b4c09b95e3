// Slices: CloseWorkDate, CollectBill, ReverseBillPayment.
using System.Net;
using Npgsql;

namespace Api.Tests.Billing.Electricity;

/// <summary>No payment can be booked for a work date past its closing.</summary>
public sealed class WorkDateGuardTests
{
    private const int Tries = 10;

    [Theory, EachDatabase]
    [Trait("Requirement", "EB-08.2"), Trait("Requirement", "EB-08.1")]
    public async Task Payments_that_race_with_the_closing_are_of_the_date_or_refused(Database database)
    {
        const int payers = 16;
        await using var desk = await ElectricityDesk.Open(database);
        await using var second = await TestHost.Start(database, desk.Host.ConnectionString, ElectricityDesk.Settings(desk.Power));
        var there = desk.At(second);
        var quotes = new List<Answered>();
        for (var i = 0; i < payers; i++)
        {
            quotes.Add(await desk.Quote(await desk.Customer(100)));
        }

        var pays = quotes
            .Select(
                (q, i) => Task.Run(() => (i % 2 == 0 ? desk.Cashier : there).Post("/v1/electricity/payments", ElectricityDesk.Payment(q)))
            )
            .ToList();
        await Task.WhenAny(pays);
        await desk.CloseWorkDate();
        var answers = await Task.WhenAll(pays);
        var paid = answers.Count(a => a.Status == HttpStatusCode.Created);

        Assert.InRange(paid, 1, payers);
        Assert.All(
            answers.Where(a => a.Status != HttpStatusCode.Created),
            a => Assert.True(a.Code is "work-date-not-open" or "database-busy" or "concurrent-change", a.Text)
        );
        Assert.Equal((0L, 0L, paid * 100L), (await desk.InDoubt(), await desk.Transit(), await desk.Settlement()));
        Assert.Empty(await desk.Cashier.Walk("/v1/electricity/differences"));
        await desk.Branch.BooksAreSound();
    }

    /// <summary>Holds a payment up between its look at the work date and its commit: there, the date must not be closed.</summary>
    [Theory, EachDatabase]
    [Trait("Requirement", "EB-08.2")]
    public async Task Closing_waits_for_a_payment_that_is_being_booked(Database database)
    {
        Assert.SkipWhen(database == Database.Sqlite, "SQLite writes one transaction at a time: nothing comes between look and commit.");
        for (var i = 0; !await WaitsFor(database); i++)
        {
            Assert.True(i < Tries, "Each time the payment gave up before the closing came.");
        }
    }

    /// <summary>False where the payment, which waits for its lock for some seconds only, had given up before the closing was there.</summary>
    private static async Task<bool> WaitsFor(Database database)
    {
        await using var desk = await ElectricityDesk.Open(database);
        await using var second = await TestHost.Start(database, desk.Host.ConnectionString, ElectricityDesk.Settings(desk.Power));
        var there = desk.At(second);
        // The first request of a host takes its time.
        (await there.Post("/v1/electricity/work-dates/2020-01-01/closing", new { })).IsRefused(
            HttpStatusCode.NotFound,
            "work-date-unknown"
        );
        await desk.Collect(await desk.Customer(100));
        var quote = await desk.Quote(await desk.Customer(100));
        var receivable = quote.Body["receivables"]![0]!["receivableId"]!.GetValue<string>();
        Task<Answered> pays;
        Task<Answered> closes;
        bool early;
        await using (var connection = new NpgsqlConnection(desk.Host.ConnectionString))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await Run(
                connection,
                $"""INSERT INTO electricity_receivables ("PaymentId", "Receivable", "UnitId") VALUES (1, '{receivable}', {desk.UnitId})"""
            );
            pays = Task.Run(() => desk.Pay(ElectricityDesk.Payment(quote)));
            await Eventually.Holds(() => Waiting(connection), w => w == 1 || pays.IsCompleted);
            closes = Task.Run(() => there.Post($"/v1/electricity/work-dates/{desk.Date:yyyy-MM-dd}/closing", new { }));
            await Eventually.Holds(() => Waiting(connection), w => w == 2 || closes.IsCompleted || pays.IsCompleted);
            early = closes.IsCompleted;
            await transaction.RollbackAsync();
        }

        var (paid, closed) = (await pays, await closes);
        if (paid.Status != HttpStatusCode.Created)
        {
            return false;
        }

        Assert.False(early, "The work date was closed while a payment was being booked for it.");
        Assert.Equal("paid", paid["state"]);
        closed.Is(HttpStatusCode.Accepted);
        await desk.IsClosed();
        Assert.Equal((0L, 0L, 200L), (await desk.InDoubt(), await desk.Transit(), await desk.Settlement()));
        return true;
    }

    /// <summary>Sessions of this database that wait for a lock of another.</summary>
    private static async Task<long> Waiting(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
            connection
        );
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
