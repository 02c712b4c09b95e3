using Access.Branches;
using Customers;
using FluentValidation;
using Funding.Allocations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Funding.BatchRecharges;

/// <summary>Finds recharge lists by submission time, state and unit, of the own branch and those below it (FC-24.1, FC-22.1).</summary>
internal static class ListRechargeLists
{
    internal sealed record Query(
        string? State,
        string? CustomerCode,
        string? BranchCode,
        DateTimeOffset? SubmittedFrom,
        DateTimeOffset? SubmittedTo,
        PageRequest Page
    ) : IQuery<Page<RechargeListView>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/recharge-lists",
                    (
                        string? state,
                        string? customerCode,
                        string? branchCode,
                        DateTimeOffset? submittedFrom,
                        DateTimeOffset? submittedTo,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) =>
                        send.Query(
                            new Query(state, customerCode, branchCode, submittedFrom, submittedTo, new PageRequest(limit, after)),
                            ct
                        )
                )
                .WithName(nameof(ListRechargeLists))
                .WithSummary("List recharge lists")
                .WithDescription(
                    "Lists the recharge lists of your own branch and those below it, in the order of submission. state is checking, "
                        + "rejected, submitted (awaits review), voided, released, posting, finished or retrieved. submittedFrom is "
                        + "inclusive and submittedTo exclusive."
                )
                .RequireRight(FundingRights.SeeRechargeLists)
                .Reads<Page<RechargeListView>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(CustomerNotFound));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.State).NameOf<Query, RechargeListState>();
            RuleFor(q => q.CustomerCode!).CustomerCode().When(q => q.CustomerCode is not null);
            RuleFor(q => q.BranchCode).BranchCode();
        }
    }

    internal sealed class Handler(AppDb db, BranchTree branches, RequestContext request, TimeProvider clock)
        : QueryHandler<Query, Page<RechargeListView>>
    {
        protected override async Task<Outcome<Page<RechargeListView>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var own = await branches.Get(request.Caller.BranchId, ct);
            var from = query.BranchCode is { } code ? await branches.FindByCode(code, ct) : own;
            if (from is null || !own.IsSameOrSuperiorTo(from))
            {
                return new NotFound("branch");
            }

            var lists = Found(query, from.Path);
            if (query.CustomerCode is { } unit)
            {
                var customer = await db.Set<Customer>().SingleOrDefaultAsync(c => c.Code == unit, ct);
                if (customer is null)
                {
                    return new CustomerNotFound();
                }

                lists = lists.Where(l => l.CustomerId == customer.Id);
            }

            var now = clock.GetUtcNow().UtcDateTime;
            var rows = db.RechargeListRow(lists);
            return await query.Page.Read(rows, r => r.List.Id, r => RechargeListRows.View(r, now), ct);
        }

        private IQueryable<RechargeList> Found(Query query, string path)
        {
            var after = query.Page.AfterId;
            var lists = db.Set<RechargeList>()
                .Where(l => l.Id > after && db.Set<Branch>().Any(b => b.Id == l.BranchId && b.Path.StartsWith(path)));
            if (query.State is { } name)
            {
                var state = Json.Value<RechargeListState>(name);
                lists = lists.Where(l => l.State == state);
            }

            if (query.SubmittedFrom is { } from)
            {
                var utc = from.UtcDateTime;
                lists = lists.Where(l => l.SubmittedAt >= utc);
            }

            if (query.SubmittedTo is { } to)
            {
                var utc = to.UtcDateTime;
                lists = lists.Where(l => l.SubmittedAt < utc);
            }

            return lists;
        }
    }
}
