using System.Text.Json;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Funding.Loads;

/// <summary>What the head of a load keeps beside its amount; 「圈存圈提单」 prints it.</summary>
/// <param name="Amount">Fen loaded; 0 for a load of points.</param>
/// <param name="Points">Points loaded; 0 for a load of money.</param>
/// <param name="BalanceAfter">What the chip holds after it, fen or points.</param>
/// <param name="OnlineCounter">The chip's online counter after it.</param>
/// <param name="Tac">The chip's proof, hex; null when only its log showed the load.</param>
/// <param name="ConfirmedBy">How the end became known.</param>
public sealed record LoadDetails(
    string CardNumber,
    long Amount,
    long Points,
    long? BalanceAfter,
    int? OnlineCounter,
    string? Tac,
    ConfirmedBy ConfirmedBy
);

/// <summary>
/// Books a load as the chip says so: reserve to in transit when its MAC1 was checked and before MAC2 leaves, in transit to the card account when
/// its proof was checked, or back (FC-15.1). The points run after the money, as an operation of their own (FC-15.2).
/// </summary>
internal sealed class LoadFlow(AppDb db, LoadOrders orders, CardApplication application) : CardOperationFlow
{
    public const string Money = "load";
    public const string Points = "points-load";

    private readonly bool _points = application == CardApplication.Points;

    public override string Kind => _points ? Points : Money;

    public override Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<LoadOrder>(operation.Order, Json.Options)!;
        var reserve = new AccountRef(_points ? IssuanceAccounts.ReservePoints : IssuanceAccounts.Reserve, order.CardId);
        var transit = new AccountRef(_points ? IssuanceAccounts.PointsInTransit : IssuanceAccounts.InTransit, order.CardId);
        var purse = new AccountRef(_points ? IssuanceAccounts.CardPoints : IssuanceAccounts.Card, order.CardId);
        switch (point)
        {
            case PurseScript.Authorised:
                var authorised = _points ? FundingTransactions.PointsLoadAuthorised : FundingTransactions.LoadAuthorised;
                booking.WithHead(Head(order, booking, authorised, null)).Move(reserve, transit, order.Amount);
                booking.IfShort(reserve, balance => new ReserveTooSmall(balance, order.Amount));
                break;
            case PurseScript.Done done:
                var loaded = _points ? FundingTransactions.PointsLoad : FundingTransactions.Load;
                // After a release the money is back in the reserve account, and may have gone on from there.
                var source = done.AfterRelease ? reserve : transit;
                booking.WithHead(Head(order, booking, loaded, done)).Move(source, purse, order.Amount);
                booking.IfShort(source, balance => new ReserveTooSmall(balance, order.Amount));
                var told = _points ? FundingEvents.CardPointsLoaded : FundingEvents.CardLoaded;
                booking.Raise(told.Of(order.CustomerId, new CardAmountMoved(order.CardNumber, order.Amount)));
                break;
            case BookingPoint.Released:
                var released = _points ? FundingTransactions.PointsLoadReleased : FundingTransactions.LoadReleased;
                booking.WithHead(Head(order, booking, released, null)).Move(transit, reserve, order.Amount);
                break;
        }

        return Task.FromResult<Refusal?>(null);
    }

    public override async Task<NewCardOperation?> Follow(CardOperation operation, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<LoadOrder>(operation.Order, Json.Options)!;
        if (_points || !orders.TakesPoints(order.CardIssuer))
        {
            return null;
        }

        var points = await db.Balance(new AccountRef(IssuanceAccounts.ReservePoints, order.CardId), ct);
        return points == 0 ? null : orders.Points(order, Math.Min(points, orders.Maximum(CardApplication.Points)));
    }

    private Transaction Head(LoadOrder order, Booking booking, TransactionType type, PurseScript.Done? done)
    {
        var details = done is null
            ? null
            : new LoadDetails(
                order.CardNumber,
                _points ? 0 : order.Amount,
                _points ? order.Amount : 0,
                done.BalanceAfter,
                done.Counter,
                done.Proof,
                done.By
            );
        return new Transaction(booking.Id, type, booking.Actor)
        {
            CustomerId = order.CustomerId,
            CardId = order.CardId,
            Amount = _points ? 0 : order.Amount,
            Points = _points ? order.Amount : 0,
            Details = details is null ? null : JsonSerializer.Serialize(details, Json.Options),
        };
    }
}
