using Customers;
using Customers.Reach;
using FluentValidation;
using Funding.Statements;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Funding.Contracts;

/// <summary>Lists discount contracts, ended ones too, oldest first (FC-38.1).</summary>
internal static class ListContracts
{
    /// <param name="Ended">Only ended ones, or only others; left out: both.</param>
    /// <param name="ValidOn">Only those in force on this business date.</param>
    /// <param name="CustomerCode">Only those that a payment of this customer may name.</param>
    internal sealed record Query(bool? Ended, DateOnly? ValidOn, string? CustomerCode, PageRequest Page) : IQuery<Page<ContractResponse>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/discount-contracts",
                    (bool? ended, DateOnly? validOn, string? customerCode, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(ended, validOn, customerCode, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListContracts))
                .WithSummary("List discount contracts")
                .WithDescription(
                    "Lists all contracts, including ended ones, oldest first. `validOn` selects contracts in force on a date. "
                        + "`customerCode` selects contracts for all customers or for this customer."
                )
                .RequireRight(FundingRights.SeeContracts)
                .Reads<Page<ContractResponse>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(TooManyLookUps));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.CustomerCode!).CustomerCode().When(q => q.CustomerCode is not null);
    }

    internal sealed class Handler(AppDb db, CustomerReach reach) : QueryHandler<Query, Page<ContractResponse>>
    {
        protected override async Task<Outcome<Page<ContractResponse>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            long? customer = null;
            if (query.CustomerCode is { } code)
            {
                var found = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == code, ct);
                if ((await reach.LookUp(found, ct)).Refusal is { } tooMany)
                {
                    return tooMany;
                }

                if (found is null)
                {
                    return new NotFound("customer");
                }

                customer = found.Id;
            }

            var contracts = await Found(query, customer, ct);
            var more = contracts.Count > query.Page.Size;
            var shown = more ? contracts[..query.Page.Size] : contracts;
            var codes = await CustomerCodes(db, shown, ct);
            return new Page<ContractResponse>([.. shown.Select(c => ContractResponse.Of(c, codes))], more ? Cursor.Of(shown[^1].Id) : null);
        }

        /// <summary>
        /// One more than the page holds. Whom a contract is for stands in its terms, which the database does not look into: they are read on until
        /// enough of them fit. Headquarters keeps hundreds of contracts, not millions.
        /// </summary>
        private async Task<List<DiscountContract>> Found(Query query, long? customer, CancellationToken ct)
        {
            var found = new List<DiscountContract>();
            var wanted = query.Page.Size + 1;
            var (after, last) = (query.Page.AfterId, false);
            while (found.Count < wanted && !last)
            {
                var read = await Matching(query).Where(c => c.Id > after).OrderBy(c => c.Id).Take(wanted).ToListAsync(ct);
                found.AddRange(
                    read.Where(c => customer is not { } id || c.Terms.CustomerIds.Count == 0 || c.Terms.CustomerIds.Contains(id))
                );
                last = read.Count < wanted;
                after = last ? after : read[^1].Id;
            }

            return found.Count > wanted ? found[..wanted] : found;
        }

        private IQueryable<DiscountContract> Matching(Query query)
        {
            IQueryable<DiscountContract> contracts = db.Set<DiscountContract>();
            if (query.Ended is { } ended)
            {
                contracts = contracts.Where(c => (c.EndedAt != null) == ended);
            }

            return query.ValidOn is { } date
                ? contracts.Where(c => c.EndedAt == null && c.ValidFrom <= date && c.ValidTo >= date)
                : contracts;
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
