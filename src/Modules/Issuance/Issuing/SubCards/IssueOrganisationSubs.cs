using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Issuing.SubCards;

/// <summary>单位多用户发副卡 (FC-07): opens a batch by customer code or by the main card.</summary>
internal static class IssueOrganisationSubs
{
    internal sealed record Command(OpenSubCardsRequest Body) : IBookingCommand<SubCardBatchView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/issuances/organisation-sub",
                    (OpenSubCardsRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(IssueOrganisationSubs))
                .WithOperation("IssueOrganisationSubs")
                .WithSummary("Issue sub-cards to an organisation")
                .OpensSubCards(SubCardFunctions.Organisation);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Body).SetValidator(new OpenSubCardsValidator());
    }

    internal sealed class Handler(SubCardOpening opening) : BookingHandler<Command, SubCardBatchView>
    {
        protected override Task<Outcome<Booking<SubCardBatchView>>> Decide(Command command, CancellationToken ct) =>
            command.Body.CardSessionId is { } session
                ? opening.ByCard(SubCardFunctions.Organisation, session, ct)
                : opening.ByCode(SubCardFunctions.Organisation, command.Body.CustomerCode!, ct);
    }
}
