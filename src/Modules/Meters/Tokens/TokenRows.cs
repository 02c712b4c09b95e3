using System.Text.Json;
using Counter.Payments;
using Meters.Accounts;
using Meters.Carriers.Sts;
using Meters.Documents;
using Meters.Prices;
using Meters.Sales;
using Meters.Supplies;
using Meters.Users;

namespace Meters.Tokens;

/// <summary>The rows of a token that is sold.</summary>
internal static class TokenRows
{
    public static MeterSale Sale(
        Booking booking,
        MeterSupply supply,
        PriceInForce price,
        Priced priced,
        DateOnly year,
        PaymentMethod paid
    ) =>
        new()
        {
            Id = booking.Id,
            Kind = MeterSaleKind.Sale,
            SupplyId = supply.Id,
            UserId = supply.UserId,
            AccountId = supply.AccountId,
            PriceId = price.Price.Id,
            PriceVersionId = price.Version.Id,
            BranchId = booking.Actor.BranchId,
            OperatorId = booking.Actor.OperatorId,
            Quantity = priced.Quantity,
            Amount = priced.Amount,
            Sold = priced.Quantity,
            Parts = MeterSale.StoreParts(priced.Parts),
            Stands = true,
            Seq = supply.Seq + 1,
            YearStart = year,
            SoldBefore = supply.SoldIn(year),
            PaymentMethod = paid.ToString(),
        };

    public static Transaction Head(
        Booking booking,
        MeterSupply supply,
        MeterAccount account,
        PriceInForce price,
        MeterUser user,
        MeterToken token,
        Priced priced,
        PaymentMethod paid
    )
    {
        var slip = new MeterSlipDetails(
            user.Id,
            user.Number,
            account.Name,
            price.Price.Name,
            supply.MeterNumber,
            null,
            priced.Quantity,
            priced.Parts,
            0,
            0,
            token.Token
        );
        return new Transaction(booking.Id, MeterTransactions.Token, booking.Actor)
        {
            Amount = priced.Amount,
            PaymentMethod = paid.ToString(),
            Details = JsonSerializer.Serialize(slip, Json.Options),
        };
    }
}
