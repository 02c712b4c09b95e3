using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Refunds.Closing;

/// <summary>Gives a closing up that has not ended: everything is as before, and the cards are handed back.</summary>
internal static class GiveUpClosing
{
    internal sealed record Command(long ClosingId) : IBookingCommand<ClosingView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/closings/{closingId:long}/give-up",
                    (long closingId, Sender send, CancellationToken ct) => send.Book(new Command(closingId), ct)
                )
                .WithName(nameof(GiveUpClosing))
                .WithOperation("GiveUpClosing")
                .WithSummary("Give a closing up")
                .WithDescription("Ends an open closing without closing the customer. Hand the collected cards back.")
                .RequireRight(RefundRights.CloseCustomer)
                .Books<ClosingView>(StatusCodes.Status200OK)
                .OfClosing();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.ClosingId).GreaterThan(0);
    }

    internal sealed class Handler(ClosingReader reader, RequestContext request) : BookingHandler<Command, ClosingView>
    {
        protected override async Task<Outcome<Booking<ClosingView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await reader.FindOpen(command.ClosingId, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var closing = found.Value;
            (closing.State, closing.OpenCustomer) = (ClosingState.GivenUp, null);
            var view = await reader.View(closing, ct);
            var id = Ids.Next();
            return new Booking<ClosingView>(
                id,
                request.Actor,
                new AuditNote("give-up-closing", $"customer:{closing.CustomerId}"),
                _ => Answer.Ok(view)
            )
                .WithHead(
                    new Transaction(id, RefundTransactions.ClosingGivenUp, request.Actor)
                    {
                        CustomerId = closing.CustomerId,
                        ReferenceNumber = SerialNumber.Of(closing.Id),
                    }
                )
                .Update(closing);
        }
    }
}
