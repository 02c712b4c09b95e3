using Cheques;
using Counter.Payments;
using Customers;
using FluentValidation;
using Funding.Contracts;
using Funding.Invoices;
using Issuance.CardSessions;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;

namespace Funding.Collections;

/// <summary>What all functions that take a payment into the quota account do alike; they differ in how the card is found (FC-09 to FC-12).</summary>
internal sealed class CollectionDesk(
    AppDb db,
    CardMemory cards,
    ContractMemory contracts,
    CardPresence presence,
    ChequePayments cheques,
    RequestContext request
)
{
    /// <summary>By the card's number.</summary>
    public async Task<Outcome<Booking<CollectPaymentResponse>>> ByNumber(
        CardFunction function,
        string cardNumber,
        CollectPaymentRequest body,
        CancellationToken ct
    ) => await Collect(function, await cards.Find(db, request, cardNumber, ct), body, ct);

    /// <summary>By the card that is present.</summary>
    public async Task<Outcome<Booking<CollectPaymentResponse>>> ByCard(
        CardFunction function,
        long sessionId,
        CollectPaymentRequest body,
        CancellationToken ct
    )
    {
        var found = await presence.Find(sessionId, ct);
        return found.Refusal is { } refusal ? refusal : await Collect(function, found.Value, body, ct);
    }

    private async Task<Outcome<Booking<CollectPaymentResponse>>> Collect(
        CardFunction function,
        CardView? found,
        CollectPaymentRequest body,
        CancellationToken ct
    )
    {
        if (function.Check(found) is { } unusable)
        {
            return unusable;
        }

        Cheque? cheque = null;
        if (body.PaymentMethod == PaymentMethod.Cheque)
        {
            var usable = await cheques.Find(body.ChequeId, found!.Customer.Id, ct);
            if (usable.Refusal is { } notUsable)
            {
                return notUsable;
            }

            cheque = usable.Value;
        }

        var contract = body.ContractCode is { } code ? await contracts.Find(db, request, code, ct) : null;
        var payment = Payment.Check(request.Actor, body, found!, contract, cheque);
        return payment.Refusal is { } refusal ? refusal : CollectPaymentDecision.Decide(function, Ids.Next(), request.Actor, payment.Value);
    }
}

internal sealed class CollectPaymentBodyValidator : AbstractValidator<CollectPaymentRequest>
{
    public CollectPaymentBodyValidator()
    {
        RuleFor(b => b.Amount).InclusiveBetween(1, Limits.CollectionFen);
        RuleFor(b => b.ReferenceNumber).PlainText(Limits.ReferenceNumber);
        RuleFor(b => b.Remark).PlainText(Limits.Remark);
        RuleFor(b => b.ContractCode).PlainText(Limits.ContractCode);
        RuleFor(b => b.ChequeId).IdText();
        RuleFor(b => b.ChequeId)
            .Null()
            .When(b => b.PaymentMethod != PaymentMethod.Cheque)
            .WithMessage("Omit the cheque unless the customer pays by cheque.", "只有支票付款才能指定支票。");
        When(
            b => b.Invoice is not null,
            () =>
            {
                RuleFor(b => b.Invoice!.Number).NotNull().PlainText(Limits.InvoiceNumber);
                RuleFor(b => b.Invoice!.Amount).GreaterThanOrEqualTo(1).LessThanOrEqualTo(b => b.Amount);
            }
        );
    }
}

/// <summary>What the routes of these functions say alike.</summary>
internal static class CollectionRoutes
{
    public static RouteHandlerBuilder Collects(this RouteHandlerBuilder route, CardFunction function) =>
        route
            .ForCards(
                function,
                "Books a payment into the quota account of the card's customer, with the bonus or points of a discount contract."
            )
            .Books<CollectPaymentResponse>()
            .RefusesAsPayment();

    /// <summary>What stands against a payment, wherever it goes.</summary>
    public static RouteHandlerBuilder RefusesAsPayment(this RouteHandlerBuilder route) =>
        route
            .Refuses(typeof(PaymentMethodNotAvailable), typeof(OilTypeRequired), typeof(VatCustomerGivesNoOilType))
            .Refuses(
                typeof(ChequeIdRequired),
                typeof(ChequeNotFound),
                typeof(ChequeNotCleared),
                typeof(ChequeBounced),
                typeof(ChequeTooSmall)
            )
            .Refuses(typeof(ContractNotFound), typeof(ContractNotApplicable), typeof(InvoiceNumberUsed));
}
