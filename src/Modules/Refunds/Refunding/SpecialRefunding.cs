using Access.SystemParameters;
using FluentValidation;
using Issuance.Functions;
using Issuance.Holders;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Refunds.Refunding;

/// <summary>What both special refunds ask alike.</summary>
internal sealed class SpecialRefunding(AppDb db, MoneyReach reach, Parameters parameters, RefundBooks books, RequestContext request)
{
    public static readonly ApprovalAction Approval = new("special-refund", "Special refund", "特殊退款");

    public async Task<Outcome<RefundDraft>> Draft(CardFunction function, CardView? found, SpecialRefundRequest body, CancellationToken ct)
    {
        if (function.Check(found) is { } unusable)
        {
            return unusable;
        }

        var (card, customer) = found!;
        if (function.By == FoundBy.Number && await reach.Change(customer, cardSessionId: null, ct) is { } outOfReach)
        {
            return outOfReach;
        }

        if (await db.Set<Refund>().Where(Refund.WithFeeDue).FirstOrDefaultAsync(r => r.CustomerId == customer.Id, ct) is { } unpaid)
        {
            return new RefundFeeDue(SerialNumber.Of(unpaid.Id), unpaid.FeeDue);
        }

        var fee = body.FeeWaived ? 0 : await parameters.Number(RefundParameters.SpecialRefundFee, request.Caller.BranchId, ct);
        return await books.Draft(
            new RefundOrder(
                RefundKind.Special,
                customer,
                card,
                body.Way,
                body.Amount,
                body.ReferenceNumber,
                body.Invoices ?? RefundInvoices.None,
                body.Remark,
                body.FeeWaived,
                fee
            ),
            ct
        );
    }

    public async Task<Outcome<Booking<RefundView>>> Book(Outcome<RefundDraft> draft, CancellationToken ct) =>
        draft.Refusal is { } refusal ? refusal
        : !request.IsApproved(Approval) ? request.ApprovalRequired(Approval, RefundSubject.Of(draft.Value))
        : await books.Book(draft.Value, RefundTransactions.SpecialRefund, Approval, ct);

    public static Outcome<RefundPreview> Preview(Outcome<RefundDraft> draft) =>
        draft.Refusal is { } refusal ? refusal : draft.Value.Preview(draft.Value.Taken, bonusLapsed: 0);
}

internal sealed class SpecialRefundValidator : AbstractValidator<SpecialRefundRequest>
{
    public SpecialRefundValidator()
    {
        RuleFor(b => b.Way).IsInEnum();
        RuleFor(b => b.Amount).InclusiveBetween(1, Limits.RefundFen);
        RuleFor(b => b.ReferenceNumber).PlainText(Limits.ReferenceNumber);
        RuleFor(b => b.Remark).PlainText(Limits.Remark);
        RuleFor(b => b.Invoices!).SetValidator(new RefundInvoicesValidator()).When(b => b.Invoices is not null);
    }
}
