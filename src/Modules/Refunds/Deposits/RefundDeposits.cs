using System.Globalization;
using Counter.Payments;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Approvals;
using Refunds.Closing;
using Refunds.Refundable;

namespace Refunds.Deposits;

/// <summary>退押金 (FC-30): pays the deposits of the cards that came back; those of lost and damaged cards go to income, in the same booking.</summary>
internal static class RefundDeposits
{
    public static readonly ApprovalAction Approval = new("refund-deposits", "Refund deposits", "退押金");

    internal sealed record Command(long ClosingId, RefundDepositsRequest Body) : IBookingCommand<DepositsView>;

    internal sealed record Query(long ClosingId, RefundDepositsRequest Body) : IQuery<DepositsView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/closings/{closingId:long}/deposit-refunds",
                    (long closingId, RefundDepositsRequest body, Sender send, CancellationToken ct, bool dryRun = false) =>
                        dryRun ? send.Query(new Query(closingId, body), ct) : send.Book(new Command(closingId, body), ct)
                )
                .WithName(nameof(RefundDeposits))
                .WithOperation("RefundDeposits")
                .WithSummary("Refund a closed customer's deposits")
                .WithDescription(
                    "Pays the deposits of all cards that came back or are expired, in cash or to a bank card. The deposits of lost and "
                        + "damaged cards go to income. Each deposit is settled once. Needs an approval (action refund-deposits). With "
                        + "dryRun=true, nothing is booked and neither Idempotency-Key nor approval is needed."
                )
                .RequireRight(RefundRights.RefundDeposits)
                .Books<DepositsView>()
                .Produces<DepositsView>()
                .TakesApproval()
                .OfClosing()
                .ProducesRefusals<NoDeposits>();
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

    internal sealed class BodyValidator : AbstractValidator<RefundDepositsRequest>
    {
        public BodyValidator()
        {
            RuleFor(b => b.Way)
                .Must(w => w is RefundWay.Cash or RefundWay.BankCard)
                .WithErrorCode("refund-way-not-allowed")
                .WithMessage("Pay deposits in cash or to a bank card.", "押金只能退现金或退至银行卡。");
            RuleFor(b => b.ReferenceNumber).PlainText(Limits.ReferenceNumber);
            RuleFor(b => b.Remark).PlainText(Limits.Remark);
        }
    }

    internal sealed class Handler(DepositReader deposits, RequestContext request) : BookingHandler<Command, DepositsView>
    {
        protected override async Task<Outcome<Booking<DepositsView>>> Decide(Command command, CancellationToken ct)
        {
            var read = await deposits.ToSettle(command.ClosingId, ct);
            if (read.Refusal is { } refusal)
            {
                return refusal;
            }

            var (facts, lines) = read.Value;
            return request.IsApproved(Approval)
                ? Book(facts, lines, command.Body)
                : request.ApprovalRequired(Approval, Subject(facts, lines));
        }

        private static ApprovalSubject Subject(ClosingFacts facts, List<DepositLine> lines) =>
            new()
            {
                CustomerCode = facts.Customer.Code,
                CustomerName = facts.Customer.Name,
                Amount = DepositReader.Sum(lines, DepositOutcome.Refund),
                Facts =
                [
                    new ApprovalFact("Cards", "卡数", lines.Count.ToString(CultureInfo.InvariantCulture)),
                    ApprovalFact.Yuan("To income", "转入收入", DepositReader.Sum(lines, DepositOutcome.Forfeit)),
                ],
            };

        private Booking<DepositsView> Book(ClosingFacts facts, List<DepositLine> lines, RefundDepositsRequest body)
        {
            var (id, actor) = (Ids.Next(), request.ApprovedActor(Approval));
            var paid = DepositReader.Sum(lines, DepositOutcome.Refund);
            var method = body.Way.Method()!.Value;
            var booking = new Booking<DepositsView>(
                id,
                actor,
                new AuditNote(Approval.Name, $"customer:{facts.Customer.Id}", new { paid, cards = lines.Count }),
                p => Answer.Created($"/v1/transactions/{p.SerialNumber}", DepositReader.View(facts, lines, p.SerialNumber))
            ).WithHead(
                new Transaction(id, RefundTransactions.DepositRefund, actor)
                {
                    CustomerId = facts.Customer.Id,
                    Amount = paid,
                    Deposit = paid,
                    PaymentMethod = paid > 0 ? method.ToString() : null,
                    ReferenceNumber = body.ReferenceNumber,
                    Remark = body.Remark,
                }
            );
            foreach (var line in lines)
            {
                var to =
                    line.Outcome == DepositOutcome.Refund
                        ? method.AccountAt(actor)!.Value
                        : new AccountRef(CounterAccounts.FeeIncome, actor.BranchId);
                booking.Move(line.Card.Deposit, to, line.Deposit).IfShort(line.Card.Deposit, _ => new ConcurrentChange());
                Settle(booking, facts, line);
            }

            return booking;
        }

        private static void Settle(Booking<DepositsView> booking, ClosingFacts facts, DepositLine line)
        {
            if (line.Row is { } row)
            {
                row.DepositSettledById = booking.Id;
                booking.Update(row);
                return;
            }

            booking.Insert(
                new ClosingCard
                {
                    ClosingId = facts.Closing.Id,
                    CardId = line.Card.Id,
                    StateBefore = line.Before,
                    DepositSettledById = booking.Id,
                }
            );
        }
    }

    internal sealed class QueryHandler(DepositReader deposits) : QueryHandler<Query, DepositsView>
    {
        protected override async Task<Outcome<DepositsView>> Read(Query query, CancellationToken ct)
        {
            var read = await deposits.ToSettle(query.ClosingId, ct);
            return read.Refusal is { } refusal ? refusal : DepositReader.View(read.Value.Facts, read.Value.Lines, serialNumber: null);
        }
    }
}
