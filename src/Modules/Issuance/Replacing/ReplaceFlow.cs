using System.Text.Json;
using Access.SystemParameters;
using Counter.Payments;
using Issuance.Blacklist;
using Issuance.Issuing;
using Issuance.Restrictions;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Issuance.Replacing;

/// <summary>
/// Books a replacement as its new chip is written (FC-36.3): reserved (the new card is there, usable for nothing, and the old one is held), confirmed
/// (the old one closed, fee booked, reserve, points and deposit moved, the waiting time begun), or released.
/// </summary>
internal sealed class ReplaceFlow(AppDb db, Parameters parameters, TimeProvider clock) : CardOperationFlow
{
    public const string Name = "replace";

    public override string Kind => Name;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<ReplaceOrder>(operation.Order, Json.Options)!;
        switch (point)
        {
            case IssueScript.Reserved reserved:
                return await Reserve(order, operation, reserved.ChipSerial, booking, ct);
            case BookingPoint.Confirmed:
                await Confirm(order, operation, booking, ct);
                return null;
            case BookingPoint.Released:
                await Release(order, booking, ct);
                return null;
            default:
                return null;
        }
    }

    private async Task<Refusal?> Reserve(
        ReplaceOrder order,
        CardOperation operation,
        string chipSerial,
        Booking booking,
        CancellationToken ct
    )
    {
        var old = await db.Set<Card>().SingleAsync(c => c.Id == order.OldCardId, ct);
        if (!CardStates.Allows(CardChange.Replace, old.State))
        {
            return old.State == CardState.Active ? new CardIsActive() : new CardNotUsable(Json.Name(old.State));
        }

        if (await db.Set<CardReplacement>().AnyAsync(r => r.OldCardId == old.Id, ct))
        {
            return new CardBeingReplaced();
        }

        // Changed in nothing but its version: a find or block decided before this one is decided again after it.
        booking
            .Update(old)
            .Insert(NewCard(order, operation.BranchId, chipSerial))
            .Insert(
                new CardReplacement
                {
                    Id = operation.Id,
                    OldCardId = old.Id,
                    NewCardId = order.NewCardId,
                    CustomerId = order.CustomerId,
                    BranchId = operation.BranchId,
                    OperatorId = operation.OperatorId,
                    Reason = old.State,
                }
            )
            .IfDuplicate(Card.ChipIndex, new CardAlreadyKnown())
            .IfDuplicate(CardReplacement.OldCardIndex, new CardBeingReplaced());
        return null;
    }

    private Card NewCard(ReplaceOrder order, long branchId, string chipSerial) =>
        new()
        {
            Id = order.NewCardId,
            Number = order.CardNumber,
            Type = order.Type,
            State = CardState.Reserved,
            CustomerId = order.CustomerId,
            BranchId = branchId,
            IssuerCode = order.IssuerCode,
            ChipSerial = chipSerial,
            Profile = order.Profile,
            ValidFrom = order.ValidFrom,
            ValidTo = order.ValidTo,
            Plate = order.Plate,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };

    private async Task Confirm(ReplaceOrder order, CardOperation operation, Booking booking, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var old = await db.Set<Card>().SingleAsync(c => c.Id == order.OldCardId, ct);
        var card = await db.Set<Card>().SingleAsync(c => c.Id == order.NewCardId, ct);
        var replacement = await db.Set<CardReplacement>().SingleAsync(r => r.OldCardId == old.Id, ct);
        var days = await parameters.Number(IssuanceParameters.TransferWaitingDays, operation.BranchId, ct);
        card.Apply(CardChange.Issue);
        old.Apply(CardChange.Replace);
        replacement.State = ReplacementState.Waiting;
        (replacement.ReplacedAt, replacement.TransferDueAt) = (now, now.AddDays(days));
        booking.Update(card).Update(old).Update(replacement);
        if (order.Restrictions is { } restrictions)
        {
            booking.Insert(new CardRestriction { CardId = card.Id, File = restrictions });
        }

        await BlacklistEntries.Note(db, booking, old, now, ct);
        await MoveAccounts(order, old, card, booking, ct);
    }

    /// <summary>Takes the fee, and moves what the old card has in the books but its purse, which waits.</summary>
    private async Task MoveAccounts(ReplaceOrder order, Card old, Card card, Booking booking, CancellationToken ct)
    {
        var balances = await db.BalancesOf(old.Id, ct);
        var fees = order.Fees;
        var fee = checked(fees.CardFee + order.ServiceFee);
        booking
            .WithHead(Head(order, booking, fee))
            .Move(
                fees.PaymentMethod.AccountAt(booking.Actor)!.Value,
                new AccountRef(CounterAccounts.FeeIncome, booking.Actor.BranchId),
                fee
            )
            .Move(old.Reserve, card.Reserve, balances.Of(IssuanceAccounts.Reserve))
            .Move(old.ReservePoints, card.ReservePoints, balances.Of(IssuanceAccounts.ReservePoints))
            .Move(old.Deposit, card.Deposit, balances.Of(IssuanceAccounts.Deposit))
            .Raise(IssuanceEvents.CardReplaced.Of(order.CustomerId, new CardReplaced(order.OldCardNumber, order.CardNumber)));
    }

    private static Transaction Head(ReplaceOrder order, Booking booking, long fee)
    {
        var details = new IssueDetails(
            order.CardNumber,
            order.Type,
            order.Fees.CardFee,
            Deposit: 0,
            order.ServiceFee,
            order.Fees.ServiceFeeWaived,
            order.Fees.FeeInvoice,
            OpensCustomer: false
        );
        return new Transaction(booking.Id, IssuanceTransactions.Replacement, booking.Actor)
        {
            CustomerId = order.CustomerId,
            CardId = order.NewCardId,
            Amount = fee,
            Fee = fee,
            PaymentMethod = order.Fees.PaymentMethod.ToString(),
            ReferenceNumber = order.Fees.ReferenceNumber,
            Remark = order.OldCardNumber,
            Details = JsonSerializer.Serialize(details, Json.Options),
        };
    }

    private async Task Release(ReplaceOrder order, Booking booking, CancellationToken ct)
    {
        var card = await db.Set<Card>().SingleOrDefaultAsync(c => c.Id == order.NewCardId, ct);
        if (card is null)
        {
            return;
        }

        card.Apply(CardChange.Release);
        card.ChipSerial = null;
        booking.Update(card).Delete(await db.Set<CardReplacement>().SingleAsync(r => r.NewCardId == card.Id, ct));
    }
}
