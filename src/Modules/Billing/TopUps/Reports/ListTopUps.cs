using Billing.TopUps.Sales;

namespace Billing.TopUps.Reports;

/// <summary>在线充值报表, 找零充值报表: top-ups by store, date, state and number (MT-03.3).</summary>
internal static class ListTopUps
{
    internal sealed record Query(
        string? BranchCode,
        DateOnly? From,
        DateOnly? To,
        string? TopUpKind,
        string? TopUpState,
        string? Phone,
        string? TillNumber,
        string? ReceiptNumber,
        bool? Overdue,
        PageRequest Page
    ) : IQuery<Page<TopUpResponse>>, ITopUpFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-ups",
                    (
                        string? branchCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? topUpKind,
                        string? topUpState,
                        string? phone,
                        string? tillNumber,
                        string? receiptNumber,
                        bool? overdue,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) =>
                        send.Query(
                            new Query(
                                branchCode,
                                from,
                                to,
                                topUpKind,
                                topUpState,
                                phone,
                                tillNumber,
                                receiptNumber,
                                overdue,
                                new PageRequest(limit, after)
                            ),
                            ct
                        )
                )
                .WithName(nameof(ListTopUps))
                .WithSummary("List top-ups")
                .WithDescription(
                    "Lists the top-ups of the caller's store and the stores below it, oldest first: the online report, or the report of change "
                        + "top-ups by kind. Filter by store, receipt date, kind, state, number, till and receipt; overdue lists those without an end."
                )
                .RequireRight(TopUpRights.See)
                .Reads<Page<TopUpResponse>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(TopUpSearch search, TopUpViews views) : QueryHandler<Query, Page<TopUpResponse>>
    {
        protected override async Task<Outcome<Page<TopUpResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var found = await search.Find(query, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var after = query.Page.AfterId;
            var rows = views.Rows(found.Value.TopUps.Where(t => t.Id > after));
            return await query.Page.Read(rows, r => r.TopUp.Id, TopUpViews.Of, ct);
        }
    }
}
