using Billing.Electricity.Merchants;

namespace Billing.Electricity.Reconciliation;

/// <summary>One step with a difference.</summary>
/// <param name="From" example="open">Its state before.</param>
/// <param name="To" example="asked">Its state after.</param>
/// <param name="Evidence" example="电力方回函 2010-01-06">Evidence or reason.</param>
/// <param name="Operator" example="backoffice">Who took it; system for a step of the day-end.</param>
/// <param name="Approver" example="approver">Who approved it; null without an approval.</param>
/// <param name="At">When.</param>
public sealed record DifferenceStepItem(
    DifferenceState From,
    DifferenceState To,
    string Evidence,
    string Operator,
    string? Approver,
    DateTimeOffset At
);

/// <summary>Lists what was done about a difference: evidence, who and when (EB-09.3).</summary>
internal static class ListDifferenceSteps
{
    internal sealed record Query(long DifferenceId, PageRequest Page) : IQuery<Page<DifferenceStepItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/electricity/differences/{differenceId:long}/steps",
                    (long differenceId, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(differenceId, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListDifferenceSteps))
                .WithSummary("List the steps of a difference")
                .WithDescription("Lists every step with its evidence, who took it and when, oldest first.")
                .RequireRight(ElectricityRights.Settle)
                .Reads<Page<DifferenceStepItem>>()
                .ProducesRefusals<PageInvalid, DifferenceUnknown, BranchOutOfReach>();
    }

    internal sealed class Handler(AppDb db, BranchTree tree, RequestContext request) : QueryHandler<Query, Page<DifferenceStepItem>>
    {
        protected override async Task<Outcome<Page<DifferenceStepItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var union = await db.Set<ReconciliationDifference>()
                .Where(d => d.Id == query.DifferenceId)
                .Join(db.Set<AccountingUnit>(), d => d.UnitId, u => u.Id, (d, u) => (long?)u.UnionId)
                .SingleOrDefaultAsync(ct);
            if (union is not { } unionId)
            {
                return new DifferenceUnknown();
            }

            if (!await tree.IsSameOrSuperior(request.Caller.BranchId, unionId, ct))
            {
                return new BranchOutOfReach();
            }

            var (id, after) = (query.DifferenceId, query.Page.AfterId);
            var operators = db.Set<Operator>();
            var rows = db.Set<DifferenceNote>()
                .Where(n => n.DifferenceId == id && n.Id > after)
                .OrderBy(n => n.Id)
                .Select(n => new
                {
                    Note = n,
                    Operator = operators.Where(o => o.Id == n.OperatorId).Select(o => o.Login).FirstOrDefault(),
                    Approver = operators.Where(o => o.Id == n.ApproverId).Select(o => o.Login).FirstOrDefault(),
                });
            return await query.Page.Read(
                rows,
                r => r.Note.Id,
                r => new DifferenceStepItem(r.Note.From, r.Note.To, r.Note.Evidence, r.Operator ?? "system", r.Approver, r.Note.At.AtUtc()),
                ct
            );
        }
    }
}
