using Access;
using Access.Branches;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Funding.Pending;

/// <summary>An unsettled card operation.</summary>
/// <param name="OperationId">Decimal digits.</param>
/// <param name="BranchCode" example="10100001">The branch that began it, 8 digits.</param>
/// <param name="Kind">issue, load, points-load, recharge, unload, restrict, …</param>
/// <param name="State">
/// held: running, or the agent disconnected. unknown: read the card again. exception: needs a decision.
/// </param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="ChipSerial">The chip's serial number, hex; for an issue only.</param>
/// <param name="Amount">Fen, or points.</param>
/// <param name="Code">Why the end is unknown; null while the operation is held.</param>
/// <param name="OperatorId">The operator who started it.</param>
/// <param name="CreatedAt">When it started.</param>
/// <param name="AgeSeconds">The waiting time since the start.</param>
public sealed record PendingCardOperation(
    string OperationId,
    string BranchCode,
    string Kind,
    CardOperationState State,
    string? CardNumber,
    string? ChipSerial,
    long Amount,
    string? Code,
    string OperatorId,
    DateTimeOffset CreatedAt,
    long AgeSeconds
);

/// <summary>
/// 异常流水检查: lists card operations that hold money or whose end on the chip is unknown, of the branch and those below it, oldest first (FC-35.1).
/// </summary>
internal static class ListPendingOperations
{
    internal sealed record Query(string? BranchCode, PageRequest Page) : IQuery<Page<PendingCardOperation>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/card-operations",
                    (string? branchCode, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(branchCode, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListPendingOperations))
                .WithSummary("List unsettled card operations")
                .WithDescription(
                    "Lists operations of the caller's branch and those below it, or of the branch `branchCode` only, oldest first. A "
                        + "`held` operation is running, or its agent disconnected."
                )
                .AllowSignedIn()
                .Reads<Page<PendingCardOperation>>()
                .ProducesRefusals<PageInvalid, NotFound, BranchOutOfReach, ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.BranchCode).BranchCode();
    }

    internal sealed class Handler(AppDb db, BranchScope scope, TimeProvider clock) : QueryHandler<Query, Page<PendingCardOperation>>
    {
        protected override async Task<Outcome<Page<PendingCardOperation>>> Read(Query query, CancellationToken ct)
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
            var (after, now) = (query.Page.AfterId, clock.GetUtcNow().UtcDateTime);
            var rows =
                from operation in db.Set<CardOperation>()
                // Those that day-end asks about. A killed agent leaves its operation held until the ticket's time is over.
                where
                    operation.State == CardOperationState.Held
                    || operation.State == CardOperationState.Unknown
                    || operation.State == CardOperationState.Exception
                where operation.Id > after
                join branch in branches on operation.BranchId equals branch.Id
                orderby operation.Id
                select new { Operation = operation, branch.Code };
            return await query.Page.Read(rows, r => r.Operation.Id, r => Shown(r.Operation, r.Code, now), ct);
        }

        private static PendingCardOperation Shown(CardOperation o, string branchCode, DateTime now) =>
            new(
                IdText.Of(o.Id),
                branchCode,
                o.Kind,
                o.State,
                o.CardNumber,
                o.ChipSerial,
                o.Amount,
                o.OutcomeCode,
                IdText.Of(o.OperatorId),
                o.CreatedAt.AtUtc(),
                (long)(now - o.CreatedAt).TotalSeconds
            );
    }
}
