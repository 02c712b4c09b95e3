using FluentValidation;
using Issuance.CardSessions;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Refunds.Closing;

/// <summary>清户申请 (FC-25.1): opens the closing of a customer whose main or single card is present. Nothing changes for the customer yet.</summary>
internal static class OpenClosing
{
    internal sealed record Command(long SessionId) : IBookingCommand<ClosingView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-sessions/{sessionId:long}/closings",
                    (long sessionId, Sender send, CancellationToken ct) => send.Book(new Command(sessionId), ct)
                )
                .WithName(nameof(OpenClosing))
                .WithOperation("OpenClosing")
                .WithSummary("Open the closing of a customer")
                .ForCards(
                    RefundFunctions.OpenClosing,
                    "Lists every card of the customer and everything that keeps it from being closed, each with the call that removes it. "
                        + "The customer can do business until the closing ends."
                )
                .Books<ClosingView>()
                .Refuses(typeof(ClosingOpenAlready));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SessionId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, CardPresence presence, ClosingReader reader, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, ClosingView>
    {
        protected override async Task<Outcome<Booking<ClosingView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await presence.Find(command.SessionId, ct);
            if ((found.Refusal ?? RefundFunctions.OpenClosing.Check(found.Value)) is { } refusal)
            {
                return refusal;
            }

            var (card, customer) = found.Value;
            if (await db.Set<CustomerClosing>().AnyAsync(c => c.OpenCustomer == customer.Id, ct))
            {
                return new ClosingOpenAlready();
            }

            var id = Ids.Next();
            var closing = new CustomerClosing
            {
                Id = id,
                CustomerId = customer.Id,
                OpenCustomer = customer.Id,
                State = ClosingState.Open,
                BranchId = request.Caller.BranchId,
                OperatorId = request.Caller.OperatorId,
                OpenedAt = clock.GetUtcNow().UtcDateTime,
            };
            var view = await reader.View(closing, ct);
            return new Booking<ClosingView>(
                id,
                request.Actor,
                new AuditNote(RefundFunctions.OpenClosing.Action, $"customer:{customer.Id}"),
                _ => Answer.Created($"/v1/closings/{IdText.Of(id)}", view)
            )
                .WithHead(
                    new Transaction(id, RefundTransactions.ClosingOpened, request.Actor) { CustomerId = customer.Id, CardId = card.Id }
                )
                .Insert(closing)
                .IfDuplicate(CustomerClosing.OpenCustomerIndex, new ClosingOpenAlready());
        }
    }
}
