using System.Text.Json;
using Funding.Loads;
using Issuance;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Funding.Unloads;

/// <summary>What an unload remembers.</summary>
internal sealed record UnloadOrder(long CardId, long CustomerId, string CardNumber, long Amount);

/// <summary>
/// Books an unload when the chip has proved that it gave the money up: card account to quota account, in one transaction. Nothing is held
/// before: the card account is never less than the chip, so what the chip gave up is there, and no other operation of the card runs meanwhile. A
/// sub-card's customer is its main card's, so the money goes to the main card's quota account.
/// </summary>
internal sealed class UnloadFlow : CardOperationFlow
{
    public const string Name = "unload";

    public override string Kind => Name;

    public override Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        if (point is PurseScript.Done done)
        {
            var order = JsonSerializer.Deserialize<UnloadOrder>(operation.Order, Json.Options)!;
            var purse = new AccountRef(IssuanceAccounts.Card, order.CardId);
            booking
                .WithHead(Head(order, booking, done))
                .Move(purse, new AccountRef(IssuanceAccounts.Quota, order.CustomerId), order.Amount)
                .IfShort(purse, balance => new PurseTooSmall(balance, order.Amount))
                .Raise(FundingEvents.CardUnloaded.Of(order.CustomerId, new CardAmountMoved(order.CardNumber, order.Amount)));
        }

        return Task.FromResult<Refusal?>(null);
    }

    private static Transaction Head(UnloadOrder order, Booking booking, PurseScript.Done done) =>
        new(booking.Id, FundingTransactions.Unload, booking.Actor)
        {
            CustomerId = order.CustomerId,
            CardId = order.CardId,
            Amount = order.Amount,
            Details = JsonSerializer.Serialize(
                new LoadDetails(order.CardNumber, order.Amount, 0, done.BalanceAfter, done.Counter, done.Proof, done.By),
                Json.Options
            ),
        };
}

/// <summary>The card account holds less than the unload.</summary>
public sealed record PurseTooSmall(long Balance, long Amount)
    : Refusal("purse-too-small", 409, "The amount exceeds the purse balance.", "卡钱包余额不足。");
