using FluentValidation;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.Allocations;

/// <summary>主卡预分配 (FC-14): as FC-13, for the customer of the card that is present.</summary>
internal static class AllocateWithCard
{
    internal sealed record Command(long SessionId, AllocateWithCardRequest Body) : IBookingCommand<AllocateResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-sessions/{sessionId:long}/allocations",
                    (long sessionId, AllocateWithCardRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(sessionId, body), ct)
                )
                .WithName(nameof(AllocateWithCard))
                .WithOperation("AllocateWithCard")
                .WithSummary("Allocate quota to cards, main card present")
                .ForCards(
                    FundingFunctions.AllocateWithCard,
                    "Moves money and points from the quota account to reserve accounts of the customer's cards, all lines or none."
                )
                .Books<AllocateResponse>()
                .Refuses(typeof(CustomerNotFound), typeof(AllocationLinesInvalid), typeof(AllocationExceedsQuota))
                .Refuses(typeof(AllocationExceedsPoints), typeof(TemplateNotFound), typeof(TemplatesAreForMultiUser));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.SessionId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new BodyValidator());
        }
    }

    internal sealed class BodyValidator : AbstractValidator<AllocateWithCardRequest>
    {
        public BodyValidator()
        {
            this.AllocationRules(b => b.Lines, b => b.TemplateId, b => b.Remark);
        }
    }

    internal sealed class Handler(AllocationDesk desk) : BookingHandler<Command, AllocateResponse>
    {
        protected override Task<Outcome<Booking<AllocateResponse>>> Decide(Command command, CancellationToken ct) =>
            desk.ByCard(command.SessionId, command.Body, ct);
    }
}
