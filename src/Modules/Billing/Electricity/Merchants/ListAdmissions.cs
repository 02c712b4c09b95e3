namespace Billing.Electricity.Merchants;

/// <summary>Lists admissions.</summary>
internal static class ListAdmissions
{
    internal sealed record Query(string? MerchantCode, string? State, PageRequest Page) : IQuery<Page<AdmissionResponse>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/admissions",
                    (string? merchantCode, string? state, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(merchantCode, state, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListAdmissions))
                .WithSummary("List admissions")
                .WithDescription("Lists admissions, oldest first. Filter by power group and state.")
                .RequireRight(ElectricityRights.See)
                .Reads<Page<AdmissionResponse>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.MerchantCode).Matches("^[0-9]{4}$");
            RuleFor(q => q.State).NameOf<Query, AdmissionState>();
        }
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, Page<AdmissionResponse>>
    {
        protected override async Task<Outcome<Page<AdmissionResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var after = query.Page.AfterId;
            var found = db.Set<Admission>().Where(a => a.Id > after);
            if (query.MerchantCode is { } merchant)
            {
                found = found.Where(a => a.MerchantCode == merchant);
            }

            if (Json.Value<AdmissionState>(query.State) is { } state)
            {
                found = found.Where(a => a.State == state);
            }

            var rows = found
                .Join(db.Set<Branch>(), a => a.UnionId, b => b.Id, (admission, union) => new { admission, union.Code })
                .OrderBy(r => r.admission.Id);
            return await query.Page.Read(
                rows,
                r => r.admission.Id,
                r => AdmissionResponse.Of(r.admission, r.Code, r.admission.Version),
                ct
            );
        }
    }
}
