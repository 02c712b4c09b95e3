using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Issuance.Issuing.SubCards;

/// <summary>Issues one sub-card of a batch onto a blank chip.</summary>
/// <param name="Fees">The fees. Later cards use the card fee and deposit of the first card.</param>
/// <param name="More">Only at the limit: number of further cards in this batch, including this one, 1 to 1,000. Ignored otherwise.</param>
/// <param name="Plate">Vehicle plate, optional, at most 16 characters. <example>京A12345</example></param>
public sealed record IssueSubCardRequest(IssueFees Fees, int? More = null, string? Plate = null);

/// <summary>发副卡 (FC-03.2 to 03.5): one card of a batch, its own transaction; the amounts and the approval beyond the limit are the batch's.</summary>
internal static class IssueSubCard
{
    /// <summary>One approval for exactly N cards beyond the limit.</summary>
    public static readonly ApprovalAction MoreApproval = new(
        "sub-cards-beyond-limit",
        "Issue sub-cards beyond the limit",
        "副卡超过数量上限"
    );

    /// <summary>The first card of a batch, beyond the limit and at other amounts than the set ones: one approver sees both.</summary>
    public static readonly ApprovalAction BothApproval = new(
        "sub-cards-beyond-limit-and-fee-differs",
        "Issue sub-cards beyond the limit, with fees that differ from the standard",
        "副卡超过数量上限，且发卡收费与标准不一致"
    );

