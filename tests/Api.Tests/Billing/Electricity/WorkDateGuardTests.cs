// Slices: CloseWorkDate, CollectBill, ReverseBillPayment.
using System.Net;

namespace Api.Tests.Billing.Electricity;

/// <summary>No payment can be booked for a work date past its closing.</summary>
public sealed class WorkDateGuardTests
{
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
}
