using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Issuance.CardSessions;

/// <summary>A card session is ready to verify the card. Hand the ticket to the agent.</summary>
/// <param name="SessionId">The session's id. The session represents the card after the operation is confirmed.
/// <example>126437891174400000</example></param>
/// <param name="Operation">The card operation and its ticket.</param>
public sealed record CardSessionStarted(string SessionId, CardOperationTicket Operation);

/// <summary>插卡: has the card in the reader prove that it is present, for what a typed number cannot do (FC-10, FC-12, FC-14).</summary>
internal static class OpenCardSession
{
    internal sealed record Command : IBookingCommand<CardSessionStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/card-sessions", (Sender send, CancellationToken ct) => send.Book(new Command(), ct))
                .WithName(nameof(OpenCardSession))
                .WithOperation("OpenCardSession")
                .WithSummary("Open a card session")
                .WithDescription(
                    "Verifies that the card is in the reader. Returns the ticket of a card operation. After the operation is confirmed, "
                        + "the session represents the card for ten minutes, for this operator only."
                )
                .AllowSignedIn()
                .Books<CardSessionStarted>(StatusCodes.Status202Accepted);
    }

    internal sealed class Validator : AbstractValidator<Command>;

    internal sealed class Handler(CardOperationEngine engine, CardKeyRing keys, TimeProvider clock, RequestContext request)
        : BookingHandler<Command, CardSessionStarted>
    {
        protected override Task<Outcome<Booking<CardSessionStarted>>> Decide(Command command, CancellationToken ct)
        {
            CardOperationTicket? ticket = null;
            var booking = new Booking<CardSessionStarted>(
                Ids.Next(),
                request.Actor,
                new AuditNote("open-card-session", $"operator:{request.Caller.OperatorId}"),
                _ => Answer.Accepted($"/v1/card-sessions/{ticket!.OperationId}", new CardSessionStarted(ticket.OperationId, ticket))
            );
            var start = (ScriptStep.Send)CardSessionScript.Start(keys.Context(clock));
            ticket = engine.Create(booking, new NewCardOperation(CardSessionFlow.Name, null, null, null, 0, new CardSessionOrder(), start));
            return Task.FromResult<Outcome<Booking<CardSessionStarted>>>(booking);
        }
    }
}
