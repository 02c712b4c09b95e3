// Slices: RefundAfterClosing, ListDeposits, RefundDeposits.
using System.Net;
using Counter.Payments;
using Customers;
using Funding;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Refunds;

public sealed class RefundAfterClosingTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-26.1"), Trait("Requirement", "FC-26.2"), Trait("Requirement", "FC-26.4"), Trait("Requirement", "FC-26.5")]
    public async Task After_the_waiting_time_each_line_goes_back_by_its_way_and_the_account_is_empty(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 5_000);
        await counter.Collected(card, 3_000, "bankCard");
        await counter.Collected(card, 2_000, "transfer");
        (await counter.RefundClosed(card, "cash")).IsRefused(HttpStatusCode.Conflict, "customer-not-closed");
        await counter.Closed(card);

        var shown = await counter.Refundable(card.CustomerCode);
        Assert.Equal((10_000, true), (shown["refundable"]!.GetValue<long>(), shown["closed"]!.GetValue<bool>()));
        Assert.Equal(10_000, RefundDesk.Lines(shown).Sum(l => l.Left));
        (await counter.RefundClosed(card, "voucher")).IsRefused(HttpStatusCode.Conflict, "refund-way-not-allowed");
        var cash = (await counter.RefundClosed(card, "cash")).Is(HttpStatusCode.Created);
        var bank = (await counter.RefundClosed(card, "bankCard")).Is(HttpStatusCode.Created);
        var transfer = (await counter.RefundClosed(card, "transfer")).Is(HttpStatusCode.Created);
        (await counter.RefundClosed(card, "transfer")).IsRefused(HttpStatusCode.Conflict, "refund-way-not-allowed");

        Assert.Equal((5_000, 3_000, 2_000), ((int)cash.Number("amount"), (int)bank.Number("amount"), (int)transfer.Number("amount")));
        Assert.Equal(0, await counter.Quota(card));
        // A transfer that comes back after the closing has a place to go, and goes out again.
        (await counter.Return(transfer.SerialNumber)).Is(HttpStatusCode.OK);
        Assert.Equal(2_000, await counter.Quota(card));
        var again = (await counter.RefundClosed(card, "transfer")).Is(HttpStatusCode.Created).SerialNumber;
        (await counter.Confirm(again)).Is(HttpStatusCode.OK);
        Assert.Equal(0, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-26.1")]
    public async Task Before_the_waiting_time_is_over_the_refund_says_from_when(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 5_000);
        await counter.Set(FundingParameters.LateConsumptionDays, 3);
        var closing = (await counter.OpenClosing(card)).Is(HttpStatusCode.Created)["closingId"];
        (await counter.TakeCard(closing, card)).Is(HttpStatusCode.OK);
        (await counter.EndClosing(closing)).Is(HttpStatusCode.Created);

        var waits = (await counter.RefundClosed(card, "cash")).IsRefused(HttpStatusCode.Conflict, "refund-waits");

        var from = waits.Body["refundableFrom"]!.GetValue<DateTimeOffset>();
        Assert.InRange(from, TimeProvider.System.GetUtcNow().AddDays(2.9), TimeProvider.System.GetUtcNow().AddDays(3.1));
        Assert.Equal(from, (await counter.Refundable(card.CustomerCode))["refundableFrom"]!.GetValue<DateTimeOffset>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-25.8"), Trait("Requirement", "FC-26.6")]
    public async Task A_debt_on_credit_is_set_off_before_anything_is_paid_out(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard(CardType.OrganisationSingle);
        await counter.Collected(card, 60_000, "transfer");
        await counter.Collected(card, 40_000, "credit");
        await counter.Closed(card);

        var first = (await counter.RefundClosed(card, "transfer")).IsRefused(HttpStatusCode.Conflict, "refund-debt-first");
        Assert.Equal(40_000, first.Number("setOff"));
        Assert.Equal(new Dictionary<string, long> { ["credit"] = 40_000 }, RefundDesk.Ways(await counter.Refundable(card.CustomerCode)));
        (await counter.RefundClosed(card, "credit")).Is(HttpStatusCode.Created);
        Assert.Equal(0, await counter.Balance(CounterAccounts.Receivable, counter.BranchId));
        (await counter.RefundClosed(card, "credit")).IsRefused(HttpStatusCode.Conflict, "refund-way-not-allowed");
        (await counter.RefundClosed(card, "transfer")).Is(HttpStatusCode.Created);
        Assert.Equal(0, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-26.6")]
    public async Task Money_of_a_units_recharge_list_goes_back_to_that_unit_only(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var desk = await RechargeDesk.Open(counter, cards: 1, unitFen: 50_000);
        var list = await desk.Submitted(desk.File());
        (await desk.Counter.Second.Post($"/v1/recharge-lists/{list}/release", new { })).Is(HttpStatusCode.Created);
        await desk.Until(list, s => s is "finished");
        await using var db = await counter.Host.OpenDatabase();
        var row = await db.Set<Card>().SingleAsync(c => c.Id == desk.Cards[0].CardId);
        var code = (await db.Set<Customer>().SingleAsync(c => c.Id == row.CustomerId)).Code;
        var card = new IssuedCard(row.Id, row.Number, row.CustomerId, code);
        await counter.Collected(card, 300);

        Assert.Equal(
            new Dictionary<string, long>
            {
                ["cash"] = 300,
                ["bankCard"] = 300,
                ["unit"] = 100,
            },
            RefundDesk.Ways(await counter.Refundable(code))
        );
        (await counter.Special(card, "cash", 301)).IsRefused(HttpStatusCode.Conflict, "refund-exceeds-way");
        var unit = await counter.Quota(desk.Unit);
        var done = (await counter.Special(card, "unit")).Is(HttpStatusCode.Created);

        Assert.Equal((100, "booked"), ((int)done.Number("toUnits"), done["state"]));
        Assert.Equal((300, unit + 100), (await counter.Quota(card), await counter.Quota(desk.Unit)));
        (await counter.Cancel(done.SerialNumber)).Is(HttpStatusCode.OK);
        Assert.Equal((400, unit), (await counter.Quota(card), await counter.Quota(desk.Unit)));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-30.1"), Trait("Requirement", "FC-30.2"), Trait("Requirement", "FC-30.3")]
    public async Task Deposits_of_read_expired_and_found_cards_are_paid_once_and_the_others_go_to_income(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var a = await counter.IssuedCard(CardType.PersonalMain);
        var b = await counter.AnotherCard(a, change: c => c.State = CardState.Expired);
        var c = await counter.AnotherCard(a, change: c => c.State = CardState.Lost);
        var d = await counter.AnotherCard(a, change: c => c.State = CardState.Lost);
        foreach (var card in new[] { a, b, c, d })
        {
            await Deposit(counter, card, 1_000);
        }

        var closing = await counter.Closed(a);
        var path = $"/v1/closings/{closing}/deposit-refunds";
        Assert.Equal(
            2_000,
            (await counter.Cashier.Post($"{path}?dryRun=true", new { way = "cash" })).Is(HttpStatusCode.OK).Number("refund")
        );
        // D is found again: read, it counts.
        (await counter.TakeCard(closing, d)).Is(HttpStatusCode.OK);
        (await counter.Cashier.Post(path, new { way = "transfer" })).IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        var tried = (await counter.Cashier.Post($"{path}?dryRun=true", new { way = "cash" })).Is(HttpStatusCode.OK);
        var done = (await counter.Cashier.PostApproved(path, new { way = "cash" }, counter.Second)).Is(HttpStatusCode.Created);

        Assert.Equal((tried["refund"], tried["forfeit"]), (done["refund"], done["forfeit"]));
        Assert.Equal((3_000, 1_000), ((int)done.Number("refund"), (int)done.Number("forfeit")));
        Assert.Equal(1_000, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
        (await counter.Cashier.PostApproved(path, new { way = "cash" }, counter.Second)).IsRefused(HttpStatusCode.Conflict, "no-deposits");
        var paper = (await counter.Cashier.Get($"/v1/transactions/{done.SerialNumber}/documents/deposit-list")).Is(HttpStatusCode.OK).Text;
        Assert.All(["退押金清单", "转入收入", "-30.00", "退还"], w => Assert.Contains(w, paper, StringComparison.Ordinal));
        var day = (await counter.CloseDay()).Is(HttpStatusCode.Created).Text;
        Assert.Contains("deposit-refund", day, StringComparison.Ordinal);
        await counter.BooksAreSound();
    }

    internal static async Task Deposit(TestCounter counter, IssuedCard card, long fen)
    {
        var booking = new SilentBooking(Ids.Next(), new Actor(counter.BranchId, counter.Cashier.Id), new AuditNote("test", "deposit"));
        booking
            .WithHead(
                new Transaction(booking.Id, IssuanceTransactions.Issue, booking.Actor)
                {
                    CustomerId = card.CustomerId,
                    CardId = card.Id,
                    Amount = fen,
                    Deposit = fen,
                    PaymentMethod = "Cash",
                }
            )
            .Move(new AccountRef(CounterAccounts.Drawer, counter.Cashier.Id), new AccountRef(IssuanceAccounts.Deposit, card.Id), fen);
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
    }
}
