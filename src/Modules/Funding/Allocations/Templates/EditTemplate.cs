using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;

namespace Funding.Allocations.Templates;

/// <summary>Changes an allocation template (FC-13.6).</summary>
internal static class EditTemplate
{
    internal sealed record Command(string CustomerCode, long TemplateId, string? IfMatch, TemplateRequest Body)
        : IChangeCommand<TemplateResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPut(
                    "/customers/{customerCode}/allocation-templates/{templateId:long}",
                    (
                        string customerCode,
                        long templateId,
                        [FromHeader(Name = "If-Match")] string? ifMatch,
                        TemplateRequest body,
                        Sender send,
                        CancellationToken ct
                    ) => send.Change(new Command(customerCode, templateId, ifMatch, body), ct)
                )
                .WithName(nameof(EditTemplate))
                .WithSummary("Update an allocation template")
                .WithDescription("Replaces the template's name and lines. If-Match carries the ETag that was read.")
                .RequireRight(FundingRights.EditTemplates)
                .Changes<TemplateResponse>()
                .Refuses(typeof(CustomerNotFound), typeof(CustomerOutOfReach), typeof(TooManyLookUps))
                .Refuses(typeof(TemplatesAreForMultiUser), typeof(TemplateNotFound))
                .Refuses(typeof(AllocationLinesInvalid), typeof(TemplateNameTaken))
                .Refuses(typeof(PreconditionRequired), typeof(PreconditionFailed));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CustomerCode).CustomerCode();
            RuleFor(c => c.Body).SetValidator(new TemplateValidator());
        }
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

            var template = found.Value;
            if (await desk.Faults(template.CustomerId, command.Body.Lines, ct) is { } faults)
            {
                return faults;
            }

            (template.Name, template.Lines) = (command.Body.Name, command.Body.Lines);
            var response = TemplateResponse.Of(template, template.Version + 1);
            var note = new AuditNote("edit-template", $"customer:{template.CustomerId}");
            return new Booking<TemplateResponse>(Ids.Next(), request.Actor, note, _ => Answer.Ok(response))
                .Update(template)
                .IfDuplicate(AllocationTemplate.NameIndex, new TemplateNameTaken());
        }
    }
}
