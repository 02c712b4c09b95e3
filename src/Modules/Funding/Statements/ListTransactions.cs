using Access;
using Access.Audit;
using Access.Branches;
using Access.Operators;
using Counter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;

namespace Funding.Statements;

/// <summary>Lists a branch's transactions by operator, day and type (FC-43.2): the caller's own branch, or one below it.</summary>
internal static class ListTransactions
{
    internal sealed record Query(
        string? BranchCode,
        string? Operator,
        DateOnly? From,
        DateOnly? To,
        string? Type,
        int? Limit,
        string? After
    ) : IQuery<Page<StatementLine>>, IStatementFilter;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/transactions",
                    (
                        string? branchCode,
                        string? @operator,
                        DateOnly? from,
                        DateOnly? to,
                        string? type,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(branchCode, @operator, from, to, type, limit, after), ct)
                )
                .WithName(nameof(ListTransactions))
                .WithSummary("List a branch's transactions")
                .WithDescription(
                    "Lists transactions of your own branch, or of the branch `branchCode` below it, oldest first. Filters: business date "
                        + "(`from`, `to`), `operator` (a login) and `type`."
                )
                .RequireRight(CounterRights.SeeTransactions)
                .Reads<Page<StatementLine>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        private const int LoginLength = 40;

        public Validator()
        {
            RuleFor(q => q.Operator).PlainText(LoginLength);
            this.FilterRules();
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope, StatementReader statements) : QueryHandler<Query, Page<StatementLine>>
    {
        protected override async Task<Outcome<Page<StatementLine>>> Read(Query query, CancellationToken ct)
        {
            var branch = await scope.Find(query.BranchCode, ct);
            if (branch.Refusal is { } refusal)
            {
                return refusal;
            }

            var rows = db.Set<Transaction>().Matching(query, branch.Value);
            if (query.Operator is { } login)
            {
                var operators = db.Set<Operator>().Where(o => o.Login == login).Select(o => o.Id);
                rows = rows.Where(t => operators.Contains(t.OperatorId));
            }

            return await statements.Page(new StatementRows(rows, null), query.Limit, query.After, ct);
        }
    }
}
