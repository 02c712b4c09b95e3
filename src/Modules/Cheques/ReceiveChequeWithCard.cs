using FluentValidation;
using Issuance.CardSessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cheques;

/// <summary>支票收取 (FC-31), for the card that is present.</summary>
internal static class ReceiveChequeWithCard
{
    internal sealed record Command(long SessionId, ReceiveChequeRequest Body) : IBookingCommand<ChequeBooked>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-sessions/{sessionId:long}/cheques",
                    (long sessionId, ReceiveChequeRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(sessionId, body), ct)
                )
                .WithName(nameof(ReceiveChequeWithCard))
                .WithOperation("ReceiveChequeWithCard")
                .WithSummary("Receive a cheque, card present")
                .ReceivesCheque(ChequeFunctions.ReceiveChequeWithCard);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SessionId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new ReceiveChequeValidator());
        }
    }

    internal sealed class Handler(CardPresence presence, ChequeReceiving receiving) : BookingHandler<Command, ChequeBooked>
    {
        protected override async Task<Outcome<Booking<ChequeBooked>>> Decide(Command command, CancellationToken ct)
        {
            var found = await presence.Find(command.SessionId, ct);
            return found.Refusal is { } refusal
                ? refusal
                : await receiving.Receive(ChequeFunctions.ReceiveChequeWithCard, found.Value, command.Body, ct);
        }
    }
}
