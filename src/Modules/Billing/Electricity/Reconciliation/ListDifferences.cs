using Billing.Electricity.Merchants;

namespace Billing.Electricity.Reconciliation;

/// <summary>Lists differences with their ages (EB-09.3).</summary>
internal static class ListDifferences
{
    internal sealed record Query(string? UnitCode, string? Kind, string? State, DateOnly? From, DateOnly? To, PageRequest Page)
        : IQuery<Page<DifferenceResponse>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/differences",
                    (
                        string? unitCode,
                        string? kind,
                        string? state,
                        DateOnly? from,
                        DateOnly? to,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(unitCode, kind, state, from, to, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListDifferences))
                .WithSummary("List reconciliation differences")
                .WithDescription(
                    "Lists differences of units below the caller's branch, oldest first. Filter by unit, kind, state and work date."
                )
                .RequireRight(ElectricityRights.Settle)
                .Reads<Page<DifferenceResponse>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.UnitCode).Matches("^[0-9]{5,9}$");
            RuleFor(q => q.Kind).NameOf<Query, DifferenceKind>();
            RuleFor(q => q.State).NameOf<Query, DifferenceState>();
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope, TimeProvider clock) : QueryHandler<Query, Page<DifferenceResponse>>
    {
        protected override async Task<Outcome<Page<DifferenceResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var (path, after, today) = (await scope.Path(ct), query.Page.AfterId, ChinaCalendar.Today(clock));
            var unions = db.Set<Branch>().Where(b => b.Path.StartsWith(path)).Select(b => b.Id);
            var units = db.Set<AccountingUnit>().Where(u => unions.Contains(u.UnionId));
            var found = db.Set<ReconciliationDifference>().Where(d => d.Id > after);
            if (query.UnitCode is { } code)
            {
                units = units.Where(u => u.Code == code);
            }

            if (Json.Value<DifferenceKind>(query.Kind) is { } kind)
            {
                found = found.Where(d => d.Kind == kind);
            }

            if (Json.Value<DifferenceState>(query.State) is { } state)
            {
                found = found.Where(d => d.State == state);
            }

            if (query.From is { } from)
            {
                found = found.Where(d => d.WorkDate >= from);
            }

            if (query.To is { } to)
            {
                found = found.Where(d => d.WorkDate <= to);
            }

            var rows = found
                .Join(units, d => d.UnitId, u => u.Id, (difference, unit) => new { difference, unit.Code })
                .OrderBy(r => r.difference.Id);
            return await query.Page.Read(rows, r => r.difference.Id, r => DifferenceResponse.Of(r.difference, r.Code, today), ct);
        }
    }
}
