using Access.SystemParameters;
using FluentValidation;
using Funding.Allocations;
using Issuance.Issuing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Funding.Pending;

/// <summary>The settlement of a card operation without its card.</summary>
public enum SettleAs
{
    /// <summary>Settles the operation as done by the chip.</summary>
    Done,

    /// <summary>Settles the operation as not done by the chip.</summary>
    NotDone,
}

/// <summary>Settles a card operation whose card never came back.</summary>
/// <param name="Reason" example="The holder has moved away.">The reason for the audit trail, 1 to 200 characters.</param>
/// <param name="As">
/// The decision for an operation in state exception. The later use of the card decides an unknown operation.
/// </param>
public sealed record SettleCardOperationRequest(string Reason, SettleAs? As = null);

/// <summary>A card operation that was settled without its card.</summary>
/// <param name="OperationId">Decimal digits.</param>
/// <param name="As">How it was settled.</param>
/// <param name="SerialNumber">The serial number of the resulting transaction; null if nothing was booked.</param>
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
        : Refusal("settlement-too-early", 409, "The waiting time is not over; the card may still come back.", "等待期未满，不能处理。");

    internal sealed record SettlementDecisionNeeded()
        : Refusal(
            "settlement-decision-needed",
            422,
            "This operation needs a manual decision: set as to done or notDone.",
            "该异常须人工判定，请选择处理结果。"
        );

    internal sealed record SettlementByLaterUse()
        : Refusal(
            "settlement-by-later-use",
            422,
            "The later use of the card decides this operation. Omit the decision.",
            "该操作按卡片后续消费判定，不能指定处理结果。"
        );

    /// <summary>An issue that was given up has left neither customer nor card to confirm.</summary>
    internal sealed record SettlementNotPossible()
        : Refusal("settlement-not-possible", 409, "This operation can no longer be settled this way.", "该操作已不能按此方式处理。");

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
                    "Needs the end of the waiting time (parameter pending-settlement-days) and an approval (action "
                        + "settle-card-operation). An operation in state exception can be decided immediately."
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
