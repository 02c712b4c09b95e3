using Counter.Payments;
using FluentValidation;
using Funding.Collections;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Refunds.Refunding;

/// <summary>The refund's fee is not paid, so there is nothing to void.</summary>
public sealed record RefundFeeNotPaid()
    : Refusal("refund-fee-not-paid", 409, "No handling fee of this refund was paid.", "该退款未收取手续费。");

/// <summary>A fee is given back by the operator who took it, on the business date of its payment.</summary>
public sealed record RefundFeeOfOthers()
    : Refusal(
        "refund-fee-of-others",
        403,
        "Only the operator who took the fee can void its payment, and only on its business date.",
        "只能由收取手续费的同一操作员在当日营业日撤销。"
    );

/// <summary>
/// 退款手续费撤销: the payment of a refund's fee goes back in the way it came, on its business date, with approval. Then the fee is due again, or the
/// refund is cancelled (FC-27.1, FC-27.6).
/// </summary>
internal static class VoidRefundFee
{
    public static readonly ApprovalAction Approval = new("void-refund-fee", "Void the payment of a refund's fee", "退款手续费撤销");

    internal sealed record Command(string SerialNumber) : IBookingCommand<RefundView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/refunds/{serialNumber}/fee/void",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(VoidRefundFee))
                .WithOperation("VoidRefundFee")
                .WithSummary("Void the payment of a refund's handling fee")
                .WithDescription(
                    "Gives the fee back in the way it was paid. Only the operator who took it can do this, on its business date, with an "
                        + "approval (action void-refund-fee). The fee is due again, unless the refund is cancelled."
                )
                .RequireRight(RefundRights.Cancel)
                .EndsRefunds()
                .TakesApproval()
                .ProducesRefusals<RefundFeeNotPaid, RefundFeeOfOthers, AlreadyCorrected>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, RefundEnds ends, RequestContext request) : BookingHandler<Command, RefundView>
    {
        protected override async Task<Outcome<Booking<RefundView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await ends.Find(command.SerialNumber, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var refund = found.Value;
            if (refund.FeePaidById is not { } feeId)
            {
                return new RefundFeeNotPaid();
            }

            var paid = await db.Set<Transaction>().SingleAsync(t => t.Id == feeId, ct);
            var open = await db.OpenDate(paid.BranchId, ct);
            return !IsOwn(paid, open) ? new RefundFeeOfOthers()
                : !request.IsApproved(Approval) ? request.ApprovalRequired(Approval, Subject(refund, paid))
                : await Void(refund, paid, ct);
        }

        private bool IsOwn(Transaction paid, DateOnly date) =>
            paid.BranchId == request.Caller.BranchId && paid.OperatorId == request.Caller.OperatorId && date == paid.BusinessDate;

        private static ApprovalSubject Subject(Refund refund, Transaction paid) =>
            new()
            {
                Amount = paid.Amount,
                Facts =
                [
                    new ApprovalFact("Refund", "退款流水号", SerialNumber.Of(refund.Id)),
                    new ApprovalFact("Fee payment", "手续费流水号", SerialNumber.Of(paid.Id)),
                ],
            };

        private async Task<Booking<RefundView>> Void(Refund refund, Transaction paid, CancellationToken ct)
        {
            refund.FeePaidById = null;
            var (id, actor) = (Ids.Next(), request.ApprovedActor(Approval));
            var view = await RefundViews.Read(db, refund, ct);
            return new Booking<RefundView>(
                id,
                actor,
                new AuditNote(Approval.Name, $"refund:{refund.Id}", new { paid.Amount }),
                _ => Answer.Ok(view)
            )
                .WithHead(
                    new Transaction(id, RefundTransactions.RefundFeeVoid, actor)
                    {
                        CustomerId = paid.CustomerId,
                        CardId = paid.CardId,
                        Amount = paid.Amount,
                        Fee = paid.Fee,
                        PaymentMethod = paid.PaymentMethod,
                        ReferenceNumber = paid.ReferenceNumber,
                        CorrectsId = paid.Id,
                    }
                )
                .Move(new AccountRef(CounterAccounts.FeeIncome, paid.BranchId), paid.PaidBy()!.Value.AccountAt(actor)!.Value, paid.Amount)
                .Update(refund)
                .IfDuplicate(Transaction.CorrectsIndex, new AlreadyCorrected())
                .RefuseOn(date => IsOwn(paid, date) ? null : new RefundFeeOfOthers());
        }
    }
}
