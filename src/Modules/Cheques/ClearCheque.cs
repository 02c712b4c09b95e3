using Access;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Cheques;

/// <summary>支票到账 (FC-32): the bank has paid; by the branch that received it or one above it, with approval.</summary>
internal static class ClearCheque
{
    public const string Approval = "clear-cheque";

    internal sealed record Command(long ChequeId) : IBookingCommand<ChequeBooked>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cheques/{chequeId:long}/clearing",
                    (long chequeId, Sender send, CancellationToken ct) => send.Book(new Command(chequeId), ct)
                )
                .WithName(nameof(ClearCheque))
                .WithSummary("Clear a cheque")
                .WithDescription(
                    "The cheque's money is at the bank; from now on it can be paid with. A branch above the one that received it may do this. "
                        + "Needs an approval (action clear-cheque)."
                )
                .RequireRight(ChequeRights.Clear)
                .Books<ChequeBooked>()
                .Refuses(typeof(ChequeNotFound), typeof(ChequeOfOtherBranch), typeof(ChequeCleared), typeof(ChequeBounced))
                .ProducesRefusals<ApprovalRequired, ApprovalInvalid, ApprovalExpired, ApprovalUsed>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ChequeId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, BranchTree branches, RequestContext request) : BookingHandler<Command, ChequeBooked>
    {
        protected override async Task<Outcome<Booking>> Decide(Command command, CancellationToken ct)
        {
            var cheque = await db.Set<Cheque>().SingleOrDefaultAsync(c => c.Id == command.ChequeId, ct);
            if (cheque is null)
            {
                return new ChequeNotFound();
            }

            if (!await branches.IsSameOrSuperior(request.Caller.BranchId, cheque.BranchId, ct))
            {
                return new ChequeOfOtherBranch();
            }

            if (cheque.State != ChequeState.Received)
            {
                return cheque.State == ChequeState.Cleared ? new ChequeCleared() : new ChequeBounced();
            }

            return request.IsApproved(Approval) ? Booking(cheque) : request.ApprovalRequired(Approval);
        }

        private Booking Booking(Cheque cheque)
        {
            cheque.State = ChequeState.Cleared;
            var actor = request.ApprovedActor(Approval);
            var booking = new Booking(
                Ids.Next(),
                actor,
                new AuditNote("clear-cheque", $"cheque:{cheque.Id}"),
                p => Answer.Created(ChequeHead.Location(cheque), ChequeBooked.Of(p, cheque))
            ).Update(cheque);

            // On sight the customer was credited against the paper; now the bank's money takes the paper's place.
            return booking
                .WithHead(ChequeHead.Of(booking, TransactionTypes.ChequeCleared, cheque))
                .Move(
                    new AccountRef(AccountKind.Bank, actor.BranchId),
                    cheque.OnSight ? ChequeHead.Held(cheque) : cheque.Left,
                    cheque.Amount
                );
        }
    }
}
