using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Issuing.SubCards;

/// <summary>单位多用户主卡发副卡 (FC-08): opens a batch by the main card alone.</summary>
internal static class IssueOrganisationSubsWithCard
{
    internal sealed record Command(OpenSubCardsWithCardRequest Body) : IBookingCommand<SubCardBatchView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/issuances/organisation-sub-card-present",
                    (OpenSubCardsWithCardRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(IssueOrganisationSubsWithCard))
                .WithOperation("IssueOrganisationSubsWithCard")
                .WithSummary("Issue sub-cards to an organisation, main card present")
                .OpensSubCards(SubCardFunctions.OrganisationWithCard);
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Body.CardSessionId).NotNull().IdText();
    }

    internal sealed class Handler(SubCardOpening opening) : BookingHandler<Command, SubCardBatchView>
    {
        protected override Task<Outcome<Booking<SubCardBatchView>>> Decide(Command command, CancellationToken ct) =>
            opening.ByCard(SubCardFunctions.OrganisationWithCard, command.Body.CardSessionId, ct);
    }
}
