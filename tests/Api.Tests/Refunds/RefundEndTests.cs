// Slices: ConfirmRefund, ReturnRefund, CancelRefund, PayRefundFee, IssueInvoice, GetRefund, ListRefunds.
using System.Net;
using System.Text.Json.Nodes;
using Counter.Payments;
using Refunds;

namespace Api.Tests.Refunds;

public sealed class RefundEndTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.1"), Trait("Requirement", "FC-30.3")]
    public async Task Refund_and_fee_are_two_legs_that_are_never_netted(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(RefundParameters.SpecialRefundFee, 500);
        var card = await counter.IssuedCard();
        await counter.GiveBy(card, "bankCard", 15_000, 0);

        var refund = (await counter.Special(card, RefundDesk.By("bankCard", 15_000, feeWaived: false))).Is(HttpStatusCode.Created);
        Assert.Equal(500, refund.Body["fee"]!["due"]!.GetValue<long>());
        var fee = await counter.Cashier.Post(
            $"/v1/refunds/{refund.SerialNumber}/fee",
            new
            {
                paymentMethod = "cash",
                referenceNumber = "SF-1",
                invoiceNumber = "04412702",
            }
        );
        var paid = fee.Is(HttpStatusCode.OK).Body["fee"]!["paidBySerialNumber"]!.GetValue<string>();
        (await counter.Cashier.Post($"/v1/refunds/{refund.SerialNumber}/fee", new { paymentMethod = "cash" })).IsRefused(
            HttpStatusCode.Conflict,
            "no-refund-fee-due"
        );

        Assert.Equal(15_000, await counter.Balance(RefundAccounts.InTransit, RefundDesk.InTransit(refund.SerialNumber)));
        Assert.Equal(
            (-500, 500),
            (
                await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id),
                await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId)
            )
        );
        var head = (await counter.Cashier.Get($"/v1/transactions/{paid}")).Is(HttpStatusCode.OK);
        Assert.Equal(
            ("refund-fee", 500, "cash", "SF-1"),
            (head["type"], head.Number("fee"), head["paymentMethod"], head["referenceNumber"])
        );
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-26.7")]
    public async Task A_refund_that_was_sent_is_confirmed_once_or_comes_back_once_and_can_be_refunded_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var recharge = await counter.Collected(card, 9_000);
        var first = (await counter.Special(card, "bankCard", 4_000)).Is(HttpStatusCode.Created).SerialNumber;
        var second = (await counter.Special(card, "bankCard", 5_000)).Is(HttpStatusCode.Created).SerialNumber;

        (await counter.Confirm(first)).Is(HttpStatusCode.OK);
        (await counter.Return(first)).IsRefused(HttpStatusCode.Conflict, "refund-state-forbids");
        (await counter.Confirm(first)).IsRefused(HttpStatusCode.Conflict, "refund-state-forbids");
        Assert.Equal(4_000, await counter.Balance(CounterAccounts.BankCard, counter.BranchId));

        var back = (await counter.Return(second)).Is(HttpStatusCode.OK);
        Assert.Equal(("returned", "account closed"), (back["state"], back["reason"]));
        Assert.Equal(
            (5_000, 0),
            (await counter.Quota(card), await counter.Balance(RefundAccounts.InTransit, RefundDesk.InTransit(second)))
        );
        Assert.Equal([(recharge, 5_000)], RefundDesk.Lines(await counter.Refundable(card.CustomerCode)));
        (await counter.Special(card, "cash")).Is(HttpStatusCode.Created);
        Assert.Equal(0, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-26.7")]
    public async Task Confirming_and_returning_at_once_books_one_of_them(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestHost.Start(database, counter.Host.ConnectionString);
        var there = await counter.CashierAt(other);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 9_000);
        var refund = (await counter.Special(card, "bankCard")).Is(HttpStatusCode.Created).SerialNumber;

        var answers = await Retries.AtOnceWithOwnKeys(
            (i, key) =>
                (i % 4 < 2 ? counter.Cashier : there).Post(
                    $"/v1/refunds/{refund}/{(i % 2 == 0 ? "confirmation" : "return")}",
                    i % 2 == 0 ? new { } : new { reason = "closed" },
                    key
                )
        );

        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => a.IsRefused(HttpStatusCode.Conflict, "refund-state-forbids"));
        Assert.Equal(0, await counter.Balance(RefundAccounts.InTransit, RefundDesk.InTransit(refund)));
        Assert.Equal(9_000, await counter.Quota(card) + await counter.Balance(CounterAccounts.BankCard, counter.BranchId));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.6")]
    public async Task A_refund_that_has_not_left_the_branch_is_cancelled_the_same_day_by_the_same_operator(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var recharge = await RefundDesk.Invoiced(counter, card, 9_000, "A");
        var body = RefundDesk.By("cash", 4_000);
        body["invoices"] = Invoices(recharge.Number, "R1");
        var refund = (await counter.Special(card, body)).Is(HttpStatusCode.Created).SerialNumber;
        var before = await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id);

        (await counter.Second.Post($"/v1/refunds/{refund}/cancellation", new { })).IsRefused(
            HttpStatusCode.Forbidden,
            "refund-cancelled-by-others"
        );
        var done = (await counter.Cancel(refund)).Is(HttpStatusCode.OK);

        Assert.Equal("cancelled", done["state"]);
        (await counter.Cancel(refund)).IsRefused(HttpStatusCode.Conflict, "refund-state-forbids");
        Assert.Equal(
            (9_000, before - 4_000),
            (await counter.Quota(card), await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id))
        );
        var shown = await counter.Refundable(card.CustomerCode);
        Assert.Equal([(recharge.Serial, 9_000)], RefundDesk.Lines(shown));
        Assert.Equal(9_000, shown["lines"]![0]!["invoiced"]!.GetValue<long>());

        var sent = (await counter.Special(card, With(RefundDesk.By("bankCard", 1_000), recharge.Number, "R2")))
            .Is(HttpStatusCode.Created)
            .SerialNumber;
        (await counter.CloseDay()).Is(HttpStatusCode.Created);
        (await counter.Cancel(sent)).IsRefused(HttpStatusCode.Forbidden, "refund-cancelled-by-others");
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-26.3"), Trait("Requirement", "FC-26.8")]
    public async Task An_invoiced_recharge_goes_back_against_its_invoice_and_what_stays_is_invoiced_anew(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var (serial, number) = await RefundDesk.Invoiced(counter, card, 50_000, "B");

        var missing = (await counter.Special(card, "cash", 15_000)).IsRefused(HttpStatusCode.Conflict, "returned-invoices-required");
        Assert.Equal((serial, 15_000), (missing["rechargeSerialNumber"], missing.Number("missing")));
        (await counter.Special(card, With(RefundDesk.By("cash", 15_000), "other", "R3"))).IsRefused(
            HttpStatusCode.Conflict,
            "returned-invoice-unknown"
        );
        var bare = RefundDesk.By("cash", 15_000);
        bare["invoices"] = new JsonObject { ["returnedInvoices"] = new JsonArray(number), ["oilType"] = "diesel0" };
        (await counter.Special(card, bare)).IsRefused(HttpStatusCode.UnprocessableEntity, "refund-invoice-required");

        var done = (await counter.Special(card, With(RefundDesk.By("cash", 15_000), number, "R4"))).Is(HttpStatusCode.Created);
        var returned = Assert.Single(done.Body["returnedInvoices"]!.AsArray())!;
        Assert.Equal((50_000, 15_000), (returned["amount"]!.GetValue<long>(), returned["used"]!.GetValue<long>()));
        var path = $"/v1/transactions/{serial}/invoices";
        var more = (await counter.Cashier.Post(path, New($"{number}x", 35_001))).IsRefused(
            HttpStatusCode.Conflict,
            "invoice-exceeds-recharge"
        );
        Assert.Equal(35_000, more.Number("open"));
        (await counter.Cashier.Post(path, New($"{number}y", 35_000))).Is(HttpStatusCode.Created);
        (await counter.Cashier.Post(path, New($"{number}z", 1))).IsRefused(HttpStatusCode.Conflict, "invoice-exceeds-recharge");
        (await counter.Cancel(done.SerialNumber)).IsRefused(HttpStatusCode.Conflict, "refund-reinvoiced");
        (await counter.Special(card, "cash", 1)).IsRefused(HttpStatusCode.Conflict, "returned-invoices-required");

        static object New(string number, long amount) =>
            new
            {
                number,
                amount,
                oilType = "diesel0",
            };
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-27.1"), Trait("Requirement", "FC-26.4")]
    public async Task Lists_and_pages_show_refunds_and_the_receipt_says_what_was_paid(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 9_000);
        var refund = (await counter.Special(card, "cash", 4_000)).Is(HttpStatusCode.Created);

        var listed = Assert.Single(await counter.Cashier.Walk("/v1/refunds?refundState=booked"));
        Assert.Equal(refund.SerialNumber, listed["serialNumber"]!.GetValue<string>());
        Assert.Single((await counter.Customer(card.CustomerCode))["refunds"]!.AsArray());
        Assert.Equal(
            refund.Body["lines"]!.ToJsonString(),
            (await counter.Cashier.Get($"/v1/refunds/{refund.SerialNumber}")).Is(HttpStatusCode.OK).Body["lines"]!.ToJsonString()
        );
        var paper = (await counter.Cashier.Get($"/v1/transactions/{refund.SerialNumber}/documents/refund-receipt"))
            .Is(HttpStatusCode.OK)
            .Text;
        Assert.All(
            ["预收款凭证", "特殊退款", "现金", "-40.00", "人民币肆拾元整"],
            word => Assert.Contains(word, paper, StringComparison.Ordinal)
        );
    }

    internal static JsonObject With(JsonObject body, string? returned, string refundInvoice)
    {
        body["invoices"] = Invoices(returned, refundInvoice);
        return body;
    }

    internal static JsonObject Invoices(string? returned, string refundInvoice) =>
        new()
        {
            ["returnedInvoices"] = returned is null ? [] : new JsonArray(returned),
            ["refundInvoice"] = refundInvoice,
            ["oilType"] = "diesel0",
        };
}
