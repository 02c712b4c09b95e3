using System.Net;
using System.Text.Json.Nodes;
using Hardware.Simulators.Chip;
using Issuance.Cards;
using Platform.Cards.Cryptography.Profiles;
using Platform.Documents;

namespace Api.Tests.Platform.Documents;

/// <summary>The forms and slips of the other operations, each from a real operation.</summary>
public sealed class FormsTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-13.5"), Trait("Requirement", "PL-05.1")]
    public async Task An_allocation_has_a_form_with_every_card(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var sub = await counter.AnotherCard(main);
        await counter.Collected(main, 100_000);
        var lines = new[] { new { cardNumber = main.Number, amount = 30_000 }, new { cardNumber = sub.Number, amount = 20_005 } };
        var body = new { cardSessionId = await counter.PresentMain(main), lines };
        var booked = (await counter.Cashier.Post($"/v1/customers/{main.CustomerCode}/allocations", body)).Is(HttpStatusCode.Created);
        var clerk = await PaperClerk.At(counter);

        var data = await clerk.Show(booked.SerialNumber, "allocation-form");
        var page = await clerk.Show(booked.SerialNumber, "allocation-form", PaperClerk.Html);

        Assert.Equal(50_005, data.Data["amount"]!.GetValue<long>());
        Assert.Equal(100_000, data.Data["quotaBefore"]!.GetValue<long>());
        Assert.Equal(49_995, data.Data["quotaAfter"]!.GetValue<long>());
        Assert.Equal(
            new[] { (main.Number, 30_000L), (sub.Number, 20_005L) }.OrderBy(l => l.Number),
            data.Data["lines"]!.AsArray().Select(l => (l!["cardNumber"]!.GetValue<string>(), l["amount"]!.GetValue<long>()))
        );
        string[] printed = ["额度预分配申请表", "人民币伍佰元零伍分", "500.05", "300.00", "200.05"];
        Assert.All(printed, p => Assert.Contains(p, page.Text, StringComparison.Ordinal));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-04.1"), Trait("Requirement", "PL-05.1")]
    public async Task A_day_end_has_a_sheet_with_the_frozen_totals(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await counter.Collected(card, 30_000);
        await counter.Collected(card, 20_000, "bankCard");
        var voided = await counter.Collected(card, 5_000);
        (await counter.Void(card, voided, 5_000)).Is(HttpStatusCode.Created);
        var closed = (await counter.CloseDay()).Is(HttpStatusCode.Created);
        await counter.Collected(card, 77_700);
        var clerk = await PaperClerk.At(counter);

        var data = await clerk.Show(closed.SerialNumber, "day-end-sheet");
        var page = await clerk.Show(closed.SerialNumber, "day-end-sheet", PaperClerk.Html);

        Assert.Equal(30_000, data.Data["amount"]!.GetValue<long>());
        var summary = data.Data["summary"]!
            .AsArray()
            .Select(l => (l!["type"]!.ToString(), l["paymentMethod"]?.ToString(), l["amount"]!.GetValue<long>()));
        Assert.Equal([("collection", "cash", 35_000L), ("collection", "bankCard", 20_000L), ("void", "cash", 5_000L)], summary);
        string[] printed = ["日结单", "人民币叁佰元整", "350.00", "200.00", "相符", counter.Cashier.Login];
        Assert.All(printed, p => Assert.Contains(p, page.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("777.00", page.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-01.8"), Trait("Requirement", "PL-06.9")]
    public async Task An_issued_card_has_an_application_form_and_a_fee_receipt(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (serial, _) = await Issue(counter, VirtualChip.CreateBlank(IssuerProfile.Demo));
        var clerk = await PaperClerk.At(counter);

        var form = await clerk.Show(serial, "application-form");
        var page = await clerk.Show(serial, "application-form", PaperClerk.Html);
        var receipt = await clerk.Show(serial, "fee-receipt", PaperClerk.Html);

        Assert.Equal("11010519491231002X", form.Data["certificateNumber"]!.GetValue<string>());
        Assert.Equal("13800138000", form.Data["phone"]!.GetValue<string>());
        string[] onForm = ["加油卡客户业务申请表", "11010519491231002X", "居民身份证", "京A12345"];
        Assert.All(onForm, p => Assert.Contains(p, page.Text, StringComparison.Ordinal));
        string[] onReceipt = ["收费收据", "人民币贰拾元整", "￥20.00", "138****8000"];
        Assert.All(onReceipt, p => Assert.Contains(p, receipt.Text, StringComparison.Ordinal));
        Assert.DoesNotContain("13800138000", receipt.Text, StringComparison.Ordinal);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.9")]
    public async Task The_application_form_is_masked_for_another_operator_without_the_right(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var (serial, _) = await Issue(counter, VirtualChip.CreateBlank(IssuerProfile.Demo));
        await PaperClerk.LeaveOnly(counter, DocumentRights.Print);

        var own = await (await PaperClerk.At(counter)).Show(serial, "application-form");
        var others = await (await PaperClerk.At(counter, counter.Second)).Show(serial, "application-form");

        Assert.Equal("11010519491231002X", own.Data["certificateNumber"]!.GetValue<string>());
        Assert.Equal("110105********002X", others.Data["certificateNumber"]!.GetValue<string>());
        Assert.Equal("138****8000", others.Data["phone"]!.GetValue<string>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-15.7")]
    public async Task A_load_has_a_slip_with_what_the_chip_said(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);
        var (_, number) = await Issue(counter, chip);
        var found = await counter.Cashier.Post($"/v1/cards/{number}/collections", TestCounter.Payment(50_000));
        found.Is(HttpStatusCode.Created);
        var lines = new[] { new { cardNumber = number, amount = 40_000 } };
        (await counter.Cashier.Post($"/v1/customers/{found["customerCode"]}/allocations", new { lines })).Is(HttpStatusCode.Created);
        var started = (await counter.Cashier.Post($"/v1/cards/{number}/loads", new { amount = 25_000 })).Is(HttpStatusCode.Accepted);
        await ReaderAgent.Run(counter.Host.Client, chip, started.Body["operation"]!);
        var serial = await Serial(counter, "load");
        var clerk = await PaperClerk.At(counter);

        var data = await clerk.Show(serial, "load-slip");
        var page = await clerk.Show(serial, "load-slip", PaperClerk.Html);

        Assert.Equal(25_000, data.Data["amount"]!.GetValue<long>());
        Assert.Equal(25_000, data.Data["purseBalance"]!.GetValue<long>());
        Assert.NotEmpty(data.Data["tac"]!.GetValue<string>());
        string[] printed = ["圈存圈提单", "人民币贰佰伍拾元整", data.Data["tac"]!.GetValue<string>()];
        Assert.All(printed, p => Assert.Contains(p, page.Text, StringComparison.Ordinal));
    }

    private static async Task<(string Serial, string CardNumber)> Issue(TestCounter counter, VirtualChip chip)
    {
        var body = new
        {
            person = new
            {
                name = "王小明",
                certificateType = "residentIdentity",
                certificateNumber = "11010519491231002X",
                phone = "13800138000",
                plate = "京A12345",
            },
            fees = new
            {
                cardFee = 2_000,
                deposit = 0,
                serviceFeeWaived = true,
                feeInvoice = true,
                paymentMethod = "cash",
            },
        };
        var started = (await counter.Cashier.Post("/v1/issuances/personal-single", body)).Is(HttpStatusCode.Accepted);
        JsonNode outcome = await ReaderAgent.Run(counter.Host.Client, chip, started.Body["operation"]!);
        Assert.NotNull(outcome);
        return (await Serial(counter, "issue"), started["cardNumber"]);
    }

    private static async Task<string> Serial(TestCounter counter, string type)
    {
        await using var db = await counter.Host.OpenDatabase();
        var id = db.Set<Transaction>().Single(t => t.BranchId == counter.BranchId && t.Type == type).Id;
        return SerialNumber.Of(id);
    }
}
