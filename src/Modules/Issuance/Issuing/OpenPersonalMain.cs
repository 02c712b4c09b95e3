using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Issuing;

/// <summary>Opens a personal multi-user customer and issues its main card onto a blank chip.</summary>
/// <param name="Person">The holder.</param>
/// <param name="Fees">The fees to collect.</param>
public sealed record OpenPersonalMainRequest(PersonDetails Person, IssueFees Fees);

/// <summary>个人多用户开户发卡 (FC-02): creates the card operation; customer, card and money are booked as the chip is written.</summary>
internal static class OpenPersonalMain
{
    internal sealed record Command(OpenPersonalMainRequest Body) : IBookingCommand<IssuanceStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/issuances/personal-main",
                    (OpenPersonalMainRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(OpenPersonalMain))
                .WithOperation("OpenPersonalMain")
                .WithSummary("Open an account and issue: personal multi-user main card")
                .Issues(
                    IssuanceRights.OpenPersonalMain,
                    "Opens a personal multi-user customer and issues its main card onto a blank chip."
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock)
        {
            RuleFor(c => c.Body.Person).SetValidator(new PersonDetailsValidator(clock));
            RuleFor(c => c.Body.Fees).SetValidator(new IssueFeesValidator());
        }
    }

    internal sealed class Handler(IssueDesk desk) : BookingHandler<Command, IssuanceStarted>
    {
        protected override Task<Outcome<Booking<IssuanceStarted>>> Decide(Command command, CancellationToken ct) =>
            desk.Open(
                "open-personal-main",
                CardType.PersonalMain,
                code => NewCustomer.Of(code, CustomerUse.MultiUser, command.Body.Person),
                command.Body.Fees,
                ct
            );
    }
}
