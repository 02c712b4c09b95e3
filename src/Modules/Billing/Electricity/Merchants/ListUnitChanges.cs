namespace Billing.Electricity.Merchants;

/// <summary>Lists what was changed of a unit (EB-01.4).</summary>
internal static class ListUnitChanges
{
    internal sealed record Query(string UnitCode, PageRequest Page) : IQuery<Page<UnitChangeItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/units/{unitCode}/changes",
                    (string unitCode, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(unitCode, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListUnitChanges))
                .WithSummary("List changes of an accounting unit")
                .WithDescription("Lists every changed field with its old and new value, oldest first.")
                .RequireRight(ElectricityRights.See)
                .Reads<Page<UnitChangeItem>>()
                .ProducesRefusals<PageInvalid, UnitUnknown>();
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, Page<UnitChangeItem>>
    {
        protected override async Task<Outcome<Page<UnitChangeItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var unit = await db.Set<AccountingUnit>().SingleOrDefaultAsync(u => u.Code == query.UnitCode, ct);
            if (unit is null)
            {
                return new UnitUnknown();
            }

            var after = query.Page.AfterId;
            var rows = db.Set<UnitChange>().Where(c => c.UnitId == unit.Id && c.Id > after).OrderBy(c => c.Id);
            return await query.Page.Read(
                rows,
                c => c.Id,
                c => new UnitChangeItem(
                    c.Field,
                    c.Old,
                    c.New,
                    IdText.Of(c.OperatorId),
                    c.ApproverId is { } approver ? IdText.Of(approver) : null,
                    c.At.AtUtc()
                ),
                ct
            );
        }
    }
}
