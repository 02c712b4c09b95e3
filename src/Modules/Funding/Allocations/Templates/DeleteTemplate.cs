using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;

namespace Funding.Allocations.Templates;

/// <summary>Deletes an allocation template (FC-13.6); what was allocated by it stays.</summary>
internal static class DeleteTemplate
{
    internal sealed record Command(string CustomerCode, long TemplateId, string? IfMatch) : IChangeCommand<TemplateResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapDelete(
                    "/customers/{customerCode}/allocation-templates/{templateId:long}",
                    (
                        string customerCode,
                        long templateId,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(customerCode, templateId, ifMatch), ct)
                )
                .WithName(nameof(DeleteTemplate))
                .WithSummary("Delete an allocation template")
                .WithDescription("Returns the deleted template. If-Match carries the ETag that was read.")
                .RequireRight(FundingRights.EditTemplates)
                .Changes<TemplateResponse>()
                .Refuses(typeof(CustomerNotFound), typeof(CustomerOutOfReach), typeof(TooManyLookUps))
                .Refuses(typeof(TemplatesAreForMultiUser), typeof(TemplateNotFound))
                .Refuses(typeof(PreconditionRequired), typeof(PreconditionFailed));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.CustomerCode).CustomerCode();
    }

    internal sealed class Handler(TemplateDesk desk, RequestContext request) : BookingHandler<Command, TemplateResponse>
    {
        protected override async Task<Outcome<Booking<TemplateResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await desk.Template(command.CustomerCode, command.TemplateId, ct);
            if ((found.Refusal ?? EntityTag.Check(command.IfMatch, found.Value.Version)) is { } refusal)
            {
                return refusal;
            }

            var response = TemplateResponse.Of(found.Value);
            var note = new AuditNote("delete-template", $"customer:{found.Value.CustomerId}");
            return new Booking<TemplateResponse>(Ids.Next(), request.Actor, note, _ => Answer.Ok(response)).Delete(found.Value);
        }
    }
}
