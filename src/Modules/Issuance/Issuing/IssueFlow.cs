using System.Text.Json;
using System.Text.Json.Serialization;
using Counter.Payments;
using Issuance.Issuing.SubCards;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Issuance.Issuing;

/// <summary>What an issue operation remembers until the card is confirmed.</summary>
internal sealed record IssueCardOrder(
    long CardId,
    CardType Type,
    long CustomerId,
    NewCustomer? NewCustomer,
    Holder Holder,
    string CardNumber,
    string IssuerCode,
    string Profile,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    string? Plate,
    IssueFees Fees,
    long ServiceFee,
    long? SubCardBatchId = null,
    long? ChequeId = null
)
{
    /// <summary>Fen received for the card in all.</summary>
    public long Total => checked(Fees.CardFee + ServiceFee + Fees.Deposit);

    /// <summary>The cheque that pays; null for other methods.</summary>
    [JsonIgnore]
    public AccountRef? Cheque => ChequeId is { } id ? new AccountRef(IssuanceAccounts.Cheque, id) : null;
}

/// <summary>Whose name and certificate go onto the chip.</summary>
internal sealed record Holder(string Name, string CertificateNumber, CertificateType CertificateType)
{
    /// <summary>A bearer card names nobody.</summary>
    public static readonly Holder None = new("", "", CertificateType.Other);

    public static Holder Of(NewCustomer customer) =>
        new(customer.Organisation?.Name ?? customer.Person!.Name, customer.CertificateNumber, customer.CertificateType);

    public static Holder Of(Customer customer) => new(customer.Name, customer.CertificateNumber, customer.CertificateType);
}

/// <summary>What the head of an issue keeps beside its amounts; the documents print it.</summary>
public sealed record IssueDetails(
    string CardNumber,
    CardType CardType,
    long CardFee,
    long Deposit,
    long ServiceFee,
    bool ServiceFeeWaived,
    bool FeeInvoice,
    bool OpensCustomer
);

/// <summary>
/// Books the issuing of a card in steps that survive a torn card (FC-01.6): reserved (customer and card are there, usable for nothing), written,
/// confirmed (usable, fees and deposit booked). A reservation that was never written is released.
/// </summary>
internal sealed class IssueFlow(AppDb db, SubCardLimit subCards, ChequeTakesFeesBack cheques, TimeProvider clock) : CardOperationFlow
{
    public const string Name = "issue";

    public override string Kind => Name;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<IssueCardOrder>(operation.Order, Json.Options)!;
        switch (point)
        {
            case IssueScript.Reserved reserved:
                return await Reserve(order, operation.BranchId, reserved.ChipSerial, booking, ct);
            case BookingPoint.Confirmed:
                await Confirm(order, booking, ct);
                break;
            case BookingPoint.Released:
                await Release(order, booking, ct);
                break;
        }

        return null;
    }

    private async Task<Refusal?> Reserve(IssueCardOrder order, long branchId, string chipSerial, Booking booking, CancellationToken ct)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (order.NewCustomer is { } customer)
        {
            booking.Insert(customer.Row(order.CustomerId, branchId, now));
        }

        if (order.SubCardBatchId is { } batchId && await subCards.Take(batchId, order, branchId, booking, ct) is { } refusal)
        {
            return refusal;
        }

        booking
            .Insert(
                new Card
                {
                    Id = order.CardId,
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
                    CreatedAt = now,
                }
            )
            .IfDuplicate(Card.ChipIndex, new CardAlreadyKnown())
            .IfDuplicate(Card.MainIndex, new MainCardExists());
        if (order.Cheque is { } cheque)
        {
            // Held now: at the confirmation the chip is written, and it would be too late to find the cheque used up.
            booking
                .WithHead(Head(order, booking, IssuanceTransactions.IssueFeesHeld))
                .Move(cheque, new AccountRef(IssuanceAccounts.InTransit, order.CardId), order.Total)
                .IfShort(cheque, _ => new FeeChequeNotUsable("cheque-too-small"));
        }

        return null;
    }

    private async Task Confirm(IssueCardOrder order, Booking booking, CancellationToken ct)
    {
        var card = await db.Set<Card>().SingleAsync(c => c.Id == order.CardId, ct);
        card.Apply(CardChange.Issue);
        booking.Update(card);
        if (order.NewCustomer is not null)
        {
            var customer = await db.Set<Customer>().SingleAsync(c => c.Id == order.CustomerId, ct);
            customer.State = CustomerState.Active;
            booking.Update(customer);
        }

        var fees = order.Fees;
        var paidInto = order.Cheque is null ? fees.PaymentMethod.AccountAt(booking.Actor)!.Value : card.InTransit;
        booking
            .WithHead(Head(order, booking, IssuanceTransactions.Issue))
            .Move(paidInto, new AccountRef(CounterAccounts.FeeIncome, booking.Actor.BranchId), checked(fees.CardFee + order.ServiceFee))
            .Move(paidInto, card.Deposit, fees.Deposit)
            .Raise(IssuanceEvents.CardIssued.Of(order.CustomerId, new CardIssued(order.CardNumber, order.Type)));
    }

    private static Transaction Head(IssueCardOrder order, Booking booking, TransactionType type)
    {
        var fees = order.Fees;
        var details = new IssueDetails(
            order.CardNumber,
            order.Type,
            fees.CardFee,
            fees.Deposit,
            order.ServiceFee,
            fees.ServiceFeeWaived,
            fees.FeeInvoice,
            order.NewCustomer is not null
        );
        return new Transaction(booking.Id, type, booking.Actor)
        {
            CustomerId = order.CustomerId,
            CardId = order.CardId,
            Amount = order.Total,
            Fee = checked(fees.CardFee + order.ServiceFee),
            Deposit = fees.Deposit,
            PaymentMethod = fees.PaymentMethod.ToString(),
            ReferenceNumber = fees.ReferenceNumber,
            Details = JsonSerializer.Serialize(details, Json.Options),
        };
    }

    private async Task Release(IssueCardOrder order, Booking booking, CancellationToken ct)
    {
        var card = await db.Set<Card>().SingleOrDefaultAsync(c => c.Id == order.CardId, ct);
        if (card is null)
        {
            return;
        }

        card.Apply(CardChange.Release);
        card.ChipSerial = null;
        booking.Update(card);
        await subCards.GiveBack(order.CardId, booking, ct);
        if (order.Cheque is { } cheque)
        {
            var quota = new AccountRef(IssuanceAccounts.Quota, order.CustomerId);
            var back = await cheques(cheque, quota, order.Total, booking, ct);
            booking.WithHead(Head(order, booking, IssuanceTransactions.IssueFeesReleased)).Move(card.InTransit, back, order.Total);
        }

        if (order.NewCustomer is not null)
        {
            // Nothing was ever booked for a customer whose first card was not written: it leaves no trace but the audit trail.
            booking.Delete(await db.Set<Customer>().SingleAsync(c => c.Id == order.CustomerId, ct));
        }
    }
}

/// <summary>The customer has a valid main card (FC-02.2).</summary>
public sealed record MainCardExists() : Refusal("main-card-exists", 409, "The customer has a valid main card.", "该客户已有有效主卡。");

/// <summary>The chip carries a card already (FC-01.5).</summary>
public sealed record CardAlreadyKnown()
    : Refusal("card-already-known", 409, "This chip is already an issued card.", "该芯片已发卡，不能重复发卡。");
