// Slices: IssuePersonalSubs, IssuePersonalSubsWithCard, IssueOrganisationSubs, IssueOrganisationSubsWithCard, IssueSubCard.
using System.Net;
using Counter.Payments;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Api.Tests.Issuance;

public sealed class SubCardTests
{
    private static readonly (string, string) s_confirmed = ("confirmed", "card-done");

    [Theory]
    [EachDatabase("personal", "organisation")]
    [Trait("Requirement", "FC-03.1"), Trait("Requirement", "FC-03.2"), Trait("Requirement", "FC-07.1")]
    public async Task A_batch_shows_the_customer_and_issues_cards_each_in_its_own_transaction(Database database, string kind)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(kind == "personal" ? CardType.PersonalMain : CardType.OrganisationMain);
        var opened = (await counter.Cashier.Post($"/v1/issuances/{kind}-sub", new { customerCode = main.CustomerCode })).Is(
            HttpStatusCode.Created
        );
        Assert.Equal("王小明", opened["customerName"]);
        Assert.Equal((10, 0, 10), (opened.Number("limit"), opened.Number("subCards"), opened.Number("withinLimit")));
        Assert.Equal(main.Number, opened.Body["customerCards"]![0]!["cardNumber"]!.GetValue<string>());

        Assert.Equal(s_confirmed, await counter.Write(await counter.StartSub(opened["batchId"])));
        Assert.Equal(s_confirmed, await counter.Write(await counter.StartSub(opened["batchId"])));

        var view = (await counter.Cashier.Get($"/v1/sub-card-batches/{opened["batchId"]}")).Is(HttpStatusCode.OK);
        Assert.Equal(8, view.Number("withinLimit"));
        Assert.All(view.Body["cards"]!.AsArray(), c => Assert.Equal($"{kind}Sub", c!["type"]!.GetValue<string>()));
        Assert.Equal(2, view.Body["cards"]!.AsArray().Count);
        Assert.Equal(2, await counter.Transactions());
        Assert.Equal(2 * ChipCards.SetFee, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
        await counter.BooksAreSound();
    }

    [Theory]
    [EachDatabase("personal", "organisation")]
    [Trait("Requirement", "FC-04.1"), Trait("Requirement", "FC-08.1"), Trait("Requirement", "FC-03.1")]
    public async Task With_the_main_card_present_a_batch_is_opened_by_it_and_by_nothing_else(Database database, string kind)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(kind == "personal" ? CardType.PersonalMain : CardType.OrganisationMain);
        var sub = await counter.AnotherCard(main, kind == "personal" ? CardType.PersonalSub : CardType.OrganisationSub);
        var session = new { cardSessionId = await counter.Present(main) };
        var route = $"/v1/issuances/{kind}-sub-card-present";

        (await counter.Cashier.Post(route, new { customerCode = main.CustomerCode })).IsRefused(HttpStatusCode.BadRequest, "unknown-field");
        var bySub = new { cardSessionId = await counter.Present(sub) };
        (await counter.Cashier.Post(route, bySub)).IsRefused(HttpStatusCode.Conflict, "card-type-not-served");
        var old = new { cardSessionId = await counter.Present(main, TimeSpan.FromHours(1)) };
        (await counter.Cashier.Post(route, old)).IsRefused(HttpStatusCode.Conflict, "card-session-expired");
        var opened = (await counter.Cashier.Post(route, session)).Is(HttpStatusCode.Created);
        var byEither = (await counter.Cashier.Post($"/v1/issuances/{kind}-sub", session)).Is(HttpStatusCode.Created);

