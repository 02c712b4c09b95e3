using Access;
using FluentValidation;
using Issuance.Issuing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.CardOperations;
using Platform.CardOperations.Scripts;

namespace Funding.Pending;

/// <summary>How a card operation is settled without its card.</summary>
public enum SettleAs
{
    /// <summary>As if the chip had done it.</summary>
    Done,

    /// <summary>As if the chip had not done it.</summary>
    NotDone,
}

/// <summary>Settles a card operation whose card never came back (FC-35.3).</summary>
/// <param name="Reason" example="The holder has moved away.">Why, 1 to 200 characters; for the audit trail.</param>
/// <param name="As">
/// Only for an operation in state exception, which a person decides; one that is unknown is decided by what its card did later.
/// </param>
public sealed record SettleCardOperationRequest(string Reason, SettleAs? As = null);

/// <summary>A card operation that was settled without its card.</summary>
/// <param name="OperationId">Decimal digits.</param>
/// <param name="As">How it was settled.</param>
/// <param name="SerialNumber">Of the transaction that books it; null when nothing had to be booked.</param>
public sealed record CardOperationSettled(string OperationId, SettleAs As, string? SerialNumber);

/// <summary>异常流水处理 without the card (FC-35.3): after a waiting time and with approval, by what the card did later, else as not done.</summary>
internal static class SettleCardOperation
{
    public static readonly ApprovalAction Action = new(
        "settle-card-operation",
        "Settle a pending card operation without its card",
        "异常流水处理"
    );

    internal sealed record Command(long OperationId, SettleCardOperationRequest Body) : IBookingCommand<CardOperationSettled>;

    /// <summary>The card may still come back.</summary>
    internal sealed record SettlementTooEarly(DateTimeOffset PossibleFrom)
        : Refusal("settlement-too-early", 409, "The waiting time is not over; the card may still come back.", "等待期未满,不能处理。");

    internal sealed record SettlementDecisionNeeded()
        : Refusal(
            "settlement-decision-needed",
            422,
            "This operation is for a person to decide: say as what.",
            "该异常须人工判定,请选择处理结果。"
        );

    internal sealed record SettlementByLaterUse()
        : Refusal(
            "settlement-by-later-use",
            422,
            "This operation is decided by what its card did later; give no decision.",
            "该操作按卡片后续消费判定,不能指定处理结果。"
        );

    /// <summary>An issue that was given up has left neither customer nor card to confirm.</summary>
    internal sealed record SettlementNotPossible()
        : Refusal("settlement-not-possible", 409, "This operation cannot be settled so any more.", "该操作已不能按此方式处理。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/card-operations/{operationId:long}/settlements",
                    (long operationId, SettleCardOperationRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(operationId, body), ct)
                )
                .WithName(nameof(SettleCardOperation))
                .WithOperation("SettleCardOperation")
                .WithSummary("Settle a card operation whose card never came back")
                .WithDescription(
                    "After the waiting time (parameter pending-settlement-days) and with approval (action settle-card-operation); "
                        + "one in state exception may be decided at once."
                )
                .RequireRight(FundingRights.SettleCardOperation)
                .TakesApproval()
                .Books<CardOperationSettled>()
                .Refuses(typeof(NotFound), typeof(CardOperationRunning), typeof(CardOperationNotUnknown), typeof(SettlementTooEarly))
                .Refuses(typeof(SettlementDecisionNeeded), typeof(SettlementByLaterUse), typeof(SettlementNotPossible))
                .Refuses(typeof(Loads.ReserveTooSmall), typeof(Unloads.PurseTooSmall));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.OperationId).GreaterThan(0);
            RuleFor(c => c.Body.Reason).NotNull().PlainText(Limits.Remark);
        }
    }

    internal sealed class Handler(
        AppDb db,
        CardOperationEngine engine,
        CardScripts scripts,
        Parameters parameters,
        LaterUse laterUse,
        TimeProvider clock,
        RequestContext request
    ) : BookingHandler<Command, CardOperationSettled>
    {
        protected override async Task<Outcome<Booking<CardOperationSettled>>> Decide(Command command, CancellationToken ct)
        {
            var (id, branch) = (command.OperationId, request.Caller.BranchId);
            var operation = await db.Set<CardOperation>().SingleOrDefaultAsync(o => o.Id == id && o.BranchId == branch, ct);
            if (operation is null)
            {
                return new NotFound("card operation");
            }

            if (await Refuse(operation, command.Body, ct) is { } refusal)
            {
                return refusal;
            }

            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(
                    Action,
                    new ApprovalSubject
                    {
                        CardNumber = operation.CardNumber,
                        Amount = operation.Amount,
                        Facts =
                        [
                            new ApprovalFact("Card operation", "卡业务", operation.Kind),
                            new ApprovalFact("State", "状态", Json.Name(operation.State)),
                            new ApprovalFact(
                                "Decision",
                                "处理",
                                command.Body.As is { } settled ? Json.Name(settled) : "by later use",
                                "按后续使用"
                            ),
                            new ApprovalFact("Reason", "理由", command.Body.Reason),
                        ],
                    }
                );
            }

            var done = command.Body.As is { } decided ? decided == SettleAs.Done : await ShowsDone(operation, ct);
            var booking = Booking(operation, command.Body.Reason, done ? SettleAs.Done : SettleAs.NotDone);
            return await engine.SettleWithoutCard(operation, done, booking, ct) is { } refused ? refused : booking;
        }

        private async Task<Refusal?> Refuse(CardOperation operation, SettleCardOperationRequest body, CancellationToken ct)
        {
            if (operation.EndedAt is null)
            {
                return new CardOperationRunning();
            }

            if (operation.State == CardOperationState.Exception)
            {
                var tooLate = operation.SettledAs is not null && operation.Kind == BearerCards.OperationKind && body.As == SettleAs.Done;
                return body.As is null ? new SettlementDecisionNeeded()
                    : tooLate ? new SettlementNotPossible()
                    : null;
            }

            if (operation.State != CardOperationState.Unknown)
            {
                return new CardOperationNotUnknown(operation.State.ToString());
            }

            if (body.As is not null)
            {
                return new SettlementByLaterUse();
            }

            var days = await parameters.Number(FundingParameters.PendingSettlementDays, operation.BranchId, ct);
            var from = operation.CreatedAt.AtUtc().AddDays(days);
            return clock.GetUtcNow() < from ? new SettlementTooEarly(from) : null;
        }

        private async Task<bool> ShowsDone(CardOperation operation, CancellationToken ct)
        {
            if (operation.CardId is not { } card || scripts.AttemptOf(operation) is not { } attempt)
            {
                return false;
            }

            return await laterUse.ShowsDone(card, attempt, operation.CreatedAt, ct) ?? false;
        }

        private Booking<CardOperationSettled> Booking(CardOperation operation, string reason, SettleAs settledAs)
        {
            Booking<CardOperationSettled>? booking = null;
            var id = IdText.Of(operation.Id);
            booking = new Booking<CardOperationSettled>(
                Ids.Next(),
                request.ApprovedActor(Action),
                new AuditNote(Action.Name, $"card-operation:{id}", new { settledAs, reason }),
                p =>
                    Answer.Created(
                        $"/v1/card-operations/{id}",
                        new CardOperationSettled(id, settledAs, booking!.Head is null ? null : p.SerialNumber)
                    )
            );
            return booking;
        }
    }
}
