using System.Net;
using Issuance.Cards;

namespace Api.Tests.Customers;

public sealed class SearchCustomersTests
{
    private const string Customers = "/v1/customers/searches";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-06.3")]
    public async Task Customers_are_found_by_name_certificate_phone_kind_and_branch(Database database)
    {
        await using var headquarters = await TestCounter.Open(database, headquarters: true);
        await using var counter = await TestCounter.Open(database);
        await using var elsewhere = await TestCounter.Open(database);
        var person = await counter.IssuedCard();
        var fleet = await counter.IssuedCard(CardType.OrganisationMain);

        async Task Are(TestCounter by, object query, params string[] codes)
        {
            var page = (await by.Cashier.Search(Customers, query)).Is(HttpStatusCode.OK);
            Assert.Equal(codes, page.Body["items"]!.AsArray().Select(i => i!["customerCode"]!.GetValue<string>()));
        }

        await Are(counter, new { }, person.CustomerCode, fleet.CustomerCode);
        await Are(counter, new { kind = "organisation" }, fleet.CustomerCode);
        await Are(
            counter,
            new
            {
                name = " 王小",
                phone = "13800138000",
                certificateNumber = "11010519491231002X",
                state = "active",
            },
            person.CustomerCode,
            fleet.CustomerCode
        );
        await Are(counter, new { name = "李" });
        await Are(counter, new { phone = "13900139000" });
        await Are(counter, new { certificateNumber = "110105199003070017" });
        await Are(counter, new { state = "closed" });
        await Are(headquarters, new { branchCode = counter.BranchCode }, person.CustomerCode, fleet.CustomerCode);
        await Are(elsewhere, new { });
        (await elsewhere.Cashier.Search(Customers, new { branchCode = counter.BranchCode })).IsRefused(
            HttpStatusCode.Forbidden,
            "branch-out-of-reach"
        );

        var first = (await counter.Cashier.Search(Customers, new { limit = 1 })).Is(HttpStatusCode.OK);
        var added = await counter.IssuedCard();
        await Are(counter, new { after = first["next"] }, fleet.CustomerCode, added.CustomerCode);
        (await counter.Cashier.Search(Customers, new { kind = "Company" })).IsRefused(HttpStatusCode.BadRequest, "wrong-type");
        // As long as a cursor, and none.
        (await counter.Cashier.Search(Customers, new { after = "AAAA!!AAAAA" })).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
        (await counter.Cashier.Search(Customers, new { limit = 0 })).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
        (await counter.Cashier.Search(Customers, new { limit = 1001 })).IsRefused(HttpStatusCode.BadRequest, "page-invalid");
    }
}
