using Access.Branches;
using Counter.Transactions;
using FluentValidation;
using Funding;
using Funding.Collections;
using Funding.Invoices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>An ordinary invoice to write on a recharge.</summary>
/// <param name="Number" example="04412703">The invoice number, unique, 1 to 20 characters.</param>
/// <param name="Amount" example="35000">Fen, at least 1; at most what was received, less what was refunded and is invoiced.</param>
/// <param name="OilType">The product on the invoice.</param>
public sealed record IssueInvoiceRequest(string Number, long Amount, OilType OilType);

/// <summary>An ordinary invoice of a recharge.</summary>
/// <param name="Number" example="04412703">Its number.</param>
/// <param name="RechargeSerialNumber" example="00030150224112025607">The recharge.</param>
/// <param name="Amount" example="35000">Fen.</param>
/// <param name="OilType">The product on it.</param>
/// <param name="StillOpen" example="0">Fen of the recharge that can still be invoiced.</param>
public sealed record IssuedInvoice(string Number, string RechargeSerialNumber, long Amount, OilType OilType, long StillOpen);

/// <summary>The invoices of a recharge never exceed what was received less what was refunded (FC-26.8).</summary>
/// <param name="Open">Fen that can still be invoiced.</param>
public sealed record InvoiceExceedsRecharge(long Open)
    : Refusal(
        "invoice-exceeds-recharge",
        409,
        "The amount exceeds what of the recharge can still be invoiced.",
        "金额超过该笔充值可开票的余额。"
    );

/// <summary>补开发票: what of a recharge stays received may be invoiced anew after its invoice came back (FC-26.8).</summary>
internal static class IssueInvoice
{
    internal sealed record Command(string SerialNumber, IssueInvoiceRequest Body) : IBookingCommand<IssuedInvoice>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/transactions/{serialNumber}/invoices",
                    (string serialNumber, IssueInvoiceRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(serialNumber, body), ct)
                )
                .WithName(nameof(IssueInvoice))
                .WithOperation("IssueInvoice")
                .WithSummary("Issue an invoice on a recharge")
                .WithDescription(
                    "Writes an ordinary invoice on what of a recharge was received, is not refunded and is not invoiced. Use it after a "
                        + "partial refund took the invoice back."
                )
                .RequireRight(RefundRights.IssueInvoice)
                .Books<IssuedInvoice>()
                .ProducesRefusals<TransactionNotFound, NotACollection, InvoiceExceedsRecharge, InvoiceNumberUsed>()
                .ProducesRefusals<AlreadyCorrected, RefundOfOtherBranch, VatCustomerGivesNoRefundInvoice>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SerialNumber).SerialNumber();
            RuleFor(c => c.Body.Number).NotEmpty().PlainText(Limits.InvoiceNumber);
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, Limits.RefundFen);
            RuleFor(c => c.Body.OilType).IsInEnum();
        }
    }

    internal sealed class Handler(AppDb db, TransactionTypes types, BranchTree branches, RequestContext request)
        : BookingHandler<Command, IssuedInvoice>
    {
        protected override async Task<Outcome<Booking<IssuedInvoice>>> Decide(Command command, CancellationToken ct)
        {
            var id = SerialNumber.Parse(command.SerialNumber);
            var recharge = await db.Set<Transaction>().SingleOrDefaultAsync(t => t.Id == id, ct);
            if (recharge is not { CustomerId: { } customerId } || types.Named(recharge.Type) is not { IsCorrectable: true })
            {
                return recharge is null ? new TransactionNotFound() : new NotACollection();
            }

            if (!await branches.IsSameOrSuperior(request.Caller.BranchId, recharge.BranchId, ct))
            {
                return new RefundOfOtherBranch();
            }

            if (RefundDraft.HasVat(await db.Set<Customer>().SingleAsync(c => c.Id == customerId, ct)))
            {
                return new VatCustomerGivesNoRefundInvoice();
            }

            if (await db.Set<Transaction>().AnyAsync(t => t.CorrectsId == id, ct))
            {
                return new AlreadyCorrected();
            }

            // The row first: an invoice or a refund that comes after it is read changes its version, and this is decided again.
            var row = await db.Set<RefundedRecharge>().SingleOrDefaultAsync(r => r.RechargeId == id, ct);
            var invoiced = await db.Set<Invoice>()
                .Where(i => i.TransactionId == id && i.State == InvoiceState.Issued)
                .SumAsync(i => i.Amount, ct);
            var open = recharge.Amount - (row?.Refunded ?? 0) - invoiced;
            return command.Body.Amount > open
                ? new InvoiceExceedsRecharge(Math.Max(0, open))
                : Book(command.Body, recharge, customerId, row, open - command.Body.Amount);
        }

        private Booking<IssuedInvoice> Book(
            IssueInvoiceRequest body,
            Transaction recharge,
            long customerId,
            RefundedRecharge? row,
            long stillOpen
        )
        {
            var serial = SerialNumber.Of(recharge.Id);
            var booking = new Booking<IssuedInvoice>(
                Ids.Next(),
                request.Actor,
                new AuditNote("issue-invoice", $"transaction:{recharge.Id}", new { body.Amount }),
                _ =>
                    Answer.Created(
                        $"/v1/transactions/{serial}",
                        new IssuedInvoice(body.Number, serial, body.Amount, body.OilType, stillOpen)
                    )
            )
                .Insert(Invoice.On(recharge, customerId, request.Caller.BranchId, body.Number, body.Amount, body.OilType))
                .IfDuplicate(Invoice.NumberIndex, new InvoiceNumberUsed(body.Number));
            return row is null
                ? booking.Insert(
                    new RefundedRecharge
                    {
                        RechargeId = recharge.Id,
                        CustomerId = customerId,
                        Received = recharge.Amount,
                    }
                )
                : booking.Update(row);
        }
    }
}
