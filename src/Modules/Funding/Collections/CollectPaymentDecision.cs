using Cheques;
using Issuance;
using Platform;

namespace Funding;

public sealed record SubCardTakesNoPayment()
    : Refusal("sub-card-takes-no-payment", 409, "A sub-card takes no payment; use the main card.", "副卡不能办理收款,请使用主卡。");

public sealed record OilTypeRequired() : Refusal("oil-type-required", 422, "Give the oil type.", "请选择油品类型。");

public sealed record VatCustomerGivesNoOilType()
    : Refusal(
        "vat-customer-gives-no-oil-type",
        422,
        "An organisation with VAT invoices gives neither oil type nor ordinary invoice.",
        "开增值税发票的单位客户不选油品类型,也不开普通发票。"
    );

/// <summary>The number stands on an invoice already (FC-41.1).</summary>
public sealed record InvoiceNumberUsed(string Number)
    : Refusal("invoice-number-used", 409, "This invoice number has been used.", "该发票号已使用。");

/// <summary>Where a payment goes, and as which type of transaction it is booked.</summary>
internal sealed record PaymentTarget(string Type, AccountRef Money, AccountRef Points);

/// <summary>Decides a collection from what is known: pure, so that it is tested without a database.</summary>
internal static class CollectPaymentDecision
{
    public static Outcome<Booking<CollectPaymentResponse>> Decide(
        CardFunction function,
        long id,
        Actor actor,
        CollectPaymentRequest body,
        CardView? found,
        DiscountContract? contract,
        Cheque? cheque = null
    )
    {
        if (function.Check(found) is { } unusable)
        {
            return unusable;
        }

        if (Refuse(actor, body, found!, contract, cheque) is { } refusal)
        {
            return refusal;
        }

        var gift = contract?.GiftFor(body.Amount) ?? default;
        var note = new AuditNote(function.Action, $"card:{found!.Card.Id}");
        var booking = new Booking<CollectPaymentResponse>(id, actor, note, p => Answered(p, body, found, gift));
        var into = new PaymentTarget(TransactionTypes.Collection, found.Customer.Quota, found.Customer.QuotaPoints);
        return Add(booking, body, found, contract, into, cheque);
    }

    /// <summary>Why the payment cannot be taken, whatever account it goes into; null when it can.</summary>
    public static Refusal? Refuse(
        Actor actor,
        CollectPaymentRequest body,
        CardView found,
        DiscountContract? contract,
        Cheque? cheque = null
    ) =>
        found.Unusable()
        ?? WrongInvoicing(body, found.Customer)
        ?? WrongContract(body, found, contract)
        ?? (Source(actor, body, cheque) is null ? new PaymentMethodNotAvailable(Json.Name(body.PaymentMethod)) : null);

    /// <summary>Adds a payment that is not refused to a booking: head, money, bonus, points and invoice.</summary>
    public static TBooking Add<TBooking>(
        TBooking booking,
        CollectPaymentRequest body,
        CardView found,
        DiscountContract? contract,
        PaymentTarget into,
        Cheque? cheque = null
    )
        where TBooking : Booking
    {
        var (card, customer) = found;
        var actor = booking.Actor;
        var gift = contract?.GiftFor(body.Amount) ?? default;
        var received = Source(actor, body, cheque)!.Value;
        booking
            .WithHead(Head(booking.Id, actor, body, found, gift, into.Type, cheque))
            .Move(received, into.Money, body.Amount)
            .Move(new AccountRef(AccountKind.Bonus, customer.Id), into.Money, gift.Bonus)
            .Move(new AccountRef(AccountKind.PointsIssued, actor.BranchId), into.Points, gift.Points)
            .RefuseOn(date => date > card.ValidTo ? new CardNotUsable(Json.Name(CardState.Expired)) : null);
        if (cheque is not null)
        {
            // Its account holds payments that race for it within its amount; no row of it is read again.
            booking.IfShort(received, left => new ChequeTooSmall(left));
        }

        if (contract is not null)
        {
            booking.RefuseOn(date => contract.IsValidOn(date) ? null : new ContractNotApplicable(contract.Code));
        }

        if (body.Invoice is { } invoice)
        {
            booking
                .Insert(InvoiceOf(booking.Id, actor, body, invoice, customer))
                .IfDuplicate(Invoice.NumberIndex, new InvoiceNumberUsed(invoice.Number));
        }

        return booking;
    }

    private static Refusal? WrongInvoicing(CollectPaymentRequest body, Customer customer) =>
        customer is { Kind: CustomerKind.Organisation, InvoiceType: InvoiceType.Vat }
            ? body.OilType is null && body.Invoice is null
                ? null
                : new VatCustomerGivesNoOilType()
            : body.OilType is null
                ? new OilTypeRequired()
                : null;

    private static Refusal? WrongContract(CollectPaymentRequest body, CardView found, DiscountContract? contract) =>
        body.ContractCode is null ? null
        : contract is null ? new ContractNotFound()
        : !contract.IsFor(found.Customer.Id, found.Card.Type) ? new ContractNotApplicable(contract.Code)
        : null;

    /// <summary>The account the money comes from: a cheque's own, else the one of the way of paying; null where that is not taken here.</summary>
    private static AccountRef? Source(Actor actor, CollectPaymentRequest body, Cheque? cheque) =>
        cheque?.Left ?? body.PaymentMethod.AccountAt(actor);

    private static Transaction Head(
        long id,
        Actor actor,
        CollectPaymentRequest body,
        CardView found,
        Gift gift,
        string type,
        Cheque? cheque
    ) =>
        new(id, type, actor)
        {
            CustomerId = found.Customer.Id,
            CardId = found.Card.Id,
            Amount = body.Amount,
            Bonus = gift.Bonus,
            Points = gift.Points,
            PaymentMethod = body.PaymentMethod,
            ReferenceNumber = body.ReferenceNumber ?? cheque?.Number,
            Remark = body.Remark,
            Details = new CollectionDetails(body.OilType, body.ContractCode, body.Invoice?.Number, body.ChequeId).ToJson(),
        };

    private static Invoice InvoiceOf(long id, Actor actor, CollectPaymentRequest body, CollectionInvoice invoice, Customer customer) =>
        new()
        {
            Id = Ids.Next(),
            Number = invoice.Number,
            Amount = invoice.Amount,
            OilType = body.OilType!.Value,
            State = InvoiceState.Issued,
            TransactionId = id,
            CustomerId = customer.Id,
            BranchId = actor.BranchId,
        };

    private static Answer<CollectPaymentResponse> Answered(Posted posted, CollectPaymentRequest body, CardView found, Gift gift) =>
        Answer.Created(
            $"/v1/transactions/{posted.SerialNumber}",
            new CollectPaymentResponse(
                posted.SerialNumber,
                found.Card.Number,
                found.Customer.Code,
                body.Amount,
                gift.Bonus,
                gift.Points,
                posted.Balance(AccountKind.Quota, found.Customer.Id),
                posted.BusinessDate,
                posted.BookedAt,
                DocumentLink.AdvanceReceipt(posted.SerialNumber)
            )
        );
}
