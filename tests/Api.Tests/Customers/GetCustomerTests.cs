using System.Net;
using Api.Tests.Platform;
using Customers;
using Issuance.Cards;
using Platform;
using Platform.Problems;

namespace Api.Tests.Customers;

public sealed class GetCustomerTests
{
    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.1")]
    public async Task Shows_holder_cards_accounts_and_pending_operations_in_one_call(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssueCard();
        await counter.Fund(card, 50_000);
        (await counter.Cashier.Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(7_000))).Is(HttpStatusCode.Created);
        var started = (await counter.StartLoad(card, 20_000)).Is(HttpStatusCode.Accepted);
        await ReaderAgent.Send(
            counter.Host.Client,
            started.Body["operation"]!["operationId"]!.GetValue<string>(),
            started.Body["operation"]!["ticket"]!.GetValue<string>(),
            new System.Text.Json.Nodes.JsonObject { ["round"] = 0 }
        );

        var customer = await counter.Customer(card.CustomerCode);

        Assert.Equal("王小明", customer["name"]!.GetValue<string>());
        Assert.Equal(7_000, customer["quota"]!.GetValue<long>());
        Assert.Equal(7_000, customer["refundable"]!.GetValue<long>());
        Assert.Equal(50_000, customer["cards"]![0]!["reserve"]!.GetValue<long>());
        Assert.Empty(customer["cheques"]!.AsArray());
        Assert.Equal("load", customer["pendingOperations"]![0]!["kind"]!.GetValue<string>());
        Assert.Equal("11010519491231002X", customer["certificateNumber"]!.GetValue<string>());
        (await counter.Cashier.Get("/v1/customers/1999999999")).IsRefused(HttpStatusCode.NotFound, "not-found");
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.1")]
    public async Task Shows_the_customer_s_cheques_the_newest_first(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var card = await counter.IssuedCard(CardType.OrganisationSingle);
        var received = await counter.Cheque(card, 40_000);
        var cleared = await counter.Cheque(card, 70_000);
        (await counter.Clear(cleared)).Is(HttpStatusCode.Created);

        var cheques = (await counter.Cashier.Get($"/v1/customers/{card.CustomerCode}")).Is(HttpStatusCode.OK).Body["cheques"]!.AsArray();

        Assert.Equal(
            [(cleared, "cleared", 70_000L), (received, "received", 0L)],
            cheques.Select(c => (c!["chequeId"]!.GetValue<string>(), c["standing"]!.GetValue<string>(), c["left"]!.GetValue<long>()))
        );
    }

    [Theory, EachDatabase]
    [Trait("Requirement", "FC-43.1")]
    public async Task A_part_that_another_module_brings_stands_on_the_page_and_in_the_description(Database database)
    {
        await using var host = await TestHost.Start(database, services: s => s.AddCustomerPart(new Meters()));
        await using var counter = await TestCounter.Open(host);
        var card = await counter.IssuedCard();

        var page = (await counter.Cashier.Get($"/v1/customers/{card.CustomerCode}")).Is(HttpStatusCode.OK).Body;

        Assert.Equal($"meter of {card.CustomerId}", page["meters"]![0]!.GetValue<string>());
        var api = await ApiFile.Of(host);
        var described = api.Root["components"]!["schemas"]!["CustomerView"]!;
        Assert.Equal("The customer's meters.", described["properties"]!["meters"]!["description"]!.GetValue<string>());
        Assert.Contains("meters", described["required"]!.AsArray().Select(r => r!.GetValue<string>()));
        Assert.Equal(page.AsObject().Select(f => f.Key), described["properties"]!.AsObject().Select(f => f.Key));
    }

    [Fact]
    public void Two_parts_of_one_name_refuse_the_start()
    {
        var services = new ServiceCollection().AddCustomerPart(new Meters());

        var refused = Assert.Throws<StartRefusedException>(() => services.AddCustomerPart(new Meters()));

        Assert.Contains("two parts named meters", refused.Message, StringComparison.Ordinal);
    }

    private sealed class Meters() : CustomerPart<IReadOnlyList<string>>("meters", "The customer's meters.")
    {
        protected override Task<IReadOnlyList<string>> Read(AppDb db, CustomerOnPage customer, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<string>>([$"meter of {customer.Id}"]);
    }
}