    internal sealed record Command(long BatchId, IssueSubCardRequest Body) : IBookingCommand<IssuanceStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/sub-card-batches/{batchId:long}/cards",
                    (long batchId, IssueSubCardRequest body, Sender send, CancellationToken ct) => send.Book(new Command(batchId, body), ct)
                )
                .WithName(nameof(IssueSubCard))
                .WithOperation("IssueSubCard")
                .WithSummary("Issue the next sub-card of a batch")
                .WithDescription(
                    "Returns the ticket of a card operation. Needs a blank chip, and the right of the function that opened the batch. "
                        + "Fees that differ from the standard need an approval on the first card (action issue-fee-differs). At the "
                        + "limit, the refusal sub-card-limit-reached asks for the number of further cards. One approval (action "
                        + "sub-cards-beyond-limit) covers exactly these cards. The batch ends after them."
                )
                .AllowSignedIn()
                .Books<IssuanceStarted>(StatusCodes.Status202Accepted)
                .Refuses(typeof(NotFound), typeof(RightMissing), typeof(CustomerNotUsable), typeof(SubCardBatchOver))
                .Refuses(typeof(SubCardAmountsDiffer), typeof(SubCardLimitReached), typeof(FeeChequeNotUsable), typeof(NameNotEncodable))
                .TakesApproval();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.BatchId).GreaterThan(0);
            RuleFor(c => c.Body.Fees).SetValidator(new IssueFeesValidator(takesCheques: true));
            RuleFor(c => c.Body.More).InclusiveBetween(1, SubCardBatches.MaxCards);
            RuleFor(c => c.Body.Plate).PlainText(16);
        }
    }

    internal sealed class Handler(
        AppDb db,
        IssueDesk desk,
        ChipNames names,
        SubCardLimit subCards,
        ChequeForFees cheques,
        TimeProvider clock,
        RequestContext request
    ) : BookingHandler<Command, IssuanceStarted>
    {
        protected override async Task<Outcome<Booking<IssuanceStarted>>> Decide(Command command, CancellationToken ct)
        {
            if (!SubCardFunctions.All.Any(f => request.Caller.Has(f.Right)))
            {
                return new RightMissing(SubCardFunctions.Personal.Right.Name);
            }

            var batch = await db.Set<SubCardBatch>().SingleOrDefaultAsync(b => b.Id == command.BatchId, ct);
            if (batch is null || batch.OperatorId != request.Caller.OperatorId || batch.BranchId != request.Caller.BranchId)
            {
                return new NotFound("batch");
            }

            var customer = await db.Set<Customer>().SingleAsync(c => c.Id == batch.CustomerId, ct);
            var (limit, valid) = await subCards.Read(batch.CustomerId, batch.BranchId, ct);
            var step = SubCardLimit.Next(limit, valid, batch);
            if (Refusal(command.Body, batch, customer, step, limit, valid) is { } refusal)
            {
                return refusal;
            }

            var holder = await names.OnChip(Holder.Of(customer), ct);
            if (holder.Refusal is { } notEncodable)
            {
                return notEncodable;
            }

            var cheque = command.Body.Fees.ChequeId is { } id ? await cheques(id, customer.Id, ct) : (Outcome<long>?)null;
            if (cheque?.Refusal is { } notUsable)
            {
                return notUsable;
            }

            var differs = batch.CardFee is null && await desk.Differ(batch.CardType, command.Body.Fees, ct);
            if (Approval(differs, step == SubCardStep.AskHowMany) is { } action && !request.IsApproved(action))
            {
                var subject = await desk.Subject(batch.CardType, command.Body.Fees, ct);
                return request.ApprovalRequired(
                    action,
                    subject with
                    {
                        CustomerCode = customer.Code,
                        CustomerName = customer.Name,
                        Facts = [.. Beyond(command.Body, step, limit, valid), .. subject.Facts],
                    }
                );
            }

            return await Start(command.Body, batch, (customer, holder.Value), differs, step, cheque?.Value, ct);
        }

        private Refusal? Refusal(
            IssueSubCardRequest body,
            SubCardBatch batch,
            Customer customer,
            SubCardStep step,
            long limit,
            int valid
        ) =>
            !request.Caller.Rights.Contains(batch.RightName) ? new RightMissing(batch.RightName)
            : customer.State != CustomerState.Active ? new CustomerNotUsable(Json.Name(customer.State))
            : batch.IsOver(clock.GetUtcNow().UtcDateTime) || step == SubCardStep.Over ? new SubCardBatchOver()
            : batch.CardFee is { } fee && (body.Fees.CardFee != fee || body.Fees.Deposit != batch.Deposit)
                ? new SubCardAmountsDiffer(fee, batch.Deposit!.Value)
            : step == SubCardStep.AskHowMany && body.More is null ? new SubCardLimitReached(limit, valid)
            : null;

        private static IEnumerable<ApprovalFact> Beyond(IssueSubCardRequest body, SubCardStep step, long limit, int valid) =>
            step != SubCardStep.AskHowMany
                ? []
                :
                [
                    new ApprovalFact("Cards beyond the limit", "超限张数", $"{body.More}"),
                    new ApprovalFact("Valid sub-cards now", "现有有效副卡", $"{valid} / {limit}"),
                ];

        private static ApprovalAction? Approval(bool differs, bool beyond) =>
            (differs, beyond) switch
            {
                (true, true) => BothApproval,
                (true, false) => IssueDesk.FeeApproval,
                (false, true) => MoreApproval,
                _ => null,
            };

        private async Task<Booking<IssuanceStarted>> Start(
            IssueSubCardRequest body,
            SubCardBatch batch,
            (Customer Customer, Holder OnChip) of,
            bool differs,
            SubCardStep step,
            long? chequeId,
            CancellationToken ct
        )
        {
            if (batch.CardFee is null)
            {
                (batch.CardFee, batch.Deposit) = (body.Fees.CardFee, body.Fees.Deposit);
                batch.AmountsApproverId = differs ? request.Approval!.ApproverId : null;
            }

            if (step == SubCardStep.AskHowMany)
            {
                (batch.More, batch.MoreLeft, batch.MoreApproverId) = (body.More, body.More!.Value, request.Approval!.ApproverId);
            }

            // Who approved the batch's amounts, or its cards beyond the limit, stands on each transaction they allowed (PL-02.5).
            var approver = step == SubCardStep.WithinLimit ? batch.AmountsApproverId : batch.MoreApproverId;
            var order = await desk.Order(batch.CardType, of.Customer.Id, body.Fees, body.Plate, ct);
            order = order with { Holder = of.OnChip, SubCardBatchId = batch.Id, ChequeId = chequeId };
            var actor = new Actor(request.Caller.BranchId, request.Caller.OperatorId, approver);
            return desk.Start(order, of.Customer.Code, actor, "issue-sub-card", []).Update(batch);
        }
    }
}
