using Customers.Reach;
using FluentValidation;
using Funding.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Refunds.Refunding;

/// <summary>What the routes of refunds say alike.</summary>
internal static class RefundRoutes
{
    /// <summary>Books a refund with approval, or shows what it would do.</summary>
    public static RouteHandlerBuilder Refunds(this RouteHandlerBuilder route) =>
        route
            .Books<RefundView>()
            .Produces<RefundPreview>()
            .TakesApproval()
            .Refuses(typeof(RefundBlockedByClaim), typeof(RefundWayNotAllowed), typeof(RefundExceedsWay), typeof(CustomerOutOfReach))
            .Refuses(
                typeof(ReturnedInvoicesRequired),
                typeof(ReturnedInvoiceUnknown),
                typeof(RefundInvoiceRequired),
                typeof(OilTypeRequired),
                typeof(VatCustomerGivesNoRefundInvoice)
            );

    public const string DryRun =
        " With dryRun=true, nothing is booked and neither Idempotency-Key nor approval is needed. The response (200) then shows the figures.";
}

internal sealed class RefundInvoicesValidator : AbstractValidator<RefundInvoices>
{
    public RefundInvoicesValidator()
    {
        RuleFor(i => i.ReturnedInvoices).Count(0, Limits.Invoices);
        RuleForEach(i => i.ReturnedInvoices).PlainText(Limits.InvoiceNumber);
        RuleFor(i => i.RefundInvoice).PlainText(Limits.InvoiceNumber);
        RuleFor(i => i.OilType).IsInEnum();
        RuleFor(i => i.NoInvoice)
            .Equal(false)
            .When(i => i.RefundInvoice is not null)
            .WithMessage("Give the refund invoice's number or noInvoice, not both.", "退款发票号与不开发票只能选一项。");
    }
}
