using FluentValidation;
using Funding.Allocations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Refunds.Closing;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>The customer is not closed, so this refund is not for it.</summary>
public sealed record CustomerNotClosed() : Refusal("customer-not-closed", 409, "The customer is not closed.", "客户未清户。");

/// <summary>Consumption may still arrive, or purses are not swept yet (FC-26.1).</summary>
/// <param name="RefundableFrom">From when refunds are possible.</param>
public sealed record RefundWaits(DateTimeOffset RefundableFrom)
    : Refusal(
        "refund-waits",
        409,
        "Refunds wait for late consumption. The problem says from when they are possible.",
        "须等待迟到消费期满后方可退款，起始时间见 refundableFrom。"
    );

/// <summary>清户退款 (FC-26): all that one way can carry of what a closed customer has left.</summary>
internal static class RefundAfterClosing
{
    public static readonly ApprovalAction Approval = new("refund-after-closing", "Refund after closing", "清户退款");

    internal sealed record Command(string CustomerCode, RefundAfterClosingRequest Body) : IBookingCommand<RefundView>;

    internal sealed record Query(string CustomerCode, RefundAfterClosingRequest Body) : IQuery<RefundPreview>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/customers/{customerCode}/refunds",
                    (string customerCode, RefundAfterClosingRequest body, Sender send, CancellationToken ct, bool dryRun = false) =>
                        dryRun ? send.Query(new Query(customerCode, body), ct) : send.Book(new Command(customerCode, body), ct)
                )
                .WithName(nameof(RefundAfterClosing))
                .WithOperation("RefundAfterClosing")
                .WithSummary("Refund after closing")
                .WithDescription(
                    "Refunds what a closed customer has left of all recharges that allow the way; at most 500 at once. Possible after "
                        + "the waiting time for late consumption. A debt for collections on credit is set off first, by the way credit. "
                        + "A refund by bank card, cheque or transfer is sent until you confirm it. Needs an approval (action "
                        + "refund-after-closing)."
                        + RefundRoutes.DryRun
                )
                .RequireRight(RefundRights.Refund)
                .Refunds()
                .ProducesRefusals<CustomerNotFound, CustomerNotClosed, RefundWaits, RefundDebtFirst>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CustomerCode).CustomerCode();
            RuleFor(c => c.Body).SetValidator(new BodyValidator());
        }
    }

    internal sealed class QueryValidator : AbstractValidator<Query>
    {
        public QueryValidator()
        {
            RuleFor(c => c.CustomerCode).CustomerCode();
            RuleFor(c => c.Body).SetValidator(new BodyValidator());
        }
    }

    internal sealed class BodyValidator : AbstractValidator<RefundAfterClosingRequest>
    {
        public BodyValidator()
        {
            RuleFor(b => b.Way).IsInEnum();
            RuleFor(b => b.ReferenceNumber).NotEmpty().PlainText(Limits.ReferenceNumber);
            RuleFor(b => b.Remark).PlainText(Limits.Remark);
            RuleFor(b => b.Invoices!).SetValidator(new RefundInvoicesValidator()).When(b => b.Invoices is not null);
        }
    }

    /// <summary>Asks all that both do.</summary>
    internal sealed class Asked(AppDb db, ReachedCustomers customers, RefundBooks books, TimeProvider clock)
    {
        public async Task<Outcome<RefundDraft>> Draft(string customerCode, RefundAfterClosingRequest body, CancellationToken ct)
        {
            var found = await customers.Find(customerCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var customer = found.Value;
            if (customer.State != CustomerState.Closed)
            {
                return new CustomerNotClosed();
            }

            var closing = await db.Set<CustomerClosing>()
                .Where(c => c.CustomerId == customer.Id && c.State == ClosingState.Closed)
                .SingleAsync(ct);
            if (closing.SweptAt is null || closing.RefundableFrom > clock.GetUtcNow().UtcDateTime)
            {
                return new RefundWaits(closing.RefundableFrom!.Value.AtUtc());
            }

            return await books.Draft(
                new RefundOrder(
                    RefundKind.AfterClosing,
                    customer,
                    Card: null,
                    body.Way,
                    Amount: null,
                    body.ReferenceNumber,
                    body.Invoices ?? RefundInvoices.None,
                    body.Remark
                ),
                ct
            );
        }
    }

    internal sealed class Handler(Asked asked, RefundBooks books, RequestContext request) : BookingHandler<Command, RefundView>
    {
        protected override async Task<Outcome<Booking<RefundView>>> Decide(Command command, CancellationToken ct)
        {
            var draft = await asked.Draft(command.CustomerCode, command.Body, ct);
            return draft.Refusal is { } refusal ? refusal
                : !request.IsApproved(Approval) ? request.ApprovalRequired(Approval, RefundSubject.Of(draft.Value))
                : await books.Book(draft.Value, RefundTransactions.Refund, Approval, ct);
        }
    }

    internal sealed class QueryHandler(Asked asked) : QueryHandler<Query, RefundPreview>
    {
        protected override async Task<Outcome<RefundPreview>> Read(Query query, CancellationToken ct)
        {
            var draft = await asked.Draft(query.CustomerCode, query.Body, ct);
            return draft.Refusal is { } refusal ? refusal : draft.Value.Preview(draft.Value.Taken, bonusLapsed: 0);
        }
    }
}

/// <summary>What an approver is told of a refund.</summary>
internal static class RefundSubject
{
    public static ApprovalSubject Of(RefundDraft draft) =>
        new()
        {
            CustomerCode = draft.Order.Customer.Code,
            CustomerName = draft.Order.Customer.Name,
            CardNumber = draft.Order.Card?.Number,
            Amount = draft.Taken,
            Facts =
            [
                new ApprovalFact("Way", "退款方式", Json.Name(draft.Order.Way), draft.Order.Way.Zh()),
                ApprovalFact.Yuan("Refundable balance", "可退余额", draft.Facts.Has.Refundable),
                ApprovalFact.Yuan("Handling fee", "手续费", draft.Order.FeeDue),
                new ApprovalFact("Recharges", "充值笔数", draft.Lines.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ],
        };
}
