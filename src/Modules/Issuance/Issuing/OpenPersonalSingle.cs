using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Issuance.Issuing;

/// <summary>Opens a personal customer and issues its one card onto a blank chip.</summary>
/// <param name="Person">The holder.</param>
/// <param name="Fees">The fees to collect.</param>
public sealed record OpenPersonalSingleRequest(PersonDetails Person, IssueFees Fees);

/// <summary>个人单用户开户发卡 (FC-01): creates the card operation; customer, card and money are booked as the chip is written.</summary>
internal static class OpenPersonalSingle
{
    internal sealed record Command(OpenPersonalSingleRequest Body) : IBookingCommand<IssuanceStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/issuances/personal-single",
                    (OpenPersonalSingleRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(OpenPersonalSingle))
                .WithOperation("OpenPersonalSingle")
                .WithSummary("Open an account and issue: personal single-user card")
                .Issues(IssuanceRights.OpenPersonalSingle, "Opens a personal customer and issues its one card onto a blank chip.");
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
                "open-personal-single",
                CardType.PersonalSingle,
                code => NewCustomer.Of(code, CustomerUse.SingleUser, command.Body.Person),
                command.Body.Fees,
                ct
            );
    }
}
