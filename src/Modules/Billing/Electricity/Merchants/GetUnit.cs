namespace Billing.Electricity.Merchants;

/// <summary>Shows an accounting unit.</summary>
internal static class GetUnit
{
    internal sealed record Query(string UnitCode) : IQuery<UnitResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/units/{unitCode}",
                    (string unitCode, Sender send, CancellationToken ct) => send.Query(new Query(unitCode), ct)
                )
                .WithName(nameof(GetUnit))
                .WithSummary("Get an accounting unit")
                .RequireRight(ElectricityRights.See)
                .Reads<UnitResponse>()
                .ProducesRefusals<UnitUnknown>();
    }

    internal sealed class Handler(AppDb db, BranchTree tree) : QueryHandler<Query, UnitResponse>
    {
        protected override async Task<Outcome<UnitResponse>> Read(Query query, CancellationToken ct) =>
            await db.Set<AccountingUnit>().SingleOrDefaultAsync(u => u.Code == query.UnitCode, ct) is { } unit
                ? UnitResponse.Of(unit, (await tree.Get(unit.UnionId, ct)).Code, unit.Version)
                : new UnitUnknown();
    }
}
