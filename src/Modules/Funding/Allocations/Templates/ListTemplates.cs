using Customers.Reach;
using FluentValidation;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Funding.Allocations.Templates;

/// <summary>Lists a customer's allocation templates (FC-13.6).</summary>
internal static class ListTemplates
{
    internal sealed record Query(string CustomerCode) : IQuery<TemplateList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/customers/{customerCode}/allocation-templates",
                    (string customerCode, Sender send, CancellationToken ct) => send.Query(new Query(customerCode), ct)
                )
                .WithName(nameof(ListTemplates))
                .WithSummary("List a customer's allocation templates")
                .RequireRight(FundingRights.Allocate)
                .Reads<TemplateList>()
                .Refuses(typeof(CustomerNotFound), typeof(CustomerOutOfReach), typeof(TooManyLookUps))
                .Refuses(typeof(TemplatesAreForMultiUser), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.CustomerCode).CustomerCode();
    }

    internal sealed class Handler(AppDb db, TemplateDesk desk) : QueryHandler<Query, TemplateList>
    {
        protected override async Task<Outcome<TemplateList>> Read(Query query, CancellationToken ct)
        {
            var customer = await desk.Customer(query.CustomerCode, ct);
            if (customer.Refusal is { } refusal)
            {
                return refusal;
            }

            var customerId = customer.Value.Id;
            var rows = await db.Set<AllocationTemplate>()
                .Where(t => t.CustomerId == customerId)
                .OrderBy(t => t.Name)
                .Take(Limits.Templates)
                .ToListAsync(ct);
            return new TemplateList([.. rows.Select(t => TemplateResponse.Of(t))]);
        }
    }
}
