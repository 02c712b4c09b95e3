using Counter.Payments;
using FluentValidation;
using Funding;
using Issuance;
using Issuance.Closings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;

namespace Refunds.Closing;

/// <summary>
/// 清户 (FC-25.3, FC-25.4, FC-25.10): closes the customer in one booking, with approval. All cards are closed and blacklisted, reserves go to the quota
/// account, bonus and points lapse, the handling fee is taken, and the other modules end what the customer has with them.
/// </summary>
internal static class EndClosing
{
    public static readonly ApprovalAction Approval = new("close-customer", "Close a customer", "客户清户");

    internal sealed record Command(long ClosingId, EndClosingRequest Body) : IBookingCommand<ClosingEnd>;

    internal sealed record Query(long ClosingId, EndClosingRequest Body) : IQuery<ClosingEnd>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/closings/{closingId:long}/end",
                    (long closingId, EndClosingRequest body, Sender send, CancellationToken ct, bool dryRun = false) =>
                        dryRun ? send.Query(new Query(closingId, body), ct) : send.Book(new Command(closingId, body), ct)
                )
                .WithName(nameof(EndClosing))
                .WithOperation("EndClosing")
                .WithSummary("Close a customer")
                .WithDescription(
                    "Closes the customer for good, with an approval (action close-customer). All cards are closed and blacklisted. "
                        + "Reserves go to the quota account. Bonus and points lapse, and allocation templates end. Refunds are possible "
                        + "after the waiting time for late consumption. A closed customer comes back as a new customer. With dryRun=true, "
                        + "nothing is booked and neither Idempotency-Key nor approval is needed. The response (200) then shows the figures."
                )
                .RequireRight(RefundRights.CloseCustomer)
                .Books<ClosingEnd>()
                .Produces<ClosingEnd>()
                .TakesApproval()
                .OfClosing()
                .ProducesRefusals<ClosingHasObstacles, ClosingFeeRequired, ClosingTooLarge, CustomerNotUsable>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.ClosingId).GreaterThan(0);
            RuleFor(c => c.Body).SetValidator(new BodyValidator());
        }
    }

    internal sealed class QueryValidator : AbstractValidator<Query>
    {
        public QueryValidator() => RuleFor(c => c.Body).SetValidator(new BodyValidator());
    }

    internal sealed class BodyValidator : AbstractValidator<EndClosingRequest>
    {
        public BodyValidator()
        {
            RuleFor(b => b.Remark).PlainText(Limits.Remark);
            RuleFor(b => b.Fee)
                .Null()
                .When(b => b.FeeWaived)
                .WithMessage("Omit the payment of a fee that is waived.", "免收手续费时不填收款方式。");
            When(
                b => b.Fee is not null,
                () =>
                {
                    RuleFor(b => b.Fee!.PaymentMethod)
                        .Must(m => m is PaymentMethod.Cash or PaymentMethod.BankCard or PaymentMethod.Transfer)
                        .WithErrorCode("payment-method-not-available")
                        .WithMessage("Pay the fee in cash, by bank card or by transfer.", "手续费只能以现金、银行卡或转账支付。");
                    RuleFor(b => b.Fee!.ReferenceNumber).PlainText(Limits.ReferenceNumber);
                    RuleFor(b => b.Fee!.InvoiceNumber).PlainText(Limits.InvoiceNumber);
                }
            );
        }
    }

    internal sealed class Handler(AppDb db, ClosingAsked asked, ClosingReader reader, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, ClosingEnd>
    {
        protected override async Task<Outcome<Booking<ClosingEnd>>> Decide(Command command, CancellationToken ct)
        {
            var asks = await asked.Draft(command.ClosingId, command.Body, ct);
            if (asks.Refusal is { } refusal)
            {
                return refusal;
            }

            var draft = asks.Value;
            return request.IsApproved(Approval) ? await Book(draft, ct) : request.ApprovalRequired(Approval, Subject(draft));
        }

        private static ApprovalSubject Subject(ClosingDraft draft) =>
            new()
            {
                CustomerCode = draft.Facts.Customer.Code,
                CustomerName = draft.Facts.Customer.Name,
                Amount = draft.Fee,
                Facts =
                [
                    new ApprovalFact(
                        "Cards to close",
                        "注销卡数",
                        draft.Closes.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)
                    ),
                    ApprovalFact.Yuan("Quota balance after it", "清户后额度账余额", draft.Shown(null).Quota),
                    ApprovalFact.Yuan("Bonus that lapses", "作废赠送金额", draft.BonusLapsed),
                    new ApprovalFact("Fee waived", "免收手续费", draft.Body.FeeWaived ? "yes" : "no", draft.Body.FeeWaived ? "是" : "否"),
                ],
            };

        private async Task<Booking<ClosingEnd>> Book(ClosingDraft draft, CancellationToken ct)
        {
            var (facts, id, actor, now) = (draft.Facts, Ids.Next(), request.ApprovedActor(Approval), clock.GetUtcNow().UtcDateTime);
            var closing = facts.Closing;
            var shown = draft.Shown(SerialNumber.Of(id));
            var booking = new Booking<ClosingEnd>(
                id,
                actor,
                new AuditNote(
                    Approval.Name,
                    $"customer:{facts.Customer.Id}",
                    new
                    {
                        draft.Reserve,
                        draft.BonusLapsed,
                        draft.Fee,
                    }
                ),
                _ => Answer.Created($"/v1/closings/{IdText.Of(closing.Id)}", shown)
            ).WithHead(Head(draft, id, actor));
            AddMoney(booking, draft);
            var cards = draft.Closes;
            foreach (var card in cards)
            {
                Keep(booking, facts, card);
            }

            (closing.State, closing.ClosedById, closing.ClosedAt, closing.RefundableFrom) = (
                ClosingState.Closed,
                id,
                now,
                draft.RefundableFrom
            );
            (closing.Fee, closing.FeeWaived) = (draft.Fee, draft.Body.FeeWaived);
            closing.FeePaidBy = draft.Fee > 0 ? draft.Body.Fee!.PaymentMethod : null;
            closing.FeeInvoice = draft.Fee > 0 ? draft.Body.Fee!.InvoiceNumber : null;
            (closing.ReserveSwept, closing.BonusLapsed) = (draft.Reserve, draft.BonusLapsed);
            closing.PointsLapsed = draft.Points.Sum(p => p.Points);
            // Where no card account holds anything there is nothing to wait for but the day.
            closing.SweptAt = facts.Cards.All(c => facts.Of(c.Purse) == 0) ? now : null;
            booking.Update(closing);
            await reader.AddParts(booking, facts.Customer, ct);
            await ClosedCustomers.Close(db, booking, facts.Customer, cards, now, ct);
            return booking;
        }

        private static Transaction Head(ClosingDraft draft, long id, Actor actor) =>
            new(id, RefundTransactions.Closing, actor)
            {
                CustomerId = draft.Facts.Customer.Id,
                Amount = draft.Fee,
                Fee = draft.Fee,
                Bonus = draft.BonusLapsed,
                Points = draft.Points.Sum(p => p.Points),
                PaymentMethod = draft.Fee > 0 ? draft.Body.Fee!.PaymentMethod.ToString() : null,
                ReferenceNumber = draft.Body.Fee?.ReferenceNumber,
                Remark = draft.Body.Remark,
            };

        private static void AddMoney(Booking<ClosingEnd> booking, ClosingDraft draft)
        {
            var (facts, quota, actor) = (draft.Facts, draft.Facts.Customer.Quota, booking.Actor);
            foreach (var card in facts.Cards)
            {
                booking.Move(card.Reserve, quota, facts.Of(card.Reserve)).IfShort(card.Reserve, _ => new ConcurrentChange());
            }

            booking.Move(quota, new AccountRef(IssuanceAccounts.Bonus, facts.Customer.Id), draft.BonusLapsed);
            foreach (var (account, points) in draft.Points)
            {
                booking
                    .Move(account, new AccountRef(FundingAccounts.PointsIssued, actor.BranchId), points)
                    .IfShort(account, _ => new ConcurrentChange());
            }

            if (draft.Fee > 0)
            {
                booking.Move(
                    draft.Body.Fee!.PaymentMethod.AccountAt(actor)!.Value,
                    new AccountRef(CounterAccounts.FeeIncome, actor.BranchId),
                    draft.Fee
                );
            }

            if (draft.Reserve + draft.BonusLapsed > 0)
            {
                booking.DecidedOn(quota, draft.QuotaVersion);
            }
        }

        /// <summary>What the card was, for its deposit and its purse.</summary>
        private static void Keep(Booking<ClosingEnd> booking, ClosingFacts facts, Card card)
        {
            var row = facts.Taken.GetValueOrDefault(card.Id);
            if (row is null)
            {
                booking.Insert(
                    new ClosingCard
                    {
                        ClosingId = facts.Closing.Id,
                        CardId = card.Id,
                        StateBefore = card.State,
                        PurseAtClosing = facts.Of(card.Purse),
                    }
                );
                return;
            }

            (row.StateBefore, row.PurseAtClosing) = (card.State, facts.Of(card.Purse));
            booking.Update(row);
        }
    }

    internal sealed class QueryHandler(ClosingAsked asked) : QueryHandler<Query, ClosingEnd>
    {
        protected override async Task<Outcome<ClosingEnd>> Read(Query query, CancellationToken ct)
        {
            var draft = await asked.Draft(query.ClosingId, query.Body, ct);
            return draft.Refusal is { } refusal ? refusal : draft.Value.Shown(serialNumber: null);
        }
    }
}
