using Counter.Payments;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cheques.Claims;

/// <summary>
/// 支票欠款收取: a customer pays what it owes for a bounced cheque that it had used, all or a part. At any branch, since the debt is the
/// company's; without an approval, as other money that is taken. When nothing is owed any more, refunds are open again.
/// </summary>
internal static class PayClaim
{
    internal sealed record Command(long ChequeId, PayClaimRequest Body) : IBookingCommand<ClaimPayment>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cheques/{chequeId:long}/claim-payments",
                    (long chequeId, PayClaimRequest body, Sender send, CancellationToken ct) => send.Book(new Command(chequeId, body), ct)
                )
                .WithName(nameof(PayClaim))
                .WithOperation("PayClaim")
                .WithSummary("Record a payment of a bounced-cheque debt")
                .WithDescription(
                    "A used cheque that bounces leaves a debt of the customer, and the debt blocks refunds. Any branch receives full or "
                        + "partial payment in cash, by bank card or by transfer."
                )
                .RequireRight(ChequeRights.PayClaim)
                .Books<ClaimPayment>()
                .Refuses(typeof(ChequeNotFound), typeof(ClaimSmaller));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ChequeId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new PayClaimValidator());
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request) : BookingHandler<Command, ClaimPayment>
    {
        protected override async Task<Outcome<Booking<ClaimPayment>>> Decide(Command command, CancellationToken ct)
        {
            var cheque = await db.Set<Cheque>().SingleOrDefaultAsync(c => c.Id == command.ChequeId, ct);
            return cheque is null ? new ChequeNotFound()
                : command.Body.Amount > cheque.Owed ? new ClaimSmaller(cheque.Owed)
                : Booking(cheque, command.Body);
        }

        /// <summary>The cheque's row is written under its version, so that payments that race never receive more than is owed.</summary>
        private Booking<ClaimPayment> Booking(Cheque cheque, PayClaimRequest body)
        {
            var actor = request.Actor;
            cheque.Owed = checked(cheque.Owed - body.Amount);
            var id = Ids.Next();
            return new Booking<ClaimPayment>(
                id,
                actor,
                new AuditNote("pay-claim", $"cheque:{cheque.Id}", new { body.Amount, cheque.Owed }),
                p => Answer.Created($"/v1/transactions/{p.SerialNumber}", ClaimPayment.Of(p, cheque, body.Amount))
            )
                .WithHead(
                    new Transaction(id, ChequeTransactions.ClaimPayment, actor)
                    {
                        CustomerId = cheque.CustomerId,
                        CardId = cheque.CardId,
                        Amount = body.Amount,
                        PaymentMethod = body.PaymentMethod.ToString(),
                        ReferenceNumber = body.ReferenceNumber,
                        Remark = body.Remark,
                        Details = IdText.Of(cheque.Id),
                    }
                )
                .Update(cheque)
                .Move(body.PaymentMethod.AccountAt(actor)!.Value, cheque.Claim, body.Amount);
        }
    }
}
