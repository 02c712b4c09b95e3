using Billing.TopUps.Sales;

namespace Billing.TopUps.Exceptions;

/// <summary>Lists what contradicts an end, and what has no end after a day (MT-01.7).</summary>
internal static class ListTopUpExceptions
{
    internal sealed record Query(string? BranchCode, string? State, PageRequest Page) : IQuery<Page<TopUpExceptionResponse>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/top-up-exceptions",
                    (string? branchCode, string? state, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(branchCode, state, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListTopUpExceptions))
                .WithSummary("List exceptions of top-ups")
                .WithDescription(
                    "Lists the exceptions of the caller's store and the stores below it, with both answers. Filter by store and state."
                )
                .RequireRight(TopUpRights.See)
                .Reads<Page<TopUpExceptionResponse>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.BranchCode).BranchCode();
            RuleFor(q => q.State).NameOf<Query, TopUpExceptionState>();
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope) : QueryHandler<Query, Page<TopUpExceptionResponse>>
    {
        protected override async Task<Outcome<Page<TopUpExceptionResponse>>> Read(Query query, CancellationToken ct)
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

            var after = query.Page.AfterId;
            var branches = db.Set<Branch>().Within(found.Value, query.BranchCode);
            var exceptions = db.Set<TopUpException>().AsNoTracking().Where(e => e.Id > after);
            if (Json.Value<TopUpExceptionState>(query.State) is { } state)
            {
                exceptions = exceptions.Where(e => e.State == state);
            }

            var rows =
                from exception in exceptions
                join topUp in db.Set<TopUp>() on exception.TopUpId equals topUp.Id
                join branch in branches on exception.BranchId equals branch.Id
                orderby exception.Id
                select new
                {
                    Exception = exception,
                    TopUp = topUp,
                    branch.Code,
                };
            return await query.Page.Read(rows, r => r.Exception.Id, r => TopUpExceptionResponse.Of(r.Exception, r.TopUp, r.Code), ct);
        }
    }
}
