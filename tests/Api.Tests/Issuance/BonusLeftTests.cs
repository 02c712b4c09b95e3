using System.Net;
using Api.Tests.Harness;
using Platform;

namespace Api.Tests.Issuance;

public sealed class BonusLeftTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.1")]
    public async Task Bonus_that_was_spent_does_not_lessen_what_is_paid_in_afterwards(Database database)
    {
        await using var counter = await Counter.Open(database);
        var card = await counter.IssuedCard();
        await Give(counter, card, paid: 10_000, bonus: 1_000);
        Assert.Equal((1_000, 10_000), await Shown(counter, card));

        (await counter.Allocate(card, 10_500)).Is(HttpStatusCode.Created);
        Assert.Equal((500, 0), await Shown(counter, card));

        (await counter.Allocate(card, 500)).Is(HttpStatusCode.Created);
        await counter.Collected(card, 7_000);
        Assert.Equal((0, 7_000), await Shown(counter, card));
    }

    private static async Task<(long Bonus, long Refundable)> Shown(Counter counter, IssuedCard card)
    {
        var customer = await counter.Customer(card.CustomerCode);
        return (customer["quotaBonus"]!.GetValue<long>(), customer["refundable"]!.GetValue<long>());
    }

    private static async Task Give(Counter counter, IssuedCard card, long paid, long bonus)
    {
        var booking = new Booking(
            Ids.Next(),
            new Actor(counter.BranchId, counter.Cashier.Id),
            new AuditNote("test", "bonus"),
            _ => Answer.Ok(new { })
        );
        booking.WithHead(
            new Transaction
            {
                Id = booking.Id,
                Type = TransactionTypes.Collection,
                BranchId = counter.BranchId,
                OperatorId = counter.Cashier.Id,
                CustomerId = card.CustomerId,
                Amount = paid,
                Bonus = bonus,
            }
        );
        var quota = new AccountRef(AccountKind.Quota, card.CustomerId);
        booking.Move(new AccountRef(AccountKind.Drawer, counter.Cashier.Id), quota, paid);
        booking.Move(new AccountRef(AccountKind.Bonus, card.CustomerId), quota, bonus);
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
    }
}
