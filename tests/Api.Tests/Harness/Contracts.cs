using System.Net;
using Platform;

namespace Api.Tests.Harness;

/// <summary>Discount contracts, as headquarters makes them.</summary>
public static class Contracts
{
    /// <summary>From 100.00 yuan on: one per cent of bonus and two points for each yuan, for every customer. Its code.</summary>
    public static async Task<string> WithBonus(Database database)
    {
        await using var office = await Counter.Open(database, headquarters: true);
        var code = $"R{Ids.Next()}";
        var body = new
        {
            code,
            name = "Recharge bonus",
            validFrom = "2020-01-01",
            validTo = "2029-12-31",
            tiers = new[]
            {
                new
                {
                    fromAmount = 10_000,
                    bonusBasisPoints = 100,
                    pointsPerYuan = 2,
                },
            },
        };
        (await office.Cashier.Post("/v1/discount-contracts", body)).Is(HttpStatusCode.Created);
        return code;
    }
}
