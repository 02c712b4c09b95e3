using Issuance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Funding;

/// <summary>Lists discount contracts, ended ones too, oldest first (FC-38.1).</summary>
internal static class ListContracts
{
    internal sealed record Query(PageRequest Page) : IQuery<Page<ContractResponse>>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/discount-contracts",
                    (int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListContracts))
                .WithSummary("List discount contracts")
                .WithDescription("All contracts, ended ones too, oldest first.")
                .RequireRight(FundingRights.SeeContracts)
                .Reads<Page<ContractResponse>>()
                .Refuses(typeof(PageInvalid));
    }

    internal sealed class Handler(AppDb db) : QueryHandler<Query, Page<ContractResponse>>
    {
        protected override async Task<Outcome<Page<ContractResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var after = query.Page.AfterId;
            var rows = db.Set<DiscountContract>().Where(c => c.Id > after).OrderBy(c => c.Id);
            var page = await query.Page.Read(rows, c => c.Id, c => c, ct);
            var codes = await CustomerCodes(db, page.Items, ct);
            return new Page<ContractResponse>([.. page.Items.Select(c => ContractResponse.Of(c, codes))], page.Next);
        }
    }

    internal static Task<Dictionary<long, string>> CustomerCodes(AppDb db, IEnumerable<DiscountContract> contracts, CancellationToken ct)
    {
        var ids = contracts.SelectMany(c => c.Terms.CustomerIds).Distinct().ToArray();
        return db.Set<Customer>()
            .Where(c => ids.Contains(c.Id))
            .Select(c => new { c.Id, c.Code })
            .ToDictionaryAsync(c => c.Id, c => c.Code, ct);
    }
}
