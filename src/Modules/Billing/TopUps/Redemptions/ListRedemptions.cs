namespace Billing.TopUps.Redemptions;

/// <summary>积分兑换报表, 移动赠券报表: redemptions by store, date, state and the first eleven characters of the code (MT-03.3).</summary>
internal static class ListRedemptions
{
    internal sealed record Query(
        string? BranchCode,
        DateOnly? From,
        DateOnly? To,
        string? RedemptionKind,
        string? RedemptionState,
        string? CodeHead,
        string? TillNumber,
        PageRequest Page
    ) : IQuery<Page<RedemptionResponse>>, IRedemptionFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/redemptions",
                    (
                        string? branchCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? redemptionKind,
                        string? redemptionState,
                        string? codeHead,
                        string? tillNumber,
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
                                redemptionKind,
                                redemptionState,
                                codeHead,
                                tillNumber,
                                new PageRequest(limit, after)
                            ),
                            ct
                        )
                )
                .WithName(nameof(ListRedemptions))
                .WithSummary("List redemptions")
                .WithDescription(
                    "Lists redemptions of points or coupons of the caller's store and the stores below it, oldest first. Filter by store, the till's "
                        + "date, kind, state, till and the first eleven characters of the code."
                )
                .RequireRight(TopUpRights.See)
                .Reads<Page<RedemptionResponse>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => this.FilterRules();
    }

    internal sealed class Handler(RedemptionSearch search) : QueryHandler<Query, Page<RedemptionResponse>>
    {
        protected override async Task<Outcome<Page<RedemptionResponse>>> Read(Query query, CancellationToken ct)
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
            var rows = search.Rows(found.Value.Redemptions.Where(r => r.Id > after));
            return await query.Page.Read(rows, r => r.Redemption.Id, r => RedemptionResponse.Of(r.Redemption, r.BranchCode), ct);
        }
    }
}
