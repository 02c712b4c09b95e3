using Counter.Payments;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Refunds.Refunding;

/// <summary>A payment of a refund's handling fee.</summary>
/// <param name="PaymentMethod" example="cash">cash, bankCard or transfer.</param>
/// <param name="ReferenceNumber" example="POS-20261122-0007">The number of the slip, at most 40 characters.</param>
/// <param name="InvoiceNumber" example="04412702">The fee's invoice; omit it for none.</param>
public sealed record PayRefundFeeRequest(PaymentMethod PaymentMethod, string? ReferenceNumber = null, string? InvoiceNumber = null);

/// <summary>This refund has no fee to pay, or it is paid.</summary>
public sealed record NoRefundFeeDue()
    : Refusal("no-refund-fee-due", 409, "No handling fee of this refund is due.", "该退款没有待收手续费。");

/// <summary>The handling fee of a special refund, with its own way of paying and invoice, and never netted (FC-27.1).</summary>
internal static class PayRefundFee
{
    internal sealed record Command(string SerialNumber, PayRefundFeeRequest Body) : IBookingCommand<RefundView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/refunds/{serialNumber}/fee",
                    (string serialNumber, PayRefundFeeRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(PayRefundFee))
                .WithOperation("PayRefundFee")
                .WithSummary("Record the payment of a refund's handling fee")
                .WithDescription("Receives the whole fee in cash, by bank card or by transfer, as a transaction of its own.")
                .RequireRight(RefundRights.SpecialRefund)
                .EndsRefunds()
                .ProducesRefusals<NoRefundFeeDue>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SerialNumber).SerialNumber();
            RuleFor(c => c.Body.PaymentMethod)
                .Must(m => m is PaymentMethod.Cash or PaymentMethod.BankCard or PaymentMethod.Transfer)
                .WithErrorCode("payment-method-not-available")
                .WithMessage("Pay the fee in cash, by bank card or by transfer.", "手续费只能以现金、银行卡或转账支付。");
            RuleFor(c => c.Body.ReferenceNumber).PlainText(Limits.ReferenceNumber);
            RuleFor(c => c.Body.InvoiceNumber).PlainText(Limits.InvoiceNumber);
        }
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
            if (!refund.OwesFee)
            {
                return new NoRefundFeeDue();
            }

            var (id, actor, body) = (Ids.Next(), request.Actor, command.Body);
            refund.FeePaidById = id;
            var view = await RefundViews.Read(db, refund, ct);
            return new Booking<RefundView>(
                id,
                actor,
                new AuditNote("pay-refund-fee", $"refund:{refund.Id}", new { refund.FeeDue }),
                _ => Answer.Ok(view)
            )
                .WithHead(
                    new Transaction(id, RefundTransactions.RefundFee, actor)
                    {
                        CustomerId = refund.CustomerId,
                        CardId = refund.CardId,
                        Amount = refund.FeeDue,
                        Fee = refund.FeeDue,
                        PaymentMethod = body.PaymentMethod.ToString(),
                        ReferenceNumber = body.ReferenceNumber,
                        Remark = body.InvoiceNumber,
                    }
                )
                .Move(body.PaymentMethod.AccountAt(actor)!.Value, new AccountRef(CounterAccounts.FeeIncome, actor.BranchId), refund.FeeDue)
                .Update(refund);
        }
    }
}
