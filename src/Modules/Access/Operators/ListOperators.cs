using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Languages;

namespace Access.Operators;

/// <summary>Lists operators of the own branch and those below, phones masked (PL-01.10, PL-06.9).</summary>
internal static class ListOperators
{
    internal sealed record Query(string? BranchCode, PageRequest Page) : IQuery<Page<OperatorItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/operators",
                    (string? branchCode, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(branchCode, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListOperators))
                .WithSummary("List operators")
                .WithDescription(
                    "Lists operators of your own branch and of those below it, or of the branch `branchCode` only. Oldest "
                        + "first; phone numbers are masked."
                )
                .RequireRight(AccessRights.Administer)
                .Reads<Page<OperatorItem>>()
                .ProducesRefusals<PageInvalid, NotFound, BranchOutOfReach>();
    }

    internal sealed class Handler(AppDb db, BranchScope scope) : QueryHandler<Query, Page<OperatorItem>>
    {
        protected override async Task<Outcome<Page<OperatorItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var found = await scope.Find(query.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var branches = db.Set<Branch>().Within(found.Value, query.BranchCode);
            var rows =
                from person in db.Set<Operator>()
                where person.Id > query.Page.AfterId
                join branch in branches on person.BranchId equals branch.Id
                join credential in db.Set<Credential>() on person.Id equals credential.OperatorId
                orderby person.Id
                select new
                {
                    Person = person,
                    branch.Code,
                    Locked = credential.LockedAt != null,
                    credential.MustChange,
                };
            return await query.Page.Read(
                rows,
                r => r.Person.Id,
                r => new OperatorItem(
                    IdText.Of(r.Person.Id),
                    r.Code,
                    r.Person.Login,
                    r.Person.Name,
                    r.Person.Phone is null ? null : Mask.Phone(r.Person.Phone),
                    r.Person.Active,
                    r.Locked,
                    r.MustChange
                ),
                ct
            );
        }
    }
}
