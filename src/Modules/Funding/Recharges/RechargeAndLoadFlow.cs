using System.Text.Json;
using Funding.Allocations;
using Funding.Loads;
using Issuance;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Funding.Recharges;

/// <summary>
/// Books a recharge that is loaded in the same function (FC-09.8). The payment is in the quota account already. With the first that is heard of
/// the card, or when nothing is heard before the ticket ends, the part to be loaded is set aside for the card as an allocation of its own; from there
/// the load is as any other. So whatever the chip does, that part is in the card's reserve account or on the chip.
/// </summary>
internal sealed class RechargeAndLoadFlow(AppDb db, LoadOrders orders) : CardOperationFlow
{
    public const string Name = "recharge-load";

    private readonly LoadFlow _load = new(db, orders, CardApplication.Money);

    public override string Kind => Name;

    public override Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        if (point is not PurseScript.Received)
        {
            return _load.Book(operation, point, booking, ct);
        }

        SetAside(JsonSerializer.Deserialize<LoadOrder>(operation.Order, Json.Options)!, booking);
        return Task.FromResult<Refusal?>(null);
    }

    public override Task<NewCardOperation?> Follow(CardOperation operation, CancellationToken ct) => _load.Follow(operation, ct);

    /// <summary>Is it this payment that the operation loads? Then the payment cannot be taken back while it runs.</summary>
    public static bool IsOf(CardOperation operation, long paymentId) =>
        operation.Kind == Name
        && JsonSerializer.Deserialize<LoadOrder>(operation.Order, Json.Options) is { FromQuota.PaymentId: var loaded }
        && loaded == paymentId;

    private static void SetAside(LoadOrder order, Booking booking)
    {
        var share = order.FromQuota!;
        var (quota, points) = (
            new AccountRef(IssuanceAccounts.Quota, order.CustomerId),
            new AccountRef(IssuanceAccounts.QuotaPoints, order.CustomerId)
        );
        booking
            .WithHead(
                new Transaction(booking.Id, FundingTransactions.Allocation, booking.Actor)
                {
                    CustomerId = order.CustomerId,
                    CardId = order.CardId,
                    Amount = order.Amount,
                    Points = share.Points,
                    ReferenceNumber = SerialNumber.Of(share.PaymentId),
                }
            )
            .Move(quota, new AccountRef(IssuanceAccounts.Reserve, order.CardId), order.Amount)
            .Move(points, new AccountRef(IssuanceAccounts.ReservePoints, order.CardId), share.Points)
            .IfShort(quota, balance => new AllocationExceedsQuota(order.Amount, balance))
            .IfShort(points, balance => new AllocationExceedsPoints(share.Points, balance));
    }
}
