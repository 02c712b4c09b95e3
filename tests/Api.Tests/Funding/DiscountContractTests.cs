// Slices: CreateContract, EndContract, ListContracts.
using System.Net;
using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using Funding;
using Funding.Contracts;
using Issuance;
using Issuance.Cards;
using Platform.Problems;
using TestRuns;

namespace Api.Tests.Funding;

public sealed class DiscountContractTests
{
    private static readonly DateOnly s_year = new(2026, 1, 1);

    [Fact]
    [Trait("Requirement", "FC-38.1"), Trait("Requirement", "PL-03.2")]
    public void What_is_earned_equals_a_slow_reference_for_any_terms_and_amount()
    {
        var tier =
            from amount in Gen.Choose(1, 100_000_000)
            from basisPoints in Gen.Choose(0, ContractTerms.MaxBasisPoints)
            from points in Gen.Choose(0, ContractTerms.MaxPointsPerYuan)
            select new ContractTier(amount, basisPoints, points);
        var terms =
            from tiers in Gen.NonEmptyListOf(tier)
            from cap in Gen.Choose(0, 2_000_000)
            select new ContractTerms([], [], [.. tiers.DistinctBy(t => t.FromAmount).Take(20)], cap == 0 ? null : cap);
        var cases = from t in terms from a in Gen.OneOf(Gen.Choose(0, 100_000_000), Gen.Choose(0, 10_000)) select (t, (long)a);

        Prop.ForAll(cases.ToArbitrary(), c => c.t.GiftFor(c.Item2) == Slow(c.t, c.Item2)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(9_999, 0, 0)]
    [InlineData(10_000, 100, 100)]
    [InlineData(10_099, 100, 100)]
    [InlineData(49_999, 499, 499)]
    [InlineData(50_000, 1_000, 1_000)]
    [InlineData(100_000_000, 1_500, 2_000_000)]
    public void The_highest_tier_reached_decides_and_the_cap_holds(long amount, long bonus, long points)
    {
        var terms = new ContractTerms([], [], [new ContractTier(10_000, 100, 1), new ContractTier(50_000, 200, 2)], 1_500);

        Assert.Equal(new Gift(bonus, points), terms.GiftFor(amount));
    }

    [Fact]
    [Trait("Requirement", "FC-38.1"), Trait("Requirement", "FC-09.6")]
    public void Whom_and_when_a_contract_is_for_equals_lists_of_every_day_customer_and_card_type()
    {
        var terms =
            from start in Gen.Choose(0, 400)
            from days in Gen.Choose(0, 60)
            from customers in Gen.Choose(1, 4).ListOf()
            from types in Gen.Elements(Enum.GetValues<CardType>()).ListOf()
            from ended in Gen.Elements(true, false)
            select new DiscountContract
            {
                Code = "C",
                Name = "C",
                ValidFrom = s_year.AddDays(start),
                ValidTo = s_year.AddDays(start + days),
                EndedAt = ended ? DateTime.UnixEpoch : null,
                Terms = new ContractTerms([.. customers.Select(c => (long)c)], [.. types], [], null),
            };
        var cases =
            from contract in terms
            from day in Gen.Choose(-1, 61)
            from customer in Gen.Choose(1, 4)
            from type in Gen.Elements(Enum.GetValues<CardType>())
            select (contract, contract.ValidFrom.AddDays(day), customer, type);

        Prop.ForAll(
                cases.ToArbitrary(),
                c =>
                {
                    var (contract, date, customer, type) = c;
                    var days = new HashSet<DateOnly>();
                    for (var day = contract.ValidFrom; day <= contract.ValidTo && contract.EndedAt is null; day = day.AddDays(1))
                    {
                        days.Add(day);
                    }

                    var customers = contract.Terms.CustomerIds.DefaultIfEmpty(customer).ToHashSet();
                    var types = contract.Terms.CardTypes.DefaultIfEmpty(type).ToHashSet();
                    Assert.Equal(days.Contains(date), contract.IsValidOn(date));
                    Assert.Equal(customers.Contains(customer) && types.Contains(type), contract.IsFor(customer, type));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(RandomRuns.Times(1_000)));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.6"), Trait("Requirement", "FC-17.2"), Trait("Requirement", "PL-03.1")]
    public async Task Bonus_and_points_are_booked_apart_from_the_money_and_go_back_with_a_void(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var code = await NewContract(database);
        var card = await counter.IssuedCard();

        var done = (await Collect(counter, card, 10_050, code)).Is(HttpStatusCode.Created);

        Assert.Equal((100, 201, 10_150), (done.Number("bonus"), done.Number("points"), done.Number("quotaBalance")));
        Assert.Equal(-100, await counter.Balance(IssuanceAccounts.Bonus, card.CustomerId));
        Assert.Equal(201, await counter.Balance(IssuanceAccounts.QuotaPoints, card.CustomerId));
        Assert.Equal(-201, await counter.Balance(FundingAccounts.PointsIssued, counter.BranchId));

        (await counter.Allocate(card, 0, points: 201)).Is(HttpStatusCode.Created);
        (await counter.Void(card, done.SerialNumber, 10_050)).IsRefused(HttpStatusCode.Conflict, "points-too-few-for-void");
        (await counter.Cashier.Post($"/v1/cards/{card.Number}/returns", new { points = 201 })).Is(HttpStatusCode.Created);
        (await counter.Void(card, done.SerialNumber, 10_050)).Is(HttpStatusCode.Created);

        Assert.Equal(0, await counter.Quota(card));
        Assert.Equal(0, await counter.Balance(IssuanceAccounts.Bonus, card.CustomerId));
        Assert.Equal(0, await counter.Balance(FundingAccounts.PointsIssued, counter.BranchId));
        await counter.BooksAreSound();
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-09.6"), Trait("Requirement", "FC-38.1")]
    public async Task A_contract_for_others_or_another_time_or_ended_gives_nothing(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        var (card, other) = (await counter.IssuedCard(), await counter.IssuedCard());
        var forOther = await NewContract(database, customerCodes: [other.CustomerCode]);
        var forMain = await NewContract(database, cardTypes: ["personalMain"]);
        var past = await NewContract(database, from: "2020-01-01", to: "2020-12-31");
        var ended = await NewContract(database);

        (await headquarters.Cashier.Post($"/v1/discount-contracts/{ended}/end", new { })).Is(HttpStatusCode.OK);
        (await headquarters.Cashier.Post($"/v1/discount-contracts/{ended}/end", new { })).IsRefused(
            HttpStatusCode.Conflict,
            "contract-ended"
        );

        foreach (var code in new[] { forOther, forMain, past, ended })
        {
            (await Collect(counter, card, 10_000, code)).IsRefused(HttpStatusCode.Conflict, "contract-not-applicable");
        }

        (await Collect(counter, card, 10_000, "NOSUCH")).IsRefused(HttpStatusCode.NotFound, "contract-not-found");
        (await Collect(counter, other, 10_000, forOther)).Is(HttpStatusCode.Created);
        Assert.Equal(0, await counter.Quota(card));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-38.1")]
    public async Task Only_headquarters_keeps_contracts_and_a_code_is_used_once(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        var code = await NewContract(database);

        (await counter.Cashier.Post("/v1/discount-contracts", Contract("X1"))).IsRefused(HttpStatusCode.Forbidden, "only-headquarters");
        (await counter.Cashier.Post($"/v1/discount-contracts/{code}/end", new { })).IsRefused(
            HttpStatusCode.Forbidden,
            "only-headquarters"
        );
        (await headquarters.Cashier.Post("/v1/discount-contracts", Contract(code))).IsRefused(
            HttpStatusCode.Conflict,
            "contract-code-used"
        );
        (await headquarters.Cashier.Post("/v1/discount-contracts", Contract("lower"))).IsRefused(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );

        var page = (await counter.Cashier.Get("/v1/discount-contracts?limit=1000")).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
        Assert.Contains(page, c => c!["code"]!.GetValue<string>() == code);
        async Task<bool> Has(string query) =>
            (await counter.Cashier.Get($"/v1/discount-contracts?limit=1000&{query}")).Is(HttpStatusCode.OK).Body["items"]!
                .AsArray()
                .Any(c => c!["code"]!.GetValue<string>() == code);
        Assert.Equal((true, false), (await Has("ended=false"), await Has("ended=true")));
        Assert.Equal((true, false), (await Has("validOn=2026-06-01"), await Has("validOn=1999-01-01")));
        Assert.True(await Has($"customerCode={(await counter.IssuedCard()).CustomerCode}"));
        (await counter.Cashier.Get("/v1/discount-contracts?limit=0")).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-38.1")]
    public async Task A_contract_that_was_used_is_ended_and_stays_with_its_terms_and_no_route_changes_or_deletes_one(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        var code = await NewContract(database);
        var card = await counter.IssuedCard();
        var before = (await Collect(counter, card, 10_000, code)).Is(HttpStatusCode.Created);

        var ended = (await headquarters.Cashier.Post($"/v1/discount-contracts/{code}/end", new { })).Is(HttpStatusCode.OK);
        Assert.NotEqual("", ended["endedAt"]);
        Assert.Equal(100, ended.Body["tiers"]![0]!["bonusBasisPoints"]!.GetValue<int>());
        (await Collect(counter, card, 10_000, code)).IsRefused(HttpStatusCode.Conflict, "contract-not-applicable");
        // What was given under it stays given, and goes back whole.
        Assert.Equal(100, (await counter.Void(card, before.SerialNumber, 10_000)).Is(HttpStatusCode.Created).Number("bonus"));
        Assert.Equal(0, await counter.Quota(card));

        var api = await Platform.ApiFile.Of(counter.Host);
        var routes = api.Operations.Where(o => o.Path.StartsWith("/v1/discount-contracts", StringComparison.Ordinal)).ToList();
        Assert.Equal(["GET", "POST", "POST"], routes.Select(r => r.Method).Order());
    }

    private static Gift Slow(ContractTerms terms, long amount)
    {
        var reached = terms.Tiers.Where(t => t.FromAmount <= amount).OrderBy(t => t.FromAmount).LastOrDefault();
        if (reached is null)
        {
            return new Gift(0, 0);
        }

        var bonus = BigInteger.Divide(new BigInteger(amount) * reached.BonusBasisPoints, 10_000);
        var points = BigInteger.Divide(new BigInteger(amount) * reached.PointsPerYuan, 100);
        return new Gift((long)BigInteger.Min(bonus, terms.BonusCap ?? bonus), (long)points);
    }

    private static Task<Answered> Collect(TestCounter counter, IssuedCard card, long fen, string contract)
    {
        var body = TestCounter.Payment(fen);
        body["contractCode"] = contract;
        return counter.Cashier.Post($"/v1/cards/{card.Number}/collections", body);
    }

    private static async Task<string> NewContract(
        Database database,
        string[]? customerCodes = null,
        string[]? cardTypes = null,
        string from = "2026-01-01",
        string to = "2035-12-31"
    )
    {
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        var body = Contract($"C{Ids.Next()}", customerCodes, cardTypes, from, to);
        return (await headquarters.Cashier.Post("/v1/discount-contracts", body)).Is(HttpStatusCode.Created)["code"];
    }

    private static object Contract(
        string code,
        string[]? customerCodes = null,
        string[]? cardTypes = null,
        string from = "2026-01-01",
        string to = "2035-12-31"
    ) =>
        new
        {
            code,
            name = "Autumn",
            validFrom = from,
            validTo = to,
            tiers = new[]
            {
                new
                {
                    fromAmount = 10_000,
                    bonusBasisPoints = 100,
                    pointsPerYuan = 2,
                },
            },
            customerCodes,
            cardTypes,
            bonusCap = 5_000,
        };
}
