using Counter.Payments;
using FluentValidation;
using Funding.Invoices;
using Issuance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>
/// 退款撤销: a refund that has not left the branch is cancelled on its business date by the operator who booked it, with approval (FC-27.6). Money,
/// recharges and invoices are then as before.
/// </summary>
internal static class CancelRefund
{
    public static readonly ApprovalAction Approval = new("cancel-refund", "Cancel a refund", "退款撤销");

    internal sealed record Command(string SerialNumber) : IBookingCommand<RefundView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/refunds/{serialNumber}/cancellation",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Book(new Command(serialNumber), ct)
                )
                .WithName(nameof(CancelRefund))
                .WithOperation("CancelRefund")
                .WithSummary("Cancel a refund")
                .WithDescription(
                    "Cancels a refund that has not left the branch: cash taken back, or a transfer not handed to the bank. Only the "
                        + "operator who booked it can do this, on its business date, with an approval (action cancel-refund). The "
                        + "returned invoices are outstanding again. A payment of its handling fee is voided first. A small refund cannot be "
                        + "cancelled."
                )
                .RequireRight(RefundRights.Cancel)
                .EndsRefunds()
                .TakesApproval()
                .Refuses(typeof(RefundCancelledByOthers), typeof(RefundReinvoiced), typeof(RefundSpentByUnit), typeof(AlreadyCorrected))
                .ProducesRefusals<RefundFeePaid>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SerialNumber).SerialNumber();
    }

    internal sealed class Handler(AppDb db, RefundEnds ends, RequestContext request) : BookingHandler<Command, RefundView>
    {
        protected override async Task<Outcome<Booking<RefundView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await ends.Find(command.SerialNumber, RefundState.Cancelled, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var refund = found.Value;
            if (refund.Kind == RefundKind.Small)
            {
                // It may have unloaded a chip, which cannot be undone.
                return new RefundStateForbids(refund.State);
            }

            if (refund.FeePaidById is { } fee)
            {
                return new RefundFeePaid(SerialNumber.Of(fee));
            }

            var head = await db.Set<Transaction>().SingleAsync(t => t.Id == refund.Id, ct);
            var open = await db.OpenDate(refund.BranchId, ct);
            if (!IsOwn(refund, head, open))
            {
                return new RefundCancelledByOthers();
            }

            var invoices = await db.Set<ReturnedInvoice>()
                .Where(r => r.RefundId == refund.Id)
                .Join(db.Set<Invoice>(), r => r.InvoiceId, i => i.Id, (_, i) => i)
                .ToListAsync(ct);
            var recharges = invoices.Select(i => i.TransactionId).Distinct().ToArray();
            if (await db.Set<Invoice>().AnyAsync(i => recharges.Contains(i.TransactionId) && i.Id > refund.Id, ct))
            {
                return new RefundReinvoiced();
            }

            if (!request.IsApproved(Approval))
            {
                return request.ApprovalRequired(
                    Approval,
                    new ApprovalSubject
                    {
                        Amount = refund.Amount,
                        Facts =
                        [
                            new ApprovalFact("Refund", "退款流水号", SerialNumber.Of(refund.Id)),
                            new ApprovalFact("Way", "退款方式", Json.Name(refund.Way), refund.Way.Zh()),
                        ],
                    }
                );
            }

            return await Cancel(refund, head, invoices, ct);
        }

        private bool IsOwn(Refund refund, Transaction head, DateOnly date) =>
            refund.BranchId == request.Caller.BranchId && refund.OperatorId == request.Caller.OperatorId && date == head.BusinessDate;

        private async Task<Booking<RefundView>> Cancel(Refund refund, Transaction head, List<Invoice> invoices, CancellationToken ct)
        {
            refund.State = RefundState.Cancelled;
            var actor = request.ApprovedActor(Approval);
            var booking = await ends.End(refund, RefundTransactions.Cancelled, actor, Approval.Name, remark: null, ct);
            await ends.GiveBack(booking, refund, ct);
            var quota = new AccountRef(IssuanceAccounts.Quota, refund.CustomerId);
            // Back from where it went: the entries say where.
            var went = await db.Set<Entry>().Where(e => e.TransactionId == refund.Id && e.Amount > 0).ToListAsync(ct);
            foreach (var entry in went)
            {
                var account = new AccountRef(TypeOf(entry.Kind), entry.Owner);
                booking.Move(account, quota, entry.Amount).IfShort(account, _ => new RefundSpentByUnit());
                if (account == refund.InTransit)
                {
                    booking.DecidedOn(account, RefundEnds.Sent);
                }
            }

            foreach (var invoice in invoices)
            {
                invoice.Reissue(booking);
            }

            return booking
                .IfDuplicate(Transaction.CorrectsIndex, new AlreadyCorrected())
                .RefuseOn(date => IsOwn(refund, head, date) ? null : new RefundCancelledByOthers());
        }

        private static AccountType TypeOf(short kind) =>
            new[]
            {
                CounterAccounts.Drawer,
                CounterAccounts.Voucher,
                CounterAccounts.Receivable,
                IssuanceAccounts.Quota,
                RefundAccounts.InTransit,
            }.Single(t => t.Number == kind);
    }
}
