using FluentValidation;
using Issuance.Cards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Cheques;

/// <summary>支票收取 (FC-31), for a card by its number.</summary>
internal static class ReceiveCheque
{
    internal sealed record Command(string CardNumber, ReceiveChequeRequest Body) : IBookingCommand<ChequeBooked>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/cheques",
                    (string cardNumber, ReceiveChequeRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(ReceiveCheque))
                .WithOperation("ReceiveCheque")
                .WithSummary("Receive a cheque")
                .ReceivesCheque(ChequeFunctions.ReceiveCheque);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body).SetValidator(new ReceiveChequeValidator());
        }
    }

    internal sealed class Handler(AppDb db, ChequeReceiving receiving) : BookingHandler<Command, ChequeBooked>
    {
        protected override async Task<Outcome<Booking<ChequeBooked>>> Decide(Command command, CancellationToken ct) =>
            await receiving.Receive(ChequeFunctions.ReceiveCheque, await db.CardView(command.CardNumber, ct), command.Body, ct);
    }
}
