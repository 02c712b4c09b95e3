using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Funding.Allocations.Templates;

/// <summary>Keeps an allocation template for a multi-user customer (FC-13.6).</summary>
internal static class CreateTemplate
{
    internal sealed record Command(string CustomerCode, TemplateRequest Body) : IBookingCommand<TemplateResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/customers/{customerCode}/allocation-templates",
                    (string customerCode, TemplateRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(customerCode, body), ct)
                )
                .WithName(nameof(CreateTemplate))
                .WithOperation("CreateTemplate")
                .WithSummary("Create an allocation template")
                .WithDescription("Creates a template for a multi-user customer. A customer has at most 100 templates.")
                .RequireRight(FundingRights.EditTemplates)
                .Books<TemplateResponse>()
                .Refuses(typeof(CustomerNotFound), typeof(CustomerOutOfReach), typeof(TooManyLookUps))
                .Refuses(typeof(TemplatesAreForMultiUser), typeof(AllocationLinesInvalid))
                .Refuses(typeof(TemplateNameTaken), typeof(TooManyTemplates));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CustomerCode).CustomerCode();
            RuleFor(c => c.Body).SetValidator(new TemplateValidator());
        }
    }

    internal sealed class Handler(AppDb db, TemplateDesk desk, RequestContext request) : BookingHandler<Command, TemplateResponse>
    {
        protected override async Task<Outcome<Booking<TemplateResponse>>> Decide(Command command, CancellationToken ct)
        {
            var customer = await desk.Customer(command.CustomerCode, ct);
            if ((customer.Refusal ?? await desk.Faults(customer.Value.Id, command.Body.Lines, ct)) is { } refusal)
            {
                return refusal;
            }

            var customerId = customer.Value.Id;
            if (await db.Set<AllocationTemplate>().CountAsync(t => t.CustomerId == customerId, ct) >= Limits.Templates)
            {
                return new TooManyTemplates(Limits.Templates);
            }

            var template = new AllocationTemplate
            {
                Id = Ids.Next(),
                CustomerId = customerId,
                Name = command.Body.Name,
                Lines = command.Body.Lines,
            };
            var response = TemplateResponse.Of(template);
            var location = $"/v1/customers/{command.CustomerCode}/allocation-templates/{response.TemplateId}";
            var note = new AuditNote("create-template", $"customer:{customerId}");
            return new Booking<TemplateResponse>(Ids.Next(), request.Actor, note, _ => Answer.Created(location, response))
                .Insert(template)
                .IfDuplicate(AllocationTemplate.NameIndex, new TemplateNameTaken());
        }
    }
}
