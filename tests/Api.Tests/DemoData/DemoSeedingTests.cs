using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Access.Branches;
using Access.Operators;
using Access.Roles;
using Api.DemoData;
using Customers;
using Funding.Contracts;
using Issuance.Cards;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.Problems;

namespace Api.Tests.DemoData;

public sealed class DemoSeedingTests
{
    [Theory, EachDatabase]
    public async Task A_second_start_changes_nothing(Database database)
    {
        await using var first = await TestHost.Start(database, settings: Seed("Benchmark"));
        var seeded = await Rows(first);
        await using var second = await TestHost.Start(database, first.ConnectionString, Seed("Benchmark"));

        Assert.Equal(seeded, await Rows(second));
        Assert.Equal((4, 14, 1_000, 1_000), (seeded.Branches, seeded.Operators, seeded.Customers, seeded.Cards));
    }

    [Theory, EachDatabase]
    public async Task The_cashier_of_the_demonstration_takes_money_and_decides_nothing_about_it(Database database)
    {
        await using var host = await TestHost.Start(database, settings: Seed("Demo"));
        var signedIn = await host.Client.PostAsJsonAsync(
            new Uri("/v1/sign-in", UriKind.Relative),
            new
            {
                branchCode = DemoSeeding.EastCode,
                login = "cashier",
                password = "Cashier2026",
            }
        );

        Assert.Equal(HttpStatusCode.OK, signedIn.StatusCode);
        var modules = JsonNode.Parse(await signedIn.Content.ReadAsStringAsync())!["modules"]!.AsArray();
        var held = modules.SelectMany(m => m!["functions"]!.AsArray()).Select(f => f!["name"]!.ToString()).ToList();
        Assert.Contains("funding.collect-payment", held);
        Assert.Empty(held.Intersect(NotForCashiers));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Client.GetAsync("/internal/benchmark")).StatusCode);
    }

    [Theory, EachDatabase]
    public async Task The_load_generator_collects_on_the_cards_it_is_given(Database database)
    {
        await using var host = await TestHost.Start(database, settings: Seed("Benchmark"));
        var given = JsonNode.Parse(await host.Client.GetStringAsync("/internal/benchmark"))!;
        var cards = given["cardNumbers"]!.AsArray().Select(c => c!.ToString()).Distinct().ToList();
        Assert.Equal(1_000, cards.Count);
        Assert.All(cards, c => Assert.True(Luhn.IsValid(c)));

        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/cards/{cards[^1]}/collections");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", given["token"]!.ToString());
        request.Headers.Add("Idempotency-Key", "1");
        request.Content = JsonContent.Create(
            new
            {
                amount = 100,
                paymentMethod = "cash",
                oilType = "gasoline92",
            }
        );
        Assert.Equal(HttpStatusCode.Created, (await host.Client.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData("Production", "Demo")]
    [InlineData("Production", "Benchmark")]
    [InlineData("Testing", "demo")]
    [InlineData("Testing", "1")]
    public void Known_passwords_in_production_and_unknown_seeds_stop_the_start(string environment, string seed)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration[DemoSetting.Name] = seed;

        var refused = Assert.Throws<StartRefusedException>(builder.AddDemoData);
        Assert.Contains(DemoSetting.Name, refused.Message, StringComparison.Ordinal);
    }

    private static readonly string[] NotForCashiers =
    [
        "access.administer",
        "access.see-personal-data",
        "approve",
        "cheques.bounce",
        "cheques.clear",
        "cheques.set-mode",
        "cheques.take-claim-payment-back",
        "documents.print-any-branch",
        "counter.close-day",
        "funding.decide-set-aside-consumption",
        "funding.edit-contracts",
        "funding.release-recharge-list",
        "funding.settle-card-operation",
        "funding.upload-consumption",
        "issuance.block-card",
        "issuance.expire-card",
    ];

    private static Dictionary<string, string?> Seed(string seed) => new() { [DemoSetting.Name] = seed };

    private static async Task<(int Branches, int Operators, int Roles, int Contracts, int Customers, int Cards)> Rows(TestHost host)
    {
        await using var db = await host.OpenDatabase();
        return (
            await db.Set<Branch>().CountAsync(),
            await db.Set<Operator>().CountAsync(),
            await db.Set<Role>().CountAsync(),
            await db.Set<DiscountContract>().CountAsync(),
            await db.Set<Customer>().CountAsync(),
            await db.Set<Card>().CountAsync()
        );
    }
}
