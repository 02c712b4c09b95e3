namespace Billing.Electricity.Merchants;

/// <summary>Lists accounting units.</summary>
internal static class ListUnits
{
    internal sealed record Query(string? MerchantCode, PageRequest Page) : IQuery<Page<UnitResponse>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/units",
                    (string? merchantCode, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(merchantCode, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListUnits))
                .WithSummary("List accounting units")
                .WithDescription("Lists supply companies, oldest first. Filter by power group.")
                .RequireRight(ElectricityRights.See)
                .Reads<Page<UnitResponse>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.MerchantCode).Matches("^[0-9]{4}$");
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, Page<UnitResponse>>
    {
        protected override async Task<Outcome<Page<UnitResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var after = query.Page.AfterId;
            var units = db.Set<AccountingUnit>().Where(u => u.Id > after);
            if (query.MerchantCode is { } merchant)
            {
                units = units.Where(u => u.MerchantCode == merchant);
            }

            var rows = units
                .Join(db.Set<Branch>(), u => u.UnionId, b => b.Id, (unit, union) => new { unit, union.Code })
                .OrderBy(r => r.unit.Id);
            return await query.Page.Read(rows, r => r.unit.Id, r => UnitResponse.Of(r.unit, r.Code, r.unit.Version), ct);
        }
    }
}
