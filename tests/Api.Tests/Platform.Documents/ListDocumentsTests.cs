using System.Net;

namespace Api.Tests.Platform.Documents;

public sealed class ListDocumentsTests
{
    private const string Receipt = "advance-receipt";

    [Theory, EachDatabase]
    [Trait("Requirement", "PL-05.1")]
    public async Task The_list_names_the_documents_of_a_transaction(Database database)
    {
        await using var counter = await TestCounter.Open(database);
        var serial = await counter.Collected(await counter.IssuedCard(), 100);

        var list = (await counter.Cashier.Get($"/v1/transactions/{serial}/documents")).Is(HttpStatusCode.OK);

        var item = Assert.Single(list.Body["items"]!.AsArray())!;
        Assert.Equal(Receipt, item["kind"]!.GetValue<string>());
        Assert.Equal(0, item["printings"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.OK, (await counter.Cashier.Get(item["address"]!.GetValue<string>())).Status);
    }
}
