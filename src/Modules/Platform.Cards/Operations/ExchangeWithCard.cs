using System.Text;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.Ledger.Requests;

namespace Platform.Cards.Operations;

/// <summary>
/// Takes the agent's message of a card operation and gives the next commands (FC-01.6, FC-15). The ticket is the only right asked for.
/// </summary>
internal static class ExchangeWithCard
{
    private const int MaxAnswers = 32;
    private const int MaxHex = 520;

    internal sealed record Command(long OperationId, string Ticket, CardExchangeRequest Body) : IWorkCommand<string>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-operations/{operationId:long}/exchange",
                    (
                        long operationId,
                        [FromHeader(Name = "Card-Ticket")] string ticket,
                        CardExchangeRequest body,
                        Sender send,
                        CancellationToken ct
                    ) =>
                        send.Work(
                            new Command(operationId, ticket, body),
                            static reply => Results.Text(reply, "application/json", Encoding.UTF8),
                            ct
                        )
                )
                .WithName(nameof(ExchangeWithCard))
                .WithSummary("Exchange card commands and responses")
                .WithDescription(
                    "Called by the hardware agent only. The same round with the same body returns the same reply. The agent can repeat a "
                        + "request after a lost reply."
                )
                .AllowEverybody("the one-time ticket in the header Card-Ticket authorises the request")
                .Produces<CardExchangeReply>()
                .Refuses(
                    typeof(CardTicketInvalid),
                    typeof(CardRoundConflict),
                    typeof(CardOperationOver),
                    typeof(ConcurrentChange),
                    typeof(ValidationFailed)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Ticket).Length(20, 100);
            RuleFor(c => c.Body.Round).InclusiveBetween(0, 1_000);
            RuleFor(c => c.Body.Atr).MaximumLength(66);
            RuleFor(c => c.Body.Answers).Count(0, MaxAnswers).WithErrorCode("max-items");
            RuleForEach(c => c.Body.Answers)
                .ChildRules(a =>
                {
                    a.RuleFor(x => x.Data).Matches("^([0-9A-Fa-f]{2})*$").MaximumLength(MaxHex);
                    a.RuleFor(x => x.StatusWord).Matches("^[0-9A-Fa-f]{4}$");
                });
            RuleFor(c => c.Body.Failure!.Kind)
                .Must(k => k is "no-answer" or "card-removed" or "card-reset" or "transport" or "agent-restarted")
                .When(c => c.Body.Failure is not null);
            RuleFor(c => c.Body.Failure!.CommandIndex).InclusiveBetween(0, MaxAnswers).When(c => c.Body.Failure is not null);
        }
    }

    internal sealed class Handler(CardOperationEngine engine) : WorkHandler<Command, string>
    {
        protected override Task<Outcome<string>> Run(Command command, CancellationToken ct) =>
            // The agent going away must not stop a step between book and reply.
            engine.Exchange(command.OperationId, command.Ticket, command.Body, CancellationToken.None);
    }
}
