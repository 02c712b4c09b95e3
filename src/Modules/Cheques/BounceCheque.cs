using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cheques;

/// <summary>
/// 支票退票 (FC-33): the bank does not pay. What was used of an on-sight cheque becomes a claim on the customer.
/// </summary>
internal static class BounceCheque
{
    internal sealed record Command(long ChequeId) : IBookingCommand<ChequeBooked>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cheques/{chequeId:long}/bounce",
                    (long chequeId, Sender send, CancellationToken ct) => send.Book(new Command(chequeId), ct)
                )
                .WithName(nameof(BounceCheque))
                .WithOperation("BounceCheque")
                .WithSummary("Bounce a cheque")
                .WithDescription(
                    "Bounces a cheque that is received and not cleared. The used part of an on-sight cheque becomes a debt of the "
                        + "customer. A debt appears on the account and blocks refunds."
                )
                .RequireRight(ChequeRights.Bounce)
                .Books<ChequeBooked>()
                .ForReceivedCheques();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ChequeId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, ReceivedCheques cheques, RequestContext request) : BookingHandler<Command, ChequeBooked>
    {
        protected override async Task<Outcome<Booking<ChequeBooked>>> Decide(Command command, CancellationToken ct)
        {
            var found = await cheques.Find(command.ChequeId, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var cheque = found.Value;
            var booking = Booking(cheque, await db.Balance(cheque.Left, ct));
            // No refund is paid while there is a debt: one that was decided before the debt is decided again.
            return cheque.Owed > 0 ? booking.Holding(await db.Set<Customer>().SingleAsync(c => c.Id == cheque.CustomerId, ct)) : booking;
        }

        private Booking<ChequeBooked> Booking(Cheque cheque, long left)
        {
            cheque.State = ChequeState.Bounced;
            var used = cheque.OnSight ? cheque.Amount - left : 0;
            cheque.Owed = used;
            var booking = new Booking<ChequeBooked>(
                Ids.Next(),
                request.Actor,
                new AuditNote("bounce-cheque", $"cheque:{cheque.Id}", new { left, used }),
                p => Answer.Created(ChequeHead.Location(cheque), ChequeBooked.Of(p, cheque, used))
            ).Update(cheque);
            booking.WithHead(ChequeHead.Of(booking, ChequeTransactions.Bounced, cheque));
            return cheque.OnSight
                ? booking
                    .Move(cheque.Left, ChequeHead.Held(cheque), left)
                    .Move(cheque.Claim, ChequeHead.Held(cheque), used)
                    // A payment took from it since it was read: what it took belongs to the claim. A payment that comes later finds nothing left.
                    .IfShort(cheque.Left, _ => new ConcurrentChange())
                : booking;
        }
    }
}
