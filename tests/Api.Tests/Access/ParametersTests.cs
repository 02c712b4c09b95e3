// Slices: ListParameterChanges, ListParameters, SetParameter.
using System.Net;
using System.Text.Json.Nodes;
using Access;
using Access.SystemParameters;
using Issuance;
using Platform;
using Platform.Parameters;

namespace Api.Tests.Access;

public sealed class ParametersTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-42.1")]
    public async Task All_parameters_the_product_names_are_there_with_defaults_within_their_limits(Database database)
    {
        var office = await Office.Open(database);

        var items = (await office.Administrator.Get($"/v1/parameters?branchCode={office.Code}")).Body!["items"]!.AsArray();

        var names = items.Select(i => i!["name"]!.ToString()).ToHashSet();
        string[] types =
        [
            "personal-single",
            "personal-main",
            "personal-sub",
            "organisation-single",
            "organisation-main",
            "organisation-sub",
            "bearer",
        ];
        string[] expected =
        [
            .. types.SelectMany(t => new[] { $"card-fee.{t}", $"deposit.{t}" }),
            "sub-card-limit",
            "small-refund-limit",
            "cheque-large-amount-limit",
            "transfer-waiting-days",
            "late-consumption-days",
            "pending-settlement-days",
            "password-tries",
            "password-valid-days",
            "purse-limit",
            "card-valid-years",
        ];
        Assert.Empty(expected.Except(names));
        Assert.All(office.Host.Services.GetRequiredService<DeclaredParameters>().All, p => Assert.InRange(p.Default, p.Min, p.Max));
        Assert.Equal(2_000, Value(items, "card-fee.personal-single"));
        Assert.Equal(500_000, Value(items, "purse-limit"));
        Assert.Equal(10, Value(items, "sub-card-limit"));
        Assert.Equal(3, Value(items, "password-tries"));
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-42.1")]
    public async Task A_branch_takes_the_value_of_the_nearest_branch_above_unless_it_sets_its_own(Database database)
    {
        var office = await Office.Open(database);
        var below = await office.OpenBelow();
        var beside = await Office.Open(database);
        await Set(office, 20);
        Assert.Equal((20, office.Code), await Read(below));
        Assert.Equal((10, ""), await Read(beside));

        await Set(below, 30);
        Assert.Equal((30, below.Code), await Read(below));
        Assert.Equal((20, office.Code), await Read(office));

        await Set(below, null);
        Assert.Equal((20, office.Code), await Read(below));
        using var scope = office.Host.Services.CreateScope();
        var id = long.Parse(below.Id, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(
            20,
            await scope.ServiceProvider.GetRequiredService<Parameters>().Number(IssuanceParameters.SubCardLimit, id, CancellationToken.None)
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-42.1"), Trait("Requirement", "PL-01.10")]
    public async Task Each_change_is_kept_with_who_when_old_and_new_value(Database database)
    {
        var office = await Office.Open(database);
        var manager = await office.Hire(AccessRights.Administer);
        await Set(office, 20);
        await Set(office, 25, manager);
        await Set(office, null, manager);

        var history = (await manager.Get("/v1/parameters/sub-card-limit/changes")).Body!["items"]!.AsArray();

        var own = history.Where(c => c!["branchCode"]!.ToString() == office.Code).ToList();
        Assert.Equal(["→20", "20→25", "25→"], own.Select(c => $"{c!["oldValue"]}→{c["newValue"]}"));
        Assert.Equal(["1", manager.Id, manager.Id], own.Select(c => c!["operatorId"]!.ToString()));
        Assert.All(
            own,
            c =>
                Assert.InRange(
                    DateTimeOffset.Parse(c!["changedAt"]!.ToString(), null),
                    TimeProvider.System.GetUtcNow().AddMinutes(-5),
                    TimeProvider.System.GetUtcNow()
                )
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-42.1")]
    public async Task Changes_at_once_are_all_kept_each_with_the_value_before_it(Database database)
    {
        var office = await Office.Open(database);

        var replies = await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Set(office, i)));

        Assert.All(replies, r => Assert.Equal(HttpStatusCode.OK, r.Status));
        var manager = await office.Hire(AccessRights.Administer);
        var own = (await manager.Get("/v1/parameters/sub-card-limit/changes")).Body!["items"]!.AsArray();
        var chain = own.Where(c => c!["branchCode"]!.ToString() == office.Code)
            .ToDictionary(c => $"{c!["oldValue"]}", c => $"{c!["newValue"]}");
        var (at, steps) = ("", 0);
        while (chain.TryGetValue(at, out var next))
        {
            (at, steps) = (next, steps + 1);
        }

        Assert.Equal(4, steps);
        Assert.Equal($"{(await Read(office)).Value}", at);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-01.10")]
    public async Task Values_out_of_limits_unknown_names_and_other_branches_are_refused(Database database)
    {
        var office = await Office.Open(database);
        var beside = await Office.Open(database);
        var manager = await office.Hire(AccessRights.Administer);

        Assert.Equal("parameter-out-of-limits", (await Set(office, -1, manager)).Code);
        Assert.Equal("branch-out-of-reach", (await Set(beside, 5, manager)).Code);
        Assert.Equal("not-found", (await manager.Put("/v1/parameters/no-such", new { branchCode = office.Code, value = 1 })).Code);
        Assert.Equal("not-found", (await manager.Get("/v1/parameters/no-such/changes")).Code);
        Assert.Equal("branch-out-of-reach", (await manager.Get($"/v1/parameters?branchCode={beside.Code}")).Code);
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-42.1")]
    public async Task A_value_of_a_parameter_that_no_module_declares_any_more_is_not_listed(Database database)
    {
        var office = await Office.Open(database);
        await using var db = await office.Host.OpenDatabase();
        db.Add(
            new SystemParameter
            {
                Name = "forgotten",
                BranchId = long.Parse(office.Id, System.Globalization.CultureInfo.InvariantCulture),
                Value = 1,
            }
        );
        await db.SaveChangesAsync();

        var list = await office.Administrator.Get($"/v1/parameters?branchCode={office.Code}");

        var declared = office.Host.Services.GetRequiredService<DeclaredParameters>().All.Select(p => p.Name);
        Assert.Equal(declared, list.Body!["items"]!.AsArray().Select(i => i!["name"]!.ToString()));
    }

    [Fact]
    public void A_name_that_two_modules_declare_refuses_the_start()
    {
        var own = new Parameter("limit", ParameterUnit.Count, 1, 0, 9, "A limit", "限额");

        var refused = Assert.Throws<StartRefusedException>(() => new DeclaredParameters([own, own with { Default = 2 }]));

        Assert.Contains("The parameter limit is declared twice", refused.Message);
        Assert.Contains("参数 limit 被重复声明", refused.Zh);
    }

    private static Task<Reply> Set(Office office, int? value, Person? by = null) =>
        (by ?? office.Administrator).Put("/v1/parameters/sub-card-limit", new { branchCode = office.Code, value });

    private static async Task<(long Value, string SetAt)> Read(Office office)
    {
        var items = (await office.Administrator.Get($"/v1/parameters?branchCode={office.Code}")).Body!["items"]!.AsArray();
        return (Value(items, "sub-card-limit"), $"{items.Single(i => i!["name"]!.ToString() == "sub-card-limit")!["setAt"]}");
    }

    private static long Value(JsonArray items, string name) =>
        items.Single(i => i!["name"]!.ToString() == name)!["value"]!.GetValue<long>();
}
