using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Issuing;

/// <summary>Opens an organisation with one card and issues it onto a blank chip.</summary>
/// <param name="Organisation">The organisation.</param>
/// <param name="Fees">The fees to collect.</param>
public sealed record OpenOrganisationSingleRequest(OrganisationDetails Organisation, IssueFees Fees);

/// <summary>单位单用户开户发卡 (FC-05): creates the card operation; customer, card and money are booked as the chip is written.</summary>
internal static class OpenOrganisationSingle
{
    internal sealed record Command(OpenOrganisationSingleRequest Body) : IBookingCommand<IssuanceStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/issuances/organisation-single",
                    (OpenOrganisationSingleRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(OpenOrganisationSingle))
                .WithOperation("OpenOrganisationSingle")
                .WithSummary("Open an account and issue: organisation single-user card")
                .Issues(IssuanceRights.OpenOrganisationSingle, "Opens an organisation with one card and issues it onto a blank chip.");
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
                "open-organisation-single",
                CardType.OrganisationSingle,
                code => NewCustomer.Of(code, CustomerUse.SingleUser, command.Body.Organisation),
                command.Body.Fees,
                ct
            );
    }
}
