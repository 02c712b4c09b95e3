using Funding.Collections;
using Funding.Invoices;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>A refund as it is asked for.</summary>
internal sealed record RefundOrder(
    RefundKind Kind,
    Customer Customer,
    Card? Card,
    RefundWay Way,
    long? Amount,
    string? ReferenceNumber,
    RefundInvoices Invoices,
    string? Remark,
    bool FeeWaived = false,
    long FeeDue = 0
);

/// <summary>An invoice that comes back, and how much of it is used up.</summary>
internal readonly record struct InvoiceBack(Invoice Invoice, long Used);

/// <summary>A refund that nothing stands against. <see cref="Check"/> alone makes one.</summary>
internal sealed class RefundDraft
{
    private RefundDraft(RefundOrder order, RefundableFacts facts, IReadOnlyList<TakenLine> lines, IReadOnlyList<InvoiceBack> invoices) =>
        (Order, Facts, Lines, Invoices) = (order, facts, lines, invoices);

    public RefundOrder Order { get; }

    public RefundableFacts Facts { get; }

    public IReadOnlyList<TakenLine> Lines { get; }

    public IReadOnlyList<InvoiceBack> Invoices { get; }

    /// <summary>Fen of the lines.</summary>
    public long Taken => Lines.Sum(l => l.Amount);

    public long ToUnits => Lines.Where(l => l.Recharge.PaidBy is null).Sum(l => l.Amount);

    /// <summary>A customer with VAT invoices gives nothing of invoices (FC-27.3).</summary>
    public static bool HasVat(Customer customer) => customer is { Kind: CustomerKind.Organisation, InvoiceType: InvoiceType.Vat };

    /// <summary>The refund by one way, or the first reason against it. Pure.</summary>
    /// <param name="invoices">The outstanding invoices of the recharges that the way could take.</param>
    public static Outcome<RefundDraft> Check(RefundOrder order, RefundableFacts facts, IReadOnlyList<Invoice> invoices)
    {
        if (facts.Has.Claim > 0)
        {
            return new RefundBlockedByClaim(facts.Has.Claim);
        }

        var money = facts.Money;
        if (order is { Kind: RefundKind.AfterClosing, Way: not RefundWay.Credit } && money.SetOff > 0)
        {
            return new RefundDebtFirst(money.SetOff);
        }

        // At the end the debt is set off against all lines, before any payout (FC-25.8).
        var setsOff = order is { Kind: RefundKind.AfterClosing, Way: RefundWay.Credit };
        var carries = setsOff ? money.SetOff : money.Carries(order.Way);
        if (carries == 0)
        {
            return new RefundWayNotAllowed([.. money.CarriedBy().Keys.Order()]);
        }

        if (order.Amount > carries)
        {
            return new RefundExceedsWay(carries, facts.Has.Refundable);
        }

        return WithInvoices(order, facts, setsOff ? money.TakeSetOff() : money.Take(order.Way, order.Amount ?? carries), invoices);
    }

    /// <summary>The refund of these lines; a refusal where invoices are missing (FC-26.3, FC-27.3).</summary>
    public static Outcome<RefundDraft> WithInvoices(
        RefundOrder order,
        RefundableFacts facts,
        IReadOnlyList<TakenLine> lines,
        IReadOnlyList<Invoice> invoices
    )
    {
        if (HasVat(order.Customer))
        {
            return order.Invoices.IsEmpty ? new RefundDraft(order, facts, lines, []) : new VatCustomerGivesNoRefundInvoice();
        }

        var numbers = order.Invoices.ReturnedInvoices ?? [];
        var taken = lines.Select(l => l.Recharge.Id).ToHashSet();
        var returned = new List<Invoice>();
        foreach (var number in numbers.Distinct(StringComparer.Ordinal))
        {
            var invoice = invoices.FirstOrDefault(i => i.Number == number);
            if (invoice is null || !taken.Contains(invoice.TransactionId))
            {
                return new ReturnedInvoiceUnknown(number);
            }

            returned.Add(invoice);
        }

        var back = new List<InvoiceBack>();
        foreach (var line in lines)
        {
            // What stays with the customer must stay within what stays received: so as much must come back as goes out, or all there is.
            var outstanding = invoices.Where(i => i.TransactionId == line.Recharge.Id).Sum(i => i.Amount);
            var left = Math.Min(line.Amount, outstanding);
            foreach (var invoice in returned.Where(i => i.TransactionId == line.Recharge.Id))
            {
                var used = Math.Min(left, invoice.Amount);
                back.Add(new InvoiceBack(invoice, used));
                left -= used;
            }

            if (left > 0)
            {
                return new ReturnedInvoicesRequired(SerialNumber.Of(line.Recharge.Id), left);
            }
        }

        return back.Count == 0 ? new RefundDraft(order, facts, lines, back)
            : order.Invoices is { RefundInvoice: null, NoInvoice: false } ? new RefundInvoiceRequired()
            : order.Invoices.OilType is null ? new OilTypeRequired()
            : new RefundDraft(order, facts, lines, back);
    }

    public RefundPreview Preview(long paid, long bonusLapsed) =>
        new(Order.Kind, Order.Way, paid, ToUnits, bonusLapsed, Facts.Has.Refundable - Taken, Order.FeeDue, LineViews, InvoiceViews);

    public IReadOnlyList<RefundLineView> LineViews => [.. Lines.Select(l => new RefundLineView(SerialNumber.Of(l.Recharge.Id), l.Amount))];

    public IReadOnlyList<ReturnedInvoiceView> InvoiceViews =>
        [
            .. Invoices.Select(i => new ReturnedInvoiceView(
                i.Invoice.Number,
                SerialNumber.Of(i.Invoice.TransactionId),
                i.Invoice.Amount,
                i.Used
            )),
        ];
}
