using Billing.Electricity.Merchants;
using Billing.Electricity.Power;
using Billing.Electricity.Quotes;
using Billing.Electricity.Reconciliation;

namespace Billing.Electricity.Days;

/// <summary>日间对账: compares count and amount during the day (EB-09.1).</summary>
internal static class CompareTotals
{
    internal sealed record Query(DateOnly Date) : IQuery<WorkDateTotals>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/work-dates/{date}/totals",
                    (DateOnly date, Sender send, CancellationToken ct) => send.Query(new Query(date), ct)
                )
                .WithName(nameof(CompareTotals))
                .WithSummary("Compare totals with the power company")
                .WithDescription("Compares counts and amounts of receivables paid on a work date, by unit, at any time of the day.")
                .RequireRight(ElectricityRights.See)
                .Reads<WorkDateTotals>()
                .ProducesRefusals<PowerSideSilent, PowerSideRefused>();
    }

    internal sealed class Handler(AppDb db, PowerClient power, BankLines lines) : QueryHandler<Query, WorkDateTotals>
    {
        protected override async Task<Outcome<WorkDateTotals>> Read(Query query, CancellationToken ct)
        {
            var answer = await power.Totals(query.Date, ct);
            if (answer.Value is not { } theirs)
            {
                return answer.No is { } no ? new PowerSideRefused(no.Code) : new PowerSideSilent();
            }

            var items = new List<UnitTotals>();
            foreach (var unit in await db.Set<AccountingUnit>().AsNoTracking().OrderBy(u => u.Code).ToListAsync(ct))
            {
                var ours = await lines.Sums(query.Date, unit.Id, ct);
                var other = theirs.Find(t => t.Unit == unit.Code) ?? new PowerTotals(unit.Code, 0, 0, 0, 0);
                if (ours.Count + other.Count > 0)
                {
                    items.Add(
                        new UnitTotals(
                            unit.Code,
                            ours.Count,
                            ours.Amount,
                            other.Count,
                            other.Amount,
                            ours.Count == other.Count && ours.Amount == other.Amount
                        )
                    );
                }
            }

            return new WorkDateTotals(query.Date, items);
        }
    }
}
