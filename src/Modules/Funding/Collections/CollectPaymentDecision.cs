using Cheques;
using Counter.Documents;
using Counter.Payments;
using Customers;
using Funding.Contracts;
using Funding.Documents;
using Funding.Invoices;
using Issuance;
using Issuance.Functions;

namespace Funding.Collections;

public sealed record SubCardTakesNoPayment()
    : Refusal("sub-card-takes-no-payment", 409, "A sub-card takes no payment; use the main card.", "副卡不能办理收款，请使用主卡。");

public sealed record OilTypeRequired() : Refusal("oil-type-required", 422, "Give the oil type.", "请选择油品类型。");

public sealed record VatCustomerGivesNoOilType()
    : Refusal(
        "vat-customer-gives-no-oil-type",
        422,
        "An organisation with VAT invoices gives neither oil type nor ordinary invoice.",
        "开增值税发票的单位客户不选油品类型，也不开普通发票。"
    );

/// <summary>The number stands on an invoice already (FC-41.1).</summary>
public sealed record InvoiceNumberUsed(string Number)
    : Refusal("invoice-number-used", 409, "This invoice number has been used.", "该发票号已使用。");

/// <summary>Where a payment goes, and as which type of transaction it is booked.</summary>
internal sealed record PaymentTarget(TransactionType Type, AccountRef Money, AccountRef Points);

/// <summary>A payment that nothing stands against. <see cref="Payment.Check"/> alone makes one, and only one of these goes into a booking.</summary>
internal sealed class Payment
{
    private readonly CardView _found;
    private readonly DiscountContract? _contract;
    private readonly Cheque? _cheque;
    private readonly AccountRef _source;

    private Payment(CollectPaymentRequest body, CardView found, DiscountContract? contract, Cheque? cheque, AccountRef source)
    {
        (Body, _found, _contract, _cheque, _source) = (body, found, contract, cheque, source);
        Gift = contract?.GiftFor(body.Amount) ?? default;
    }

    public CollectPaymentRequest Body { get; }

    public CardView Found => _found;

    /// <summary>What the contract gives on top.</summary>
    public Gift Gift { get; }

    /// <summary>Fen that the payment brings, bonus with it.</summary>
    public long Brings => checked(Body.Amount + Gift.Bonus);

    /// <summary>The payment, whatever account it goes into, or the first reason against it. Whether its card may pay is asked before.</summary>
    public static Outcome<Payment> Check(
        Actor actor,
        CollectPaymentRequest body,
        CardView found,
        DiscountContract? contract,
        Cheque? cheque = null
    ) =>
        (WrongInvoicing(body, found.Customer) ?? WrongContract(body, found, contract)) is { } refusal ? refusal
        : Source(actor, body, cheque) is { } source ? new Payment(body, found, contract, cheque, source)
        : new PaymentMethodNotAvailable(Json.Name(body.PaymentMethod));

    /// <summary>Adds head, money, bonus, points and invoice to a booking of the actor who was checked.</summary>
    public TBooking AddTo<TBooking>(TBooking booking, PaymentTarget into)
        where TBooking : Booking
    {
        var (card, customer) = _found;
        var actor = booking.Actor;
        booking
            .WithHead(Head(booking.Id, actor, into.Type))
            .Move(_source, into.Money, Body.Amount)
            .Move(new AccountRef(IssuanceAccounts.Bonus, customer.Id), into.Money, Gift.Bonus)
            .Move(new AccountRef(FundingAccounts.PointsIssued, actor.BranchId), into.Points, Gift.Points)
            .RefuseOn(date => date > card.ValidTo ? new CardNotUsable(Json.Name(CardState.Expired)) : null);
        if (_cheque is not null)
        {
            // Its account holds payments that race for it within its amount; no row of it is read again.
            booking.IfShort(_source, left => new ChequeTooSmall(left));
        }

        if (_contract is { } contract)
        {
            booking.RefuseOn(date => contract.IsValidOn(date) ? null : new ContractNotApplicable(contract.Code));
        }

        if (Body.Invoice is { } invoice)
        {
            booking
                .Insert(InvoiceOf(booking.Id, actor, Body, invoice, customer))
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

    private Transaction Head(long id, Actor actor, TransactionType type) =>
        new(id, type, actor)
        {
            CustomerId = _found.Customer.Id,
            CardId = _found.Card.Id,
            Amount = Body.Amount,
            Bonus = Gift.Bonus,
            Points = Gift.Points,
            PaymentMethod = Body.PaymentMethod.ToString(),
            ReferenceNumber = Body.ReferenceNumber ?? _cheque?.Number,
            Remark = Body.Remark,
            Details = new CollectionDetails(Body.OilType, Body.ContractCode, Body.Invoice?.Number, Body.ChequeId).ToJson(),
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
}

/// <summary>Decides a collection from what is known: pure, so that it is tested without a database.</summary>
internal static class CollectPaymentDecision
{
    public static Booking<CollectPaymentResponse> Decide(CardFunction function, long id, Actor actor, Payment payment)
    {
        var (card, customer) = payment.Found;
        var note = new AuditNote(function.Action, $"card:{card.Id}");
        var booking = new Booking<CollectPaymentResponse>(id, actor, note, p => Answered(p, payment));
        return payment.AddTo(booking, new PaymentTarget(FundingTransactions.Collection, customer.Quota, customer.QuotaPoints));
    }

    private static Answer<CollectPaymentResponse> Answered(Posted posted, Payment payment) =>
        Answer.Created(
            $"/v1/transactions/{posted.SerialNumber}",
            new CollectPaymentResponse(
                posted.SerialNumber,
                payment.Found.Card.Number,
                payment.Found.Customer.Code,
                payment.Body.Amount,
                payment.Gift.Bonus,
                payment.Gift.Points,
                posted.Balance(IssuanceAccounts.Quota, payment.Found.Customer.Id),
                posted.BusinessDate,
                posted.BookedAt,
                FundingPapers.AdvanceReceipt(posted.SerialNumber)
            )
        );
}