        Assert.Equal(main.CustomerCode, byEither["customerCode"]);
        Assert.Equal(1, opened.Number("subCards"));
        Assert.Equal(s_confirmed, await counter.Write(await counter.StartSub(opened["batchId"])));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-03.1"), Trait("Requirement", "FC-07.1")]
    public async Task Only_a_multi_user_customer_of_the_right_kind_gets_sub_cards(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var single = await counter.IssuedCard();
        var organisation = await counter.IssuedCard(CardType.OrganisationMain);
        var lost = await counter.IssuedCard(CardType.PersonalMain, change: c => c.State = CardState.Lost);

        Task<Answered> Open(IssuedCard card) =>
            counter.Cashier.Post("/v1/issuances/personal-sub", new { customerCode = card.CustomerCode });
        (await Open(single)).IsRefused(HttpStatusCode.Conflict, "no-main-card");
        (await Open(lost)).IsRefused(HttpStatusCode.Conflict, "no-main-card");
        (await Open(organisation)).IsRefused(HttpStatusCode.Conflict, "card-type-not-served");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-03.3"), Trait("Requirement", "PL-02.5")]
    public async Task Amounts_that_differ_are_approved_once_and_later_cards_take_them(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        var batch = await counter.OpenBatch(main);
        (await counter.StartSub(batch, SubCards.Fees(1_000, 500))).IsRefused(HttpStatusCode.Forbidden, "approval-required");

        Assert.Equal(s_confirmed, await counter.Write(await counter.StartApprovedSub(batch, SubCards.Fees(1_000, 500))));
        var other = await counter.StartSub(batch, SubCards.Fees());
        other.IsRefused(HttpStatusCode.Conflict, "sub-card-amounts-differ");
        Assert.Equal((1_000, 500), (other.Number("cardFee"), other.Number("deposit")));
        Assert.Equal(s_confirmed, await counter.Write(await counter.StartSub(batch, SubCards.Fees(1_000, 500))));

        await using var db = await counter.Host.OpenDatabase();
        var heads = await db.Set<Transaction>().Where(t => t.BranchId == counter.BranchId).ToListAsync();
        Assert.Equal(2, heads.Count);
        Assert.All(heads, h => Assert.Equal((1_000L, 500L, counter.Second.Id), (h.Fee, h.Deposit, h.ApproverId)));
        Assert.Equal(2_000, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-03.4")]
    public async Task At_the_limit_one_approval_covers_exactly_the_cards_asked_for(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(IssuanceParameters.SubCardLimit, 1);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        await counter.AnotherCard(main);
        var batch = await counter.OpenBatch(main);

        (await counter.StartSub(batch)).IsRefused(HttpStatusCode.Conflict, "sub-card-limit-reached");
        var asked = await counter.StartSub(batch, more: 2);
        asked.IsRefused(HttpStatusCode.Forbidden, "approval-required");
        Assert.Equal("sub-cards-beyond-limit", asked["action"]);
        Assert.Equal(s_confirmed, await counter.Write(await counter.StartApprovedSub(batch, more: 2)));
        Assert.Equal(s_confirmed, await counter.Write(await counter.StartSub(batch)));
        (await counter.StartSub(batch)).IsRefused(HttpStatusCode.Conflict, "sub-card-batch-over");
        (await counter.StartSub(batch, more: 5)).IsRefused(HttpStatusCode.Conflict, "sub-card-batch-over");

        var view = (await counter.Cashier.Get($"/v1/sub-card-batches/{batch}")).Is(HttpStatusCode.OK);
        Assert.True(view.Body["isOver"]!.GetValue<bool>());
        Assert.Equal(3, view.Number("subCards"));
        var closed = (await counter.Cashier.Post($"/v1/sub-card-batches/{batch}/close", new { })).Is(HttpStatusCode.Created);
        var list = await (await Platform.Documents.PaperClerk.At(counter)).Show(closed.SerialNumber, "sub-card-list");
        Assert.Equal(counter.Second.Login, list.Json["head"]!["approverLogin"]!.GetValue<string>());
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-03.5"), Trait("Requirement", "FC-03.3")]
    public async Task Below_the_limit_nobody_is_asked_until_the_card_beyond_it(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(IssuanceParameters.SubCardLimit, 2);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        await counter.AnotherCard(main, change: c => c.State = CardState.Lost);
        var batch = await counter.OpenBatch(main);

        Assert.Equal(s_confirmed, await counter.Write(await counter.StartSub(batch)));
        Assert.Equal(s_confirmed, await counter.Write(await counter.StartSub(batch)));
        (await counter.StartSub(batch)).IsRefused(HttpStatusCode.Conflict, "sub-card-limit-reached");
        Assert.Equal(s_confirmed, await counter.Write(await counter.StartApprovedSub(batch, more: 1)));
        (await counter.StartSub(batch)).IsRefused(HttpStatusCode.Conflict, "sub-card-batch-over");

        await using var db = await counter.Host.OpenDatabase();
        var approvers = await db.Set<Transaction>().Where(t => t.BranchId == counter.BranchId).OrderBy(t => t.Id).ToListAsync();
        Assert.Equal([null, null, counter.Second.Id], approvers.Select(t => t.ApproverId));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-03.3"), Trait("Requirement", "FC-03.4")]
    public async Task A_first_card_beyond_the_limit_at_other_amounts_asks_once_for_both(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(IssuanceParameters.SubCardLimit, 0);
        var batch = await counter.OpenBatch(await counter.IssuedCard(CardType.PersonalMain));

        var asked = await counter.StartSub(batch, SubCards.Fees(1), more: 1);

        Assert.Equal("sub-cards-beyond-limit-and-fee-differs", asked["action"]);
        Assert.Equal(s_confirmed, await counter.Write(await counter.StartApprovedSub(batch, SubCards.Fees(1), more: 1)));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-03.4"), Trait("Requirement", "FC-01.6")]
    public async Task A_card_that_was_torn_gives_its_place_back(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await counter.Set(IssuanceParameters.SubCardLimit, 0);
        var batch = await counter.OpenBatch(await counter.IssuedCard(CardType.PersonalMain));
        var chip = Hardware.Simulators.Chip.VirtualChip.CreateBlank(global::Platform.Cards.Cryptography.Profiles.IssuerProfile.Demo);
        chip.Hooks.Arm();
        chip.Hooks.TearBeforeCommit = 10;

        var torn = await counter.Run(chip, (await counter.StartApprovedSub(batch, more: 1)).Is(HttpStatusCode.Accepted));
        Assert.Equal("notDone", torn["state"]!.GetValue<string>());

        Assert.Equal(s_confirmed, await counter.Write(await counter.StartSub(batch)));
        (await counter.StartSub(batch)).IsRefused(HttpStatusCode.Conflict, "sub-card-batch-over");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-03.6")]
    public async Task Two_branches_at_once_do_not_go_beyond_the_limit(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var second = await TestCounter.Open(await TestHost.Start(database, counter.Host.ConnectionString));
        await using var api = second.Host;
        await counter.Set(IssuanceParameters.SubCardLimit, 3);
        await second.Set(IssuanceParameters.SubCardLimit, 3);
        var main = await counter.IssuedCard(CardType.PersonalMain);
        (TestCounter At, string Batch)[] batches = [(counter, await counter.OpenBatch(main)), (second, await Elsewhere(second, main))];
        var started = new List<(TestCounter At, Answered Started)>();
        for (var i = 0; i < 16; i++)
        {
            var (at, batch) = batches[i % 2];
            started.Add((at, (await at.StartSub(batch)).Is(HttpStatusCode.Accepted)));
        }

        var ends = await Task.WhenAll(started.Select(s => Task.Run(() => s.At.Write(s.Started))));

        Assert.Equal(3, ends.Count(e => e == s_confirmed));
        Assert.Equal(13, ends.Count(e => e == ("notDone", "sub-card-limit-reached")));
        await using var db = await counter.Host.OpenDatabase();
        Assert.Equal(3, await db.Set<Card>().CountAsync(c => c.CustomerId == main.CustomerId && c.Type == CardType.PersonalSub));
        await counter.BooksAreSound();
    }

    /// <summary>Another branch sees the customer's card first.</summary>
    private static async Task<string> Elsewhere(TestCounter counter, IssuedCard main)
    {
        var session = new { cardSessionId = await counter.Present(main) };
        return (await counter.Cashier.Post("/v1/issuances/personal-sub-card-present", session)).Is(HttpStatusCode.Created)["batchId"];
    }

    [Fact]
    [Trait("Requirement", "FC-01.4"), Trait("Requirement", "FC-03.2")]
    public async Task The_service_fee_of_a_sub_card_is_charged_or_waived_and_its_invoice_declined()
    {
        await using var counter = await TestCounter.Open(Database.Sqlite);
        await counter.Set(IssuanceParameters.ServiceFee, 500);
        var batch = await counter.OpenBatch(await counter.IssuedCard(CardType.PersonalMain));
        var charged = SubCards.Fees();
        (charged["serviceFeeWaived"], charged["feeInvoice"]) = (false, true);

        var first = await counter.StartSub(batch, charged);
        Assert.Equal(500, first.Is(HttpStatusCode.Accepted).Number("serviceFee"));
        Assert.Equal(s_confirmed, await counter.Write(first));
        Assert.Equal(s_confirmed, await counter.Write(await counter.StartSub(batch)));

        await using var db = await counter.Host.OpenDatabase();
        var details = await db.Set<Transaction>()
            .Where(t => t.BranchId == counter.BranchId)
            .OrderBy(t => t.Id)
            .Select(t => t.Details!)
            .ToListAsync();
        Assert.Contains("\"serviceFee\":500,\"serviceFeeWaived\":false,\"feeInvoice\":true", details[0], StringComparison.Ordinal);
        Assert.Contains("\"serviceFee\":0,\"serviceFeeWaived\":true,\"feeInvoice\":false", details[1], StringComparison.Ordinal);
        Assert.Equal((2 * ChipCards.SetFee) + 500, await counter.Balance(CounterAccounts.FeeIncome, counter.BranchId));
    }
}
