using System.Net;
using System.Text.Json.Nodes;
using Counter.Payments;
using Customers;
using Funding;
using Funding.Invoices;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Problems;

namespace Api.Tests.Funding;

public sealed class CollectPaymentTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-11.1"), Trait("Requirement", "PL-03.1"), Trait("Requirement", "PL-03.2")]
    public async Task A_payment_goes_into_the_quota_account_and_into_the_drawer(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        var first = (await counter.Collect(card, 50_000)).Is(HttpStatusCode.Created);
        var second = (await counter.Collect(card, 1)).Is(HttpStatusCode.Created);

        Assert.Equal(50_000, first.Number("quotaBalance"));
        Assert.Equal(50_001, second.Number("quotaBalance"));
        Assert.Equal(card.CustomerCode, first["customerCode"]);
        Assert.Equal($"/v1/transactions/{first.SerialNumber}", first.Location!.OriginalString);
        Assert.Equal(50_001, await counter.Quota(card));
        Assert.Equal(-50_001, await counter.Balance(CounterAccounts.Drawer, counter.Cashier.Id));
        await counter.BooksAreSound();
    }

    [Theory]
    [EachDatabase(
        new object[] { "bankCard", "bankCard" },
        new object[] { "transfer", "bank" },
        new object[] { "voucher", "voucher" },
        new object[] { "credit", "receivable" }
    )]
    [Trait("Requirement", "FC-09.2")]
    public async Task Each_payment_method_has_its_account(Database database, string method, string account)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        (await counter.Collect(card, 700, method: method)).Is(HttpStatusCode.Created);

        Assert.Equal(-700, await counter.Balance(CounterAccounts.All.Single(t => t.Name == account), counter.BranchId));
        Assert.Equal(700, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_retry_gives_the_first_answer_and_books_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        await Retries.GiveTheFirstAnswerAgain(key => counter.Collect(card, 50_000, key));
        await Retries.RefuseAnotherBody(key => counter.Collect(card, 10, key), key => counter.Collect(card, 11, key));

        Assert.Equal(50_010, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task A_refused_request_leaves_its_key_free(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard(change: c => c.State = CardState.Lost);
        var key = Clerk.NewKey();
        (await counter.Collect(card, 100, key)).IsRefused(HttpStatusCode.Conflict, "card-lost");
        await ChangeCard(counter, card, c => c.State = CardState.Active);

        var retried = (await counter.Collect(card, 100, key)).Is(HttpStatusCode.Created);

        Assert.False(retried.Replayed);
        Assert.Equal(100, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task Sixteen_at_once_with_one_key_book_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        await Retries.BookOnce(key => counter.Collect(card, 50_000, key));

        Assert.Equal(50_000, await counter.Quota(card));
        Assert.Equal(1, await counter.Transactions());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6")]
    public async Task Sixteen_at_once_with_one_key_at_two_instances_book_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var other = await TestHost.Start(database, counter.Host.ConnectionString);
        var card = await counter.IssuedCard();
        Clerk[] clerks = [counter.Cashier, await counter.CashierAt(other)];
        var turn = 0;

        await Retries.BookOnce(key =>
            clerks[Interlocked.Increment(ref turn) % 2].Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(900), key)
        );

        Assert.Equal(900, await counter.Quota(card));
        Assert.Equal(1, await counter.Transactions());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-03.6"), Trait("Requirement", "PL-03.4")]
    public async Task Sixteen_at_once_with_sixteen_keys_book_sixteen_times(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        var answers = await Retries.AtOnceWithOwnKeys((_, key) => counter.Collect(card, 50_000, key));

        Assert.All(answers, a => a.Is(HttpStatusCode.Created));
        Assert.Equal(16, answers.Select(a => a.SerialNumber).Distinct().Count());
        Assert.Equal(16 * 50_000, await counter.Quota(card));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    public async Task Without_a_key_nothing_is_booked(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();

        (await counter.Collect(card, 100, key: "")).IsRefused(HttpStatusCode.BadRequest, "idempotency-key-required");
        (await counter.Collect(card, 100, key: new string('k', 65))).IsRefused(HttpStatusCode.BadRequest, "idempotency-key-invalid");

        Assert.Equal(0, await counter.Transactions());
    }

    [Theory]
    [EachDatabase(CardState.Lost, CardState.Damaged, CardState.Expired, CardState.Closed, CardState.Blocked, CardState.Reserved)]
    [Trait("Requirement", "FC-09.10")]
    public async Task A_card_that_is_not_active_is_refused_with_its_state(Database database, CardState state)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard(change: c => c.State = state);

        var refused = (await counter.Collect(card, 100)).IsRefused(HttpStatusCode.Conflict, $"card-{Json.Name(state)}");

        Assert.Equal(Json.Name(state), refused["state"]);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.10")]
    public async Task A_card_past_its_last_day_and_a_blocked_customer_are_refused(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        await ChangeCustomer(counter, card, c => c.State = CustomerState.Blocked);
        var refused = (await counter.Collect(card, 100)).IsRefused(HttpStatusCode.Conflict, "customer-blocked");
        Assert.Equal("blocked", refused["state"]);

        var expired = await counter.AnotherCard(await counter.IssuedCard(), CardType.PersonalSingle, null);
        await ExpireCard(counter, expired);
        refused = (await counter.Collect(expired, 100)).IsRefused(HttpStatusCode.Conflict, "card-expired");
        Assert.Equal("expired", refused["state"]);
        Assert.Equal(0, await counter.Transactions());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.1"), Trait("Requirement", "FC-11.1")]
    public async Task Single_main_and_bearer_cards_take_payments_and_sub_cards_do_not(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        foreach (var type in new[] { CardType.PersonalSingle, CardType.PersonalMain, CardType.OrganisationMain, CardType.Bearer })
        {
            (await counter.Collect(await counter.IssuedCard(type), 100)).Is(HttpStatusCode.Created);
        }

        var sub = await counter.AnotherCard(await counter.IssuedCard(CardType.PersonalMain));

        (await counter.Collect(sub, 100)).IsRefused(HttpStatusCode.Conflict, "sub-card-takes-no-payment");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.4")]
    public async Task An_organisation_with_vat_invoices_gives_no_oil_type_and_all_others_must(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var vat = await counter.IssuedCard(CardType.OrganisationSingle, InvoiceType.Vat);
        var ordinary = await counter.IssuedCard(CardType.OrganisationSingle);
        var without = TestCounter.Payment(100);
        without.Remove("oilType");

        (await counter.Collect(vat, 100)).IsRefused(HttpStatusCode.UnprocessableEntity, "vat-customer-gives-no-oil-type");
        (await counter.Cashier.Post($"/v1/cards/{ordinary.Number}/collections", without)).IsRefused(
            HttpStatusCode.UnprocessableEntity,
            "oil-type-required"
        );
        (await counter.Cashier.Post($"/v1/cards/{vat.Number}/collections", without)).Is(HttpStatusCode.Created);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-41.1")]
    public async Task An_invoice_number_is_used_once_also_when_sixteen_race_for_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var number = $"I{Ids.Next() % 1_000_000_000}";

        var answers = await Retries.AtOnceWithOwnKeys(
            (_, key) => counter.Cashier.Post($"/v1/cards/{card.Number}/collections", WithInvoice(100, number, 100), key)
        );

        var booked = Assert.Single(answers, a => a.Status == HttpStatusCode.Created);
        Assert.All(answers.Where(a => a != booked), a => a.IsRefused(HttpStatusCode.Conflict, "invoice-number-used"));
        Assert.Equal(100, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-41.1")]
    public async Task An_invoice_is_kept_with_its_recharge_comes_back_with_a_void_and_its_number_is_never_used_again(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var path = $"/v1/cards/{card.Number}/collections";
        var number = $"I{Ids.Next() % 1_000_000_000}";
        var booked = (await counter.Cashier.Post(path, WithInvoice(500, number, 450))).Is(HttpStatusCode.Created);

        var kept = await Kept();
        Assert.Equal((450, OilType.Gasoline92, InvoiceState.Issued), (kept.Amount, kept.OilType, kept.State));
        Assert.Equal(booked.SerialNumber, SerialNumber.Of(kept.TransactionId));
        (await counter.Cashier.Post(path, WithInvoice(500, number, 1))).IsRefused(HttpStatusCode.Conflict, "invoice-number-used");

        var back = (await counter.Void(card, booked.SerialNumber, 500)).Is(HttpStatusCode.Created);
        kept = await Kept();
        Assert.Equal((InvoiceState.Returned, back.SerialNumber), (kept.State, SerialNumber.Of(kept.ReturnedById!.Value)));
        (await counter.Cashier.Post(path, WithInvoice(500, number, 1))).IsRefused(HttpStatusCode.Conflict, "invoice-number-used");
        Assert.Equal(0, await counter.Quota(card));

        async Task<Invoice> Kept()
        {
            await using var db = await counter.Host.OpenDatabase();
            return await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Number == number);
        }
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-41.1")]
    public async Task An_invoice_is_never_more_than_was_received(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard();
        var path = $"/v1/cards/{card.Number}/collections";

        var refused = await counter.Cashier.Post(path, WithInvoice(100, "A1", 101));

        refused.IsRefused(HttpStatusCode.BadRequest, "validation-failed");
        Assert.Equal("invoice.amount", refused.Body["errors"]![0]!["field"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("amount", 0)]
    [InlineData("amount", -1)]
    [InlineData("amount", 100_000_001)]
    [InlineData("remark", "a\u0000b")]
    [InlineData("referenceNumber", "")]
    [InlineData("oilType", "petrol")]
    [InlineData("colour", "red")]
    public async Task What_is_out_of_its_limits_is_refused_with_its_field(string field, object value)
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        var card = await counter.IssuedCard();
        var body = TestCounter.Payment(100);
        body[field] = JsonValue.Create(value);

        var refused = (await counter.Cashier.Post($"/v1/cards/{card.Number}/collections", body)).Is(HttpStatusCode.BadRequest);

        Assert.NotEqual("", refused.Code);
        Assert.Equal(0, await counter.Transactions());
    }

    [Theory, EachDatabase]
    public async Task A_mistyped_card_number_is_told_from_an_unknown_one(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var body = TestCounter.Payment(100);

        (await counter.Cashier.Post("/v1/cards/1000110000000000/collections", body)).IsRefused(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );
        (await counter.Cashier.Post("/v1/cards/9999999999999995/collections", body)).IsRefused(HttpStatusCode.NotFound, "card-not-found");
    }

    private static JsonObject WithInvoice(long fen, string number, long invoiced)
    {
        var body = TestCounter.Payment(fen);
        body["invoice"] = new JsonObject { ["number"] = number, ["amount"] = invoiced };
        return body;
    }

    private static async Task ChangeCard(TestCounter counter, IssuedCard card, Action<Card> change)
    {
        await using var db = await counter.Host.OpenDatabase();
        var row = (await db.FindAsync<Card>(card.Id))!;
        change(row);
        db.Update(row);
        await db.SaveChangesAsync();
    }

    private static async Task ChangeCustomer(TestCounter counter, IssuedCard card, Action<Customer> change)
    {
        await using var db = await counter.Host.OpenDatabase();
        var row = (await db.FindAsync<Customer>(card.CustomerId))!;
        change(row);
        db.Update(row);
        await db.SaveChangesAsync();
    }

    private static async Task ExpireCard(TestCounter counter, IssuedCard card)
    {
        await using var db = await counter.Host.OpenDatabase();
        var row = (await db.FindAsync<Card>(card.Id))!;
        db.Entry(row).Property(c => c.ValidTo).CurrentValue = DateOnly
            .FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)
            .AddDays(-1);
        db.Entry(row).Property(c => c.ValidTo).IsModified = true;
        await db.SaveChangesAsync();
    }
}
