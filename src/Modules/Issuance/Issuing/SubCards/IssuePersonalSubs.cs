using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Issuing.SubCards;

/// <summary>个人多用户发副卡 (FC-03): opens a batch by customer code or by the main card.</summary>
internal static class IssuePersonalSubs
{
    internal sealed record Command(OpenSubCardsRequest Body) : IBookingCommand<SubCardBatchView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/issuances/personal-sub",
                    (OpenSubCardsRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(IssuePersonalSubs))
                .WithOperation("IssuePersonalSubs")
                .WithSummary("Issue sub-cards to a personal multi-user customer")
                .OpensSubCards(SubCardFunctions.Personal);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Body).SetValidator(new OpenSubCardsValidator());
    }

    internal sealed class Handler(SubCardOpening opening) : BookingHandler<Command, SubCardBatchView>
    {
        protected override Task<Outcome<Booking<SubCardBatchView>>> Decide(Command command, CancellationToken ct) =>
            command.Body.CardSessionId is { } session
                ? opening.ByCard(SubCardFunctions.Personal, session, ct)
                : opening.ByCode(SubCardFunctions.Personal, command.Body.CustomerCode!, ct);
    }
}
