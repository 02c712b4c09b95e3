using Counter.Payments;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Cheques.Claims;

/// <summary>
/// Takes the payment of a claim back, as voids and reversals take back collections: on its business date by the operator who took it, afterwards by
/// the same branch, with approval; once. What it paid is owed again.
/// </summary>
internal static class TakeClaimPaymentBack
{
    public static readonly ApprovalAction Approval = new(
        "take-claim-payment-back",
        "Void a payment of a bounced-cheque debt",
        "支票欠款收款撤销"
    );

    internal sealed record Command(long ChequeId, string SerialNumber) : IBookingCommand<ClaimPayment>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cheques/{chequeId:long}/claim-payments/{serialNumber}/void",
                    (long chequeId, string serialNumber, Sender send, CancellationToken ct) =>
                        send.Book(new Command(chequeId, serialNumber), ct)
                )
                .WithName(nameof(TakeClaimPaymentBack))
                .WithOperation("TakeClaimPaymentBack")
                .WithSummary("Void a debt payment")
                .WithDescription(
                    "On the business date of the payment, only the operator who received it can void it. Later, any operator "
                        + "of the same branch can. "
                        + "Needs an approval (action take-claim-payment-back)."
                )
                .RequireRight(ChequeRights.TakeClaimPaymentBack)
                .Books<ClaimPayment>()
                .Refuses(typeof(ChequeNotFound), typeof(ClaimPaymentNotFound), typeof(ClaimPaymentOfOthers), typeof(AlreadyCorrected))
                .TakesApproval();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ChequeId).GreaterThan(0);
            RuleFor(c => c.SerialNumber).SerialNumber();
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, ClaimPayment>
    {
        protected override async Task<Outcome<Booking<ClaimPayment>>> Decide(Command command, CancellationToken ct)
        {
            var cheque = await db.Set<Cheque>().SingleOrDefaultAsync(c => c.Id == command.ChequeId, ct);
            if (cheque is null)
            {
                return new ChequeNotFound();
            }

            var (id, of) = (SerialNumber.Parse(command.SerialNumber), IdText.Of(cheque.Id));
            var paid = await db.Set<Transaction>()
                .SingleOrDefaultAsync(t => t.Id == id && t.Type == ChequeTransactions.ClaimPayment.Name && t.Details == of, ct);
            if (paid is null)
            {
                return new ClaimPaymentNotFound();
            }

            var open = await db.OpenDate(request.Caller.BranchId, ct);
            return await db.Set<Transaction>().AnyAsync(t => t.CorrectsId == paid.Id, ct) ? new AlreadyCorrected()
                : !IsOwn(paid, request.Actor, open) ? new ClaimPaymentOfOthers()
                : !request.IsApproved(Approval) ? request.ApprovalRequired(Approval, await ChequeSubject.Of(db, cheque, paid.Amount, ct))
                : Booking(cheque, paid, await db.Set<Customer>().SingleAsync(c => c.Id == cheque.CustomerId, ct));
        }

        private static bool IsOwn(Transaction paid, Actor actor, DateOnly date) =>
            paid.BranchId == actor.BranchId && (paid.OperatorId == actor.OperatorId || date > paid.BusinessDate);

        private Booking<ClaimPayment> Booking(Cheque cheque, Transaction paid, Customer customer)
        {
            var actor = request.ApprovedActor(Approval);
            cheque.Owed = checked(cheque.Owed + paid.Amount);
            var id = Ids.Next();
            return new Booking<ClaimPayment>(
                id,
                actor,
                new AuditNote("take-claim-payment-back", $"transaction:{paid.Id}", new { cheque.Owed }),
                p => Answer.Created($"/v1/transactions/{p.SerialNumber}", ClaimPayment.Of(p, cheque, paid.Amount, SerialNumber.Of(paid.Id)))
            )
                .WithHead(Head(id, actor, paid))
                .Update(cheque)
                // The debt is there again: a refund that was decided without it is decided again.
                .Holding(customer)
                .Move(cheque.Claim, paid.PaidBy()!.Value.AccountAt(actor)!.Value, paid.Amount)
                .IfDuplicate(Transaction.CorrectsIndex, new AlreadyCorrected())
                // Decided on a date that may close before it is booked: then it lands on the next one, where the branch alone decides.
                .RefuseOn(date => IsOwn(paid, actor, date) ? null : new ClaimPaymentOfOthers());
        }

        private static Transaction Head(long id, Actor actor, Transaction paid) =>
            new(id, ChequeTransactions.ClaimPaymentVoid, actor)
            {
                CustomerId = paid.CustomerId,
                CardId = paid.CardId,
                Amount = paid.Amount,
                PaymentMethod = paid.PaymentMethod,
                ReferenceNumber = paid.ReferenceNumber,
                CorrectsId = paid.Id,
                Details = paid.Details,
            };
    }
}
