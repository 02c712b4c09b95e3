// Slices: ReceiveCheque, ReceiveChequeWithCard, SetChequeMode, ListUsableCheques, ListBanks.
using System.Net;
using Api.Tests.Platform.Documents;
using Cheques;
using Issuance.Cards;
using Platform.Audit;
using Platform.Problems;

namespace Api.Tests.Cheques;

public sealed class ReceiveChequeTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-31.1"), Trait("Requirement", "PL-03.6")]
    public async Task A_cheque_is_taken_once_by_bank_and_number(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var other = await counter.IssuedCard();
        var body = ChequeDesk.ChequeBody(10_000);

        var key = Clerk.NewKey();
        var first = (await counter.StartCheque(card, body, key)).Is(HttpStatusCode.Created);
        Assert.Equal(first.Text, (await counter.StartCheque(card, body, key)).Text);
        (await counter.StartCheque(other, body)).IsRefused(HttpStatusCode.Conflict, "cheque-known");
        var raced = ChequeDesk.ChequeBody(500);
        var answers = await Retries.AtOnceWithOwnKeys((_, k) => counter.StartCheque(card, raced, k));

        Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.Created), a => a.IsRefused(HttpStatusCode.Conflict, "cheque-known"));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-31.1")]
    public async Task A_cheque_is_received_for_the_card_that_is_present_and_for_the_main_card(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.OrganisationMain);
        var sub = await counter.AnotherCard(main, CardType.OrganisationSub);
        var session = await counter.Present(main);

        var byCard = await counter.Cashier.Post($"/v1/card-sessions/{session}/cheques", ChequeDesk.ChequeBody(10_000));
        byCard.Is(HttpStatusCode.Created);
        (await counter.StartCheque(sub, ChequeDesk.ChequeBody(10_000))).IsRefused(HttpStatusCode.Conflict, "card-type-not-served");
        (await counter.Cashier.Post("/v1/card-sessions/1/cheques", ChequeDesk.ChequeBody(1))).IsRefused(
            HttpStatusCode.NotFound,
            "card-session-not-found"
        );
        var withoutReceipt = ChequeDesk.ChequeBody(10_000);
        withoutReceipt.Remove("receiptNumber");
        (await counter.StartCheque(main, withoutReceipt)).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-31.2"), Trait("Requirement", "PL-02.5")]
    public async Task Over_the_large_amount_limit_a_second_operator_approves(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(ChequeParameters.LargeAmountLimit, 100_000);
        var card = await counter.IssuedCard();
        var path = $"/v1/cards/{card.Number}/cheques";

        (await counter.Cashier.Post(path, ChequeDesk.ChequeBody(100_000))).Is(HttpStatusCode.Created);
        var asked = await counter.Cashier.Post(path, ChequeDesk.ChequeBody(100_001));
        asked.IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("cheque-large-amount", asked["action"]);
        var approved = (await counter.StartCheque(card, ChequeDesk.ChequeBody(100_001))).Is(HttpStatusCode.Created);

        await using var db = await counter.Host.OpenDatabase();
        var id = SerialNumber.Parse(approved.SerialNumber);
        Assert.Equal(counter.Second.Id, db.Set<Transaction>().Single(t => t.Id == id).ApproverId);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-31.3"), Trait("Requirement", "FC-09.5")]
    public async Task A_customer_is_credited_on_clearing_or_on_sight(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var onClearing = await counter.Cheque(card, 10_000);
        Assert.Empty(await counter.Usable(card));
        (await counter.PayBy(onClearing, card, 1)).IsRefused(HttpStatusCode.Conflict, "cheque-not-cleared");

        (await counter.CreditOnSight(card)).Is(HttpStatusCode.OK);
        (await counter.CreditOnSight(card)).IsRefused(HttpStatusCode.PreconditionFailed, "precondition-failed");
        var onSight = await counter.Cheque(card, 20_000);

        Assert.Equal([(onSight, 20_000L)], await counter.Usable(card));
        (await counter.PayBy(onSight, card, 15_000)).Is(HttpStatusCode.Created);
        (await counter.PayBy(onClearing, card, 1)).IsRefused(HttpStatusCode.Conflict, "cheque-not-cleared");
        Assert.Equal([(onSight, 5_000L)], await counter.Usable(card));
        Assert.Equal(15_000, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-31.1"), Trait("Requirement", "PL-06.25")]
    public async Task However_its_bank_is_written_a_cheque_is_taken_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        foreach (
            var bank in (string[][])
                [
                    ["工商银行", "工商银行 ", " 工商银行", "工商\u3000银行", "中国工商银行", "102", "１０２", "icbc"],
                    ["北京农村商业银行", "北京 农村商业银行", "北京农村商业银行\u3000"],
                    ["Deutsche Bank", " Deutsche  Bank", "Ｄeutsche\u3000Bank"],
                ]
        )
        {
            var body = ChequeDesk.ChequeBody(500);
            for (var i = 0; i < bank.Length; i++)
            {
                body["bank"] = bank[i];
                var answer = await counter.StartCheque(card, body);
                Assert.True(answer.Status == (i == 0 ? HttpStatusCode.Created : HttpStatusCode.Conflict), $"{bank[i]}: {answer.Text}");
                Assert.True(i == 0 || answer.Code == "cheque-known", $"{bank[i]}: {answer.Text}");
            }
        }

        var banks = (await counter.Cashier.Get("/v1/banks")).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
        Assert.Contains(banks, b => $"{b!["code"]} {b["zh"]} {b["en"]}" == "102 工商银行 ICBC");
        Assert.Equal(banks.Count, banks.Select(b => b!["code"]!.GetValue<string>()).Distinct().Count());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-31.6"), Trait("Requirement", "PL-02.1")]
    public async Task The_cheque_mode_is_changed_with_approval_at_the_customers_branch_or_above(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestCounter.Open(database);
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        var card = await counter.IssuedCard();
        var (path, body) = ($"/v1/customers/{card.CustomerCode}/cheque-mode", new { mode = "onSight" });

        (await other.CreditOnSight(card)).IsRefused(HttpStatusCode.Forbidden, "customer-out-of-reach");
        await other.Present(card);
        (await other.CreditOnSight(card)).IsRefused(HttpStatusCode.Forbidden, "customer-out-of-reach");
        var asked = (await counter.Cashier.Put(path, body, "\"0\"")).IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("set-cheque-mode", asked["action"]);
        (await counter.CreditOnSight(card)).Is(HttpStatusCode.OK);
        (await headquarters.CreditOnSight(card, "\"1\"", "onClearing")).Is(HttpStatusCode.OK);

        await using var db = await counter.Host.OpenDatabase();
        var subject = $"customer:{card.CustomerId}";
        var audits = db.Set<AuditRecord>().Where(a => a.Subject == subject && a.Action == "set-cheque-mode").ToList();
        Assert.Equal(2, audits.Count);
        Assert.All(audits, a => Assert.NotNull(a.ApproverId));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-31.5"), Trait("Requirement", "PL-05.1")]
    public async Task A_received_cheque_has_a_receipt(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var received = (await counter.StartCheque(card, ChequeDesk.ChequeBody(1_234_500, $"N{Ids.Next()}"))).Is(HttpStatusCode.Created);
        var clerk = await PaperClerk.At(counter);

        var data = await clerk.Show(received.SerialNumber, "cheque-receipt");
        var page = await clerk.Show(received.SerialNumber, "cheque-receipt", PaperClerk.Html);

        Assert.Equal(1_234_500, data.Data["amount"]!.GetValue<long>());
        string[] printed = ["支票收取凭证", "工商银行", "0200003419027309871", "SJ-0007", "人民币壹万贰仟叁佰肆拾伍元整", "到账充值"];
        Assert.All(printed, p => Assert.Contains(p, page.Text, StringComparison.Ordinal));
    }
}
