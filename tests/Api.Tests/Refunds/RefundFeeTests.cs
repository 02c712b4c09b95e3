// Slices: PayRefundFee, VoidRefundFee.
using System.Net;
using System.Text.Json.Nodes;
using Counter.Payments;
using Refunds;

namespace Api.Tests.Refunds;

public sealed class RefundFeeTests
{
    private const long Fee = 500;

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.1"), Trait("Requirement", "PL-04.2")]
    public async Task Until_the_fee_is_paid_there_is_no_confirmation_no_other_refund_no_closing_and_no_day_end(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, refund) = await WithFee(counter, "bankCard");

        var due = (await counter.Confirm(refund)).IsRefused(HttpStatusCode.Conflict, "refund-fee-due");
        Assert.Equal((refund, Fee), (due["refundSerialNumber"], due.Number("fee")));
        (await counter.Special(card, "bankCard", 100)).IsRefused(HttpStatusCode.Conflict, "refund-fee-due");
        var opened = (await counter.OpenClosing(card)).Is(HttpStatusCode.Created);
        var obstacle = opened.Body["obstacles"]!.AsArray().Single(o => o!["code"]!.GetValue<string>() == "refund-fee-due")!;
        Assert.Equal($"/v1/refunds/{refund}/fee", obstacle["path"]!.GetValue<string>());
        (await counter.Cashier.Post($"/v1/closings/{opened["closingId"]}/give-up", new { })).Is(HttpStatusCode.OK);
        var held = (await CloseDay(counter)).IsRefused(HttpStatusCode.Conflict, "refund-fees-unpaid");
        var unpaid = Assert.Single(held.Body["refunds"]!.AsArray())!;
        Assert.Equal((refund, Fee), (unpaid["serialNumber"]!.GetValue<string>(), unpaid["fee"]!.GetValue<long>()));

        (await Pay(counter, refund)).Is(HttpStatusCode.OK);

        (await counter.Confirm(refund)).Is(HttpStatusCode.OK);
        (await counter.Special(card, "bankCard", 100)).Is(HttpStatusCode.Created);
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.1"), Trait("Requirement", "PL-04.2")]
    public async Task An_approver_may_carry_an_unpaid_fee_over_the_day_end_and_it_stays_due(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, refund) = await WithFee(counter, "cash");

        (await CloseDay(counter, carryOver: true)).Is(HttpStatusCode.Created);

        (await counter.Special(card, "cash", 100)).IsRefused(HttpStatusCode.Conflict, "refund-fee-due");
        (await Pay(counter, refund)).Is(HttpStatusCode.OK);
        (await counter.Special(card, "cash", 100)).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.6"), Trait("Requirement", "FC-27.1"), Trait("Requirement", "PL-04.1")]
    public async Task A_cancelled_refund_gives_its_fee_back_first_so_that_the_money_is_as_before(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (card, refund) = await WithFee(counter, "cash");
        var path = $"/v1/refunds/{refund}/fee/void";
        (await counter.Cashier.PostApproved(path, new { }, counter.Second)).IsRefused(HttpStatusCode.Conflict, "refund-fee-not-paid");
        var paid = (await Pay(counter, refund)).Is(HttpStatusCode.OK).Body["fee"]!["paidBySerialNumber"]!.GetValue<string>();

        Assert.Equal(
            paid,
            (await counter.Cashier.Post($"/v1/refunds/{refund}/cancellation", new { })).IsRefused(
                HttpStatusCode.Conflict,
                "refund-fee-paid"
            )["feeSerialNumber"]
        );
        (await counter.Second.Post(path, new { })).IsRefused(HttpStatusCode.Forbidden, "refund-fee-of-others");
        (await counter.Cashier.Post(path, new { })).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        var voided = (await counter.Cashier.PostApproved(path, new { }, counter.Second)).Is(HttpStatusCode.OK);
        Assert.Null(voided.Body["fee"]!["paidBySerialNumber"]);
        (await counter.Cancel(refund)).Is(HttpStatusCode.OK);

        Assert.Equal(
            (15_000, -15_000, 0),
            (
                await counter.Quota(card),
                await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id),
                await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId)
            )
        );
        (await Pay(counter, refund)).IsRefused(HttpStatusCode.Conflict, "no-refund-fee-due");
        var day = (await counter.CloseDay()).Is(HttpStatusCode.Created);
        Assert.Contains("refund-fee-void", day.Text, StringComparison.Ordinal);
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.1"), Trait("Requirement", "PL-03.6")]
    public async Task Sixteen_payments_of_one_fee_at_once_over_two_processes_are_booked_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var second = await TestHost.Start(database, counter.Host.ConnectionString);
        var there = await counter.CashierAt(second);
        var (_, refund) = await WithFee(counter, "bankCard");
        var (path, body) = ($"/v1/refunds/{refund}/fee", new { paymentMethod = "cash" });

        var answers = await Retries.AtOnceWithOwnKeys(
            (i, key) => Retries.Again(() => (i % 2 == 0 ? counter.Cashier : there).Post(path, body, key))
        );

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => a.IsRefused(HttpStatusCode.Conflict, "no-refund-fee-due"));
        Assert.Equal(Fee, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
        await counter.BooksAreSound();
    }

    /// <summary>A refund of 10,000 fen out of 15,000, with a fee that is due.</summary>
    private static async Task<(IssuedCard Card, string Refund)> WithFee(TestCounter counter, string way)
    {
        await counter.Set(RefundParameters.SpecialRefundFee, Fee);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 15_000, way);
        var refund = (await counter.Special(card, RefundDesk.By(way, 10_000, feeWaived: false))).Is(HttpStatusCode.Created);
        return (card, refund.SerialNumber);
    }

    private static Task<Answered> Pay(TestCounter counter, string refund) =>
        counter.Cashier.Post($"/v1/refunds/{refund}/fee", new { paymentMethod = "cash" });

    private static async Task<Answered> CloseDay(TestCounter counter, bool carryOver = false)
    {
        var now = (await counter.Cashier.Get("/v1/branch-days/current")).Is(HttpStatusCode.OK).Body;
        var body = new JsonObject
        {
            ["businessDate"] = now["businessDate"]!.GetValue<string>(),
            ["countedCash"] = new JsonArray([
                .. now["cash"]!
                    .AsArray()
                    .Select(c => new JsonObject
                    {
                        ["operator"] = c!["operator"]!.GetValue<string>(),
                        ["amount"] = c["booked"]!.GetValue<long>(),
                    }),
            ]),
            ["carryOver"] = carryOver,
        };
        return await counter.Cashier.PostApproved("/v1/branch-days/current/close", body, counter.Second);
    }
}
