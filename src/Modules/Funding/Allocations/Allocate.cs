using Customers.Reach;
using FluentValidation;
using Issuance.CardSessions;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;

namespace Funding.Allocations;

/// <summary>
/// Sets money and points of the quota account aside for cards of the customer, in one operation, all lines or none (FC-13.1, 13.4).
/// </summary>
internal static class Allocate
{
    internal sealed record Command(string CustomerCode, AllocateRequest Body) : IBookingCommand<AllocateResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/customers/{customerCode}/allocations",
                    (string customerCode, AllocateRequest body, Sender send, CancellationToken ct, bool dryRun = false) =>
                        dryRun
                            ? send.Query(new TryAllocation.Query(customerCode, body), ct)
                            : send.Book(new Command(customerCode, body), ct)
                )
                .WithName(nameof(Allocate))
                .WithOperation("Allocate")
                .WithSummary("Allocate quota to cards")
                .WithDescription(
                    "Moves money and points from the quota account to reserve accounts of the customer's cards, all lines or none. A "
                        + "multi-user customer's main card must be present: give its session, or use "
                        + "/card-sessions/{sessionId}/allocations. A customer outside your branch and those below it also needs a present "
                        + "card. With dryRun=true, nothing is booked and no Idempotency-Key is needed. The response (200) then shows the "
                        + "expected balances."
                )
                .RequireRight(FundingRights.Allocate)
                .Books<AllocateResponse>()
                .Produces<AllocateResponse>()
                .Refuses(typeof(CustomerNotFound), typeof(CustomerNotUsable), typeof(AllocationLinesInvalid))
                .Refuses(typeof(AllocationExceedsQuota), typeof(AllocationExceedsPoints))
                .Refuses(typeof(CustomerOutOfReach), typeof(TooManyLookUps), typeof(MainCardMustBePresent))
                .Refuses(typeof(CardSessionNotFound), typeof(CardSessionExpired))
                .Refuses(typeof(TemplateNotFound), typeof(TemplatesAreForMultiUser));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CustomerCode).CustomerCode();
            RuleFor(c => c.Body).SetValidator(new BodyValidator());
        }
    }

    internal sealed class BodyValidator : AbstractValidator<AllocateRequest>
    {
        public BodyValidator()
        {
            this.AllocationRules(b => b.Lines, b => b.TemplateId, b => b.Remark);
            RuleFor(b => b.CardSessionId).IdText();
        }
    }

    internal sealed class Handler(AllocationDesk desk) : BookingHandler<Command, AllocateResponse>
    {
        protected override Task<Outcome<Booking<AllocateResponse>>> Decide(Command command, CancellationToken ct) =>
            desk.ByCode(command.CustomerCode, command.Body, ct);
    }
}
