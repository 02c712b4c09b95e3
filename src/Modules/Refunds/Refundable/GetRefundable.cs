using Counter.Payments;
using Customers.Reach;
using FluentValidation;
using Funding.Invoices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Refunds.Closing;

namespace Refunds.Refundable;

/// <summary>Whether a recharge was invoiced.</summary>
public enum RechargeInvoicing
{
    /// <summary>No invoice of it is outstanding.</summary>
    NotInvoiced,

    /// <summary>Invoices of it are outstanding: a refund needs them back.</summary>
    Invoiced,

    /// <summary>The customer has VAT invoices, which the branch settles apart.</summary>
    Vat,
}

/// <summary>What of one recharge is left.</summary>
/// <param name="RechargeSerialNumber" example="00030150224112025607">The recharge.</param>
/// <param name="PaymentMethod" example="cash">How it was paid; null where a unit's recharge list brought it.</param>
/// <param name="Received" example="50000">Received money in fen.</param>
/// <param name="Refunded" example="0">Fen that were refunded already.</param>
/// <param name="Spent" example="30000">Fen that are spent.</param>
/// <param name="Left" example="20000">Fen that are left.</param>
/// <param name="Ways">The ways by which they can go back.</param>
/// <param name="Invoicing" example="invoiced">Whether it was invoiced.</param>
/// <param name="Invoiced" example="50000">Fen of its outstanding invoices.</param>
public sealed record RefundableRecharge(
    string RechargeSerialNumber,
    PaymentMethod? PaymentMethod,
    long Received,
    long Refunded,
    long Spent,
    long Left,
    IReadOnlyList<RefundWay> Ways,
    RechargeInvoicing Invoicing,
    long Invoiced
);

/// <summary>What one way can carry.</summary>
/// <param name="Way" example="bankCard">The way.</param>
/// <param name="Amount" example="20000">Fen.</param>
public sealed record RefundWayTotal(RefundWay Way, long Amount);

/// <summary>What of a customer's money can be refunded.</summary>
/// <param name="CustomerCode" example="1900000009">The customer code.</param>
/// <param name="Quota" example="43000">The quota balance in fen.</param>
/// <param name="Bonus" example="3000">The bonus part of it in fen; never refunded.</param>
/// <param name="Claim" example="0">The bounced-cheque debt in fen. A debt blocks refunds.</param>
/// <param name="Refundable" example="40000">The refundable balance in fen. The lines add up to it.</param>
/// <param name="CreditOwed" example="0">The debt for collections on credit in fen.</param>
/// <param name="SetOff" example="0">Fen that are set off against that debt first, after closing.</param>
/// <param name="Closed" example="false">Whether the customer is closed.</param>
/// <param name="RefundableFrom">After closing: from when refunds are possible.</param>
/// <param name="Lines">The recharges that it is left from, newest first; at most 500.</param>
/// <param name="More" example="false">Older recharges hold more than is listed.</param>
/// <param name="Ways">What each way can carry.</param>
public sealed record RefundableView(
    string CustomerCode,
    long Quota,
    long Bonus,
    long Claim,
    long Refundable,
    long CreditOwed,
    long SetOff,
    bool Closed,
    DateTimeOffset? RefundableFrom,
    IReadOnlyList<RefundableRecharge> Lines,
    bool More,
    IReadOnlyList<RefundWayTotal> Ways
);

/// <summary>Shows what of a customer's money can be refunded, without booking it (FC-26.5, FC-27.5).</summary>
internal static class GetRefundable
{
    internal sealed record Query(string CustomerCode) : IQuery<RefundableView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/customers/{customerCode}/refundable",
                    (string customerCode, Sender send, CancellationToken ct) => send.Query(new Query(customerCode), ct)
                )
                .WithName(nameof(GetRefundable))
                .WithSummary("Get what can be refunded")
                .WithDescription(
                    "Returns the refundable balance, the recharges that it is left from with their ways and invoices, and what each way can "
                        + "carry. After closing, also the day from which refunds are possible."
                )
                .RequireRight(RefundRights.See)
                .Reads<RefundableView>()
                .ProducesRefusals<NotFound, CustomerOutOfReach, TooManyLookUps, ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.CustomerCode).CustomerCode();
    }

    internal sealed class Handler(AppDb db, CustomerReach reach, RefundableReader reader) : QueryHandler<Query, RefundableView>
    {
        protected override async Task<Outcome<RefundableView>> Read(Query query, CancellationToken ct)
        {
            var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == query.CustomerCode, ct);
            if (await reach.Whole(customer, ct) is { } refusal)
            {
                return refusal;
            }

            if (customer is null)
            {
                return new NotFound("customer");
            }

            var facts = await reader.Read(customer, ct);
            var ids = facts.Money.Lines.Select(l => l.Recharge.Id).ToArray();
            var invoiced = await db.Set<Invoice>()
                .Where(i => ids.Contains(i.TransactionId) && i.State == InvoiceState.Issued)
                .GroupBy(i => i.TransactionId)
                .Select(g => new { g.Key, Fen = g.Sum(i => i.Amount) })
                .ToDictionaryAsync(g => g.Key, g => g.Fen, ct);
            var from = await db.Set<CustomerClosing>()
                .Where(c => c.CustomerId == customer.Id && c.State == ClosingState.Closed)
                .Select(c => c.RefundableFrom)
                .SingleOrDefaultAsync(ct);
            return View(customer, facts, invoiced, from);
        }
    }

    private static RefundableView View(Customer customer, RefundableFacts facts, Dictionary<long, long> invoiced, DateTime? refundableFrom)
    {
        var closed = customer.State == CustomerState.Closed;
        // While a closed customer owes for credit, that alone can be refunded.
        var ways =
            closed && facts.Money.SetOff > 0
                ? new Dictionary<RefundWay, long> { [RefundWay.Credit] = facts.Money.SetOff }
                : facts.Money.CarriedBy();
        return new RefundableView(
            customer.Code,
            facts.Has.Quota,
            facts.Has.Bonus,
            facts.Has.Claim,
            facts.Has.Refundable,
            facts.CreditOwedAt.Values.Sum(),
            facts.Money.SetOff,
            closed,
            refundableFrom.AtUtc(),
            [.. facts.Money.Lines.Select(l => Line(l, customer, invoiced.GetValueOrDefault(l.Recharge.Id)))],
            facts.More,
            [.. ways.OrderBy(w => w.Key).Select(w => new RefundWayTotal(w.Key, w.Value))]
        );
    }

    private static RefundableRecharge Line(RefundableLine line, Customer customer, long invoiced) =>
        new(
            SerialNumber.Of(line.Recharge.Id),
            line.Recharge.PaidBy,
            line.Recharge.Received,
            line.Recharge.Refunded,
            line.Recharge.Remaining - line.Left,
            line.Left,
            line.Ways,
            Refunding.RefundDraft.HasVat(customer) ? RechargeInvoicing.Vat
                : invoiced > 0 ? RechargeInvoicing.Invoiced
                : RechargeInvoicing.NotInvoiced,
            invoiced
        );
}
