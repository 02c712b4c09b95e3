using Billing.TopUps.Sales;

namespace Billing.TopUps.Exceptions;

/// <summary>Settles an exception, with approval (MT-01.7): only a person changes an end.</summary>
internal static class SettleTopUpException
{
    public static readonly ApprovalAction Action = new("settle-top-up-exception", "Settle a top-up exception", "充值异常处理");

    internal sealed record Command(long ExceptionId, SettleTopUpExceptionRequest Body) : IBookingCommand<TopUpExceptionResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/top-up-exceptions/{exceptionId:long}/settlement",
                    (long exceptionId, SettleTopUpExceptionRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(exceptionId, body), ct)
                )
                .WithName(nameof(SettleTopUpException))
                .WithOperation("SettleTopUpException")
                .WithSummary("Settle an exception of a top-up")
                .WithDescription(
                    "Needs an approval (action settle-top-up-exception). Accepting the carrier's answer changes the top-up's end and moves its "
                        + "money. Where the money was refunded before, the top-up stays failed and the carrier's credit is booked as a loss to "
                        + "claim. "
                        + "A top-up without an end cannot be settled: it ends as the carrier says."
                )
                .RequireRight(TopUpRights.Settle)
                .Books<TopUpExceptionResponse>()
                .TakesApproval()
                .ProducesRefusals<TopUpExceptionUnknown, TopUpExceptionStateForbids, BranchOutOfReach>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ExceptionId).GreaterThan(0);
            RuleFor(c => c.Body.Evidence).NotNull().PlainText(TopUpLimits.Reason);
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope, RequestContext request) : BookingHandler<Command, TopUpExceptionResponse>
    {
        protected override async Task<Outcome<Booking<TopUpExceptionResponse>>> Decide(Command command, CancellationToken ct)
        {
            var found = await db.Set<TopUpException>().AsNoTracking().SingleOrDefaultAsync(e => e.Id == command.ExceptionId, ct);
            if (found is null)
            {
                return new TopUpExceptionUnknown();
            }

            if (!await scope.Reaches(found.BranchId, ct))
            {
                return new BranchOutOfReach();
            }

            var topUp = await db.Set<TopUp>().AsNoTracking().SingleAsync(t => t.Id == found.TopUpId, ct);
            if (found.State != TopUpExceptionState.Open || StepOf(found, topUp, command.Body.Accept) is not { } settled)
            {
                return new TopUpExceptionStateForbids(found.State);
            }

            if (!request.IsApproved(Action))
            {
                return request.ApprovalRequired(Action, Subject(found, topUp, command.Body));
            }

            return await Booking(found, topUp, settled, command.Body, ct);
        }

        private static ApprovalSubject Subject(TopUpException found, TopUp topUp, SettleTopUpExceptionRequest body) =>
            new()
            {
                Amount = topUp.Amount,
                Facts =
                [
                    new ApprovalFact("Top-up", "充值流水号", topUp.SerialNumber),
                    new ApprovalFact("Our state", "本方状态", Json.Name(found.OurState), TopUpStates.Zh(found.OurState)),
                    new ApprovalFact("Carrier's answer", "运营商应答", found.TheirAnswer ?? "-"),
                    new ApprovalFact("Accept", "以运营商为准", body.Accept ? "yes" : "no", body.Accept ? "是" : "否"),
                    new ApprovalFact("Evidence", "依据", body.Evidence),
                ],
            };

        /// <summary>What it becomes, with the top-up's step where that has one; null where it cannot be.</summary>
        private static (TopUpExceptionState To, TopUpStep? Step)? StepOf(TopUpException found, TopUp topUp, bool accept)
        {
            if (found.Kind == TopUpExceptionKind.WithoutEnd)
            {
                return TopUpStates.IsEnd(topUp.State) ? (TopUpExceptionState.Kept, null) : null;
            }

            if (!accept)
            {
                return (TopUpExceptionState.Kept, null);
            }

            if (found.Kind == TopUpExceptionKind.SuccessAfterFailure && topUp is { State: TopUpState.Failed, RefundId: not null })
            {
                return (TopUpExceptionState.Loss, null);
            }

            var happened =
                found.Kind == TopUpExceptionKind.SuccessAfterFailure ? TopUpEvent.AcceptedAsCredited : TopUpEvent.AcceptedAsFailed;
            return TopUpStates.Step(topUp.State, happened) is { } step ? (TopUpExceptionState.Accepted, step) : null;
        }

        private async Task<Booking<TopUpExceptionResponse>> Booking(
            TopUpException found,
            TopUp topUp,
            (TopUpExceptionState To, TopUpStep? Step) settled,
            SettleTopUpExceptionRequest body,
            CancellationToken ct
        )
        {
            var actor = request.ApprovedActor(Action);
            (found.State, found.Evidence) = (settled.To, body.Evidence);
            (found.SettledById, found.ApproverId) = (actor.OperatorId, actor.ApproverId);
            var code = await db.Set<Branch>().Where(b => b.Id == found.BranchId).Select(b => b.Code).SingleAsync(ct);
            var response = TopUpExceptionResponse.Of(found, topUp, code);
            var booking = new Booking<TopUpExceptionResponse>(
                Ids.Next(),
                actor,
                new AuditNote(Action.Name, $"top-up:{topUp.Id}", new { body.Accept }),
                _ => Answer.Created($"/v1/top-ups/{topUp.SerialNumber}", response)
            ).Update(found);
            if (settled.Step is { } step)
            {
                topUp.FailureCode = step.To == TopUpState.Failed ? "taken-back" : null;
                return booking.Step(topUp, step);
            }

            if (settled.To == TopUpExceptionState.Loss)
            {
                topUp.LossId = booking.Id;
                booking
                    .WithHead(TopUpBookings.Head(booking, TopUpTransactions.Settled, topUp))
                    .Move(new AccountRef(TopUpAccounts.CarrierLoss, topUp.Float.Owner), topUp.Float, topUp.Amount)
                    .Update(topUp);
            }

            return booking;
        }
    }
}
