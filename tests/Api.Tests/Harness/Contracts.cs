using System.Net;
using Counter.Payments;
using Funding;
using Funding.Contracts;
using Issuance;

namespace Api.Tests.Harness;

/// <summary>Discount contracts, as headquarters makes them, and the bonus that they give.</summary>
public static class Contracts
{
    /// <summary>From 100.00 yuan on: one per cent of bonus and two points for each yuan, for every customer. Its code.</summary>
    public static async Task<string> WithBonus(Database database)
    {
        await using var office = await TestCounter.Open(database, headquarters: true);
        var code = $"R{Ids.Next()}";
        var body = new
        {
            code,
            name = "Recharge bonus",
            validFrom = "2020-01-01",
            validTo = "2029-12-31",
            tiers = new[]
            {
                new
                {
                    fromAmount = 10_000,
                    bonusBasisPoints = 100,
                    pointsPerYuan = 2,
                },
            },
        };
        (await office.Cashier.Post("/v1/discount-contracts", body)).Is(HttpStatusCode.Created);
        return code;
    }

    /// <summary>A collection with a bonus, as one under a contract books it.</summary>
    public static async Task Give(this TestCounter counter, IssuedCard card, long paid, long bonus)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        var booking = new SilentBooking(Ids.Next(), new Actor(counter.BranchId, counter.Cashier.Id), new AuditNote("test", "bonus"));
        booking.WithHead(
            new Transaction(booking.Id, FundingTransactions.Collection, booking.Actor)
            {
                CustomerId = card.CustomerId,
                Amount = paid,
                Bonus = bonus,
                PaymentMethod = nameof(PaymentMethod.Cash),
            }
        );
        var quota = new AccountRef(IssuanceAccounts.Quota, card.CustomerId);
        booking.Move(new AccountRef(CounterAccounts.Drawer, counter.Cashier.Id), quota, paid);
        booking.Move(new AccountRef(IssuanceAccounts.Bonus, card.CustomerId), quota, bonus);
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
    }
}
