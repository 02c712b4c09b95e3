using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Issuing;

/// <summary>Opens a multi-user organisation and issues its main card onto a blank chip.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Fees">The fees to collect.</param>
public sealed record OpenOrganisationMainRequest(OrganisationDetails Organisation, IssueFees Fees);

/// <summary>单位多用户开户发卡 (FC-06): creates the card operation; customer, card and money are booked as the chip is written.</summary>
internal static class OpenOrganisationMain
{
    internal sealed record Command(OpenOrganisationMainRequest Body) : IBookingCommand<IssuanceStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/issuances/organisation-main",
                    (OpenOrganisationMainRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(OpenOrganisationMain))
                .WithOperation("OpenOrganisationMain")
                .WithSummary("Open an account and issue: organisation multi-user main card")
                .Issues(IssuanceRights.OpenOrganisationMain, "Opens a multi-user organisation and issues its main card onto a blank chip.");
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.Body.Organisation).SetValidator(new OrganisationDetailsValidator());
            RuleFor(c => c.Body.Fees).SetValidator(new IssueFeesValidator());
        }
    }

    internal sealed class Handler(IssueDesk desk) : BookingHandler<Command, IssuanceStarted>
    {
        protected override Task<Outcome<Booking<IssuanceStarted>>> Decide(Command command, CancellationToken ct) =>
            desk.Open(
                "open-organisation-main",
                CardType.OrganisationMain,
                code => NewCustomer.Of(code, CustomerUse.MultiUser, command.Body.Organisation),
                command.Body.Fees,
                ct
            );
    }
}
