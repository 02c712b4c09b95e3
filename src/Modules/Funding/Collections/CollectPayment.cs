using Counter.Documents;
using Counter.Payments;
using FluentValidation;
using Funding.Invoices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;

namespace Funding.Collections;

/// <summary>A payment to collect.</summary>
/// <param name="Amount" example="50000">Received money in fen, 1 to 100,000,000.</param>
/// <param name="PaymentMethod" example="cash">How the customer pays.</param>
/// <param name="OilType" example="gasoline92">The product for the invoice. Required, except for an organisation with VAT invoices, which
/// must omit it.</param>
/// <param name="ReferenceNumber" example="POS-20261122-0007">The number of the slip or voucher, at most 40 characters.</param>
/// <param name="Remark" example="fleet of the northern depot">At most 200 characters.</param>
/// <param name="ContractCode" example="AUTUMN-2026">The discount contract to apply.</param>
/// <param name="Invoice">The ordinary invoice for this payment.</param>
/// <param name="ChequeId">One of the customer's usable cheques. Required for a payment by cheque, otherwise omit it.</param>
public sealed record CollectPaymentRequest(
    long Amount,
    PaymentMethod PaymentMethod,
    OilType? OilType = null,
    string? ReferenceNumber = null,
    string? Remark = null,
    string? ContractCode = null,
    CollectionInvoice? Invoice = null,
    string? ChequeId = null
);

/// <summary>An ordinary invoice written on a collection.</summary>
/// <param name="Number" example="04412698">The invoice number, unique, at most 20 characters.</param>
/// <param name="Amount" example="50000">Amount in fen, at most the received amount.</param>
public sealed record CollectionInvoice(string Number, long Amount);

/// <summary>A booked collection.</summary>
/// <param name="SerialNumber" example="00030150224112025607">The number on the receipt.</param>
/// <param name="CardNumber" example="0000019000000000">The card of the collection.</param>
/// <param name="CustomerCode" example="1900000009">The card's customer.</param>
/// <param name="Amount" example="50000">Received money in fen.</param>
/// <param name="Bonus" example="500">The bonus of the contract in fen.</param>
/// <param name="Points" example="500">The points of the contract.</param>
/// <param name="QuotaBalance" example="150500">The new quota balance in fen.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When it was booked.</param>
/// <param name="Documents">The printable documents.</param>
public sealed record CollectPaymentResponse(
    string SerialNumber,
    string CardNumber,
    string CustomerCode,
    long Amount,
    long Bonus,
    long Points,
    long QuotaBalance,
    DateOnly BusinessDate,
    DateTime BookedAt,
    IReadOnlyList<DocumentLink> Documents
);

/// <summary>
/// Takes a customer's payment into the quota account (FC-11; FC-09.1, 09.2, 09.4, 09.6, 09.10). The busiest operation of all: it reads card and
/// customer in one query, and contract only when one is given; all else stands on the transaction's head.
/// </summary>
internal static class CollectPayment
{
    internal sealed record Command(string CardNumber, CollectPaymentRequest Body) : IBookingCommand<CollectPaymentResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/collections",
                    (string cardNumber, CollectPaymentRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(CollectPayment))
                .WithOperation("CollectPayment")
                .WithSummary("Collect a payment")
                .Collects(FundingFunctions.CollectPayment);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body).SetValidator(new CollectPaymentBodyValidator());
        }
    }

    internal sealed class Handler(CollectionDesk desk) : BookingHandler<Command, CollectPaymentResponse>
    {
        protected override Task<Outcome<Booking<CollectPaymentResponse>>> Decide(Command command, CancellationToken ct) =>
            desk.ByNumber(FundingFunctions.CollectPayment, command.CardNumber, command.Body, ct);
    }
}
