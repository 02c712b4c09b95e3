using Counter.BusinessDay;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Cards.Operations;

namespace Funding.Pending;

/// <summary>A card operation that nobody knows the end of yet.</summary>
/// <param name="OperationId" example="150224112025602">The card operation.</param>
/// <param name="Kind" example="load">What it does.</param>
/// <param name="CardNumber" example="0000019000000000">The card of the step.</param>
public sealed record UnresolvedOperation(string OperationId, string Kind, string? CardNumber);

/// <summary>Money of the branch is between books and chips; settle it, or let an approver accept carrying it over.</summary>
/// <param name="Operations">The unresolved card operations, oldest first, at most 100.</param>
public sealed record CardOperationsUnresolved(IReadOnlyList<UnresolvedOperation> Operations)
    : Refusal(
        "card-operations-unresolved",
        409,
        "The branch has unresolved card operations. Settle them, or set carryOver with an approval.",
        "本网点有未处理的异常卡片流水，请先处理，或经复核授权后结转。"
    );

/// <summary>
/// Card operations that hold money or whose end nobody knows keep the date open. One that has not begun holds nothing, and books on the date on which
/// it begins.
/// </summary>
internal sealed class UnresolvedAtDayEnd : IDayEndCheck
{
    private const int MaxShown = 100;

    public string What => "Card operations that are not settled";

    public Type Refusal => typeof(CardOperationsUnresolved);

    public ApprovalAction CarryOver { get; } =
        new("carry-over-card-operations", "Close the date and carry unresolved card operations over", "日结并结转未了卡业务");

    public async Task<DayEndFinding> Find(AppDb db, long branchId, CancellationToken ct)
    {
        var rows = await db.Set<CardOperation>()
            .Where(o => o.BranchId == branchId)
            .Where(o =>
                o.State == CardOperationState.Held || o.State == CardOperationState.Unknown || o.State == CardOperationState.Exception
            )
            .OrderBy(o => o.Id)
            .Take(MaxShown)
            .Select(o => new
            {
                o.Id,
                o.Kind,
                o.CardNumber,
            })
            .ToListAsync(ct);
        return new DayEndFinding(
            new ApprovalFact("Unresolved card operations", "未了卡业务", $"{rows.Count}"),
            rows.Count == 0
                ? null
                : new CardOperationsUnresolved([.. rows.Select(o => new UnresolvedOperation(IdText.Of(o.Id), o.Kind, o.CardNumber))])
        );
    }
}
