using Counter.Payments;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;

namespace Cheques;

/// <summary>支票到账 (FC-32): the bank has paid; by the branch that received it or one above it, with approval.</summary>
internal static class ClearCheque
{
    public static readonly ApprovalAction Approval = new("clear-cheque", "Clear a cheque", "支票到账");

    internal sealed record Command(long ChequeId) : IBookingCommand<ChequeBooked>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cheques/{chequeId:long}/clearing",
                    (long chequeId, Sender send, CancellationToken ct) => send.Book(new Command(chequeId), ct)
                )
                .WithName(nameof(ClearCheque))
                .WithOperation("ClearCheque")
                .WithSummary("Clear a cheque")
                .WithDescription(
                    "Confirms that the bank received the cheque's money. The cheque is then usable. A branch above the "
                        + "receiving branch may also clear it. "
                        + "Needs an approval (action clear-cheque)."
                )
                .RequireRight(ChequeRights.Clear)
                .Books<ChequeBooked>()
                .ForReceivedCheques()
                .TakesApproval();
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

            return request.IsApproved(Approval)
                ? Booking(found.Value)
                : request.ApprovalRequired(Approval, await ChequeSubject.Of(db, found.Value, found.Value.Amount, ct));
        }

        private Booking<ChequeBooked> Booking(Cheque cheque)
        {
            cheque.State = ChequeState.Cleared;
            var actor = request.ApprovedActor(Approval);
            var booking = new Booking<ChequeBooked>(
                Ids.Next(),
                actor,
                new AuditNote("clear-cheque", $"cheque:{cheque.Id}"),
                p => Answer.Created(ChequeHead.Location(cheque), ChequeBooked.Of(p, cheque))
            ).Update(cheque);

            // On sight the customer was credited against the paper; now the bank's money takes the paper's place.
            return booking
                .WithHead(ChequeHead.Of(booking, ChequeTransactions.Cleared, cheque))
                .Move(
                    new AccountRef(CounterAccounts.Bank, actor.BranchId),
                    cheque.OnSight ? ChequeHead.Held(cheque) : cheque.Left,
                    cheque.Amount
                );
        }
    }
}
