using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;

namespace Funding.Allocations.Templates;

/// <summary>Shows an allocation template, with the ETag for changing it (FC-13.6).</summary>
internal static class GetTemplate
{
    internal sealed record Query(string CustomerCode, long TemplateId) : IQuery<TemplateResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/customers/{customerCode}/allocation-templates/{templateId:long}",
                    (string customerCode, long templateId, Sender send, CancellationToken ct) =>
                        send.Query(new Query(customerCode, templateId), ct)
                )
                .WithName(nameof(GetTemplate))
                .WithSummary("Get an allocation template")
                .RequireRight(FundingRights.Allocate)
                .Reads<TemplateResponse>()
                .Refuses(typeof(CustomerNotFound), typeof(CustomerOutOfReach), typeof(TooManyLookUps))
                .Refuses(typeof(TemplatesAreForMultiUser), typeof(TemplateNotFound), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.CustomerCode).CustomerCode();
    }

    internal sealed class Handler(TemplateDesk desk) : QueryHandler<Query, TemplateResponse>
    {
        protected override async Task<Outcome<TemplateResponse>> Read(Query query, CancellationToken ct)
        {
            var found = await desk.Template(query.CustomerCode, query.TemplateId, ct);
            return found.Refusal is { } refusal ? refusal : TemplateResponse.Of(found.Value);
        }
    }
}
