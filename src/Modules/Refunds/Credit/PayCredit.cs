using Counter.Payments;
using Customers.Reach;
using FluentValidation;
using Funding.Allocations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;
using Refunds.Refunding;

namespace Refunds.Credit;

/// <summary>A payment of what a customer owes for collections on credit.</summary>
/// <param name="Amount" example="40000">Fen, 1 to 10,000,000,000; at most the debt.</param>
/// <param name="PaymentMethod" example="transfer">cash, bankCard or transfer.</param>
/// <param name="ReferenceNumber" example="POS-20261122-0007">The number of the slip, at most 40 characters.</param>
/// <param name="Remark" example="bill of October">At most 200 characters.</param>
public sealed record PayCreditRequest(long Amount, PaymentMethod PaymentMethod, string? ReferenceNumber = null, string? Remark = null);

/// <summary>A payment on a credit debt.</summary>
/// <param name="SerialNumber" example="00030150224112025707">Its serial number.</param>
/// <param name="CustomerCode" example="1900000009">The customer code.</param>
/// <param name="Amount" example="40000">Fen that were received.</param>
/// <param name="CreditOwed" example="60000">The remaining debt in fen.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking.</param>
public sealed record CreditPaymentView(string SerialNumber, string CustomerCode, long Amount, long CreditOwed, DateOnly BusinessDate);

/// <summary>Less is owed than was to be paid.</summary>
/// <param name="Owed">Fen that are owed.</param>
public sealed record CreditDebtSmaller(long Owed)
    : Refusal("credit-debt-smaller", 409, "The amount exceeds the customer's debt for collections on credit.", "金额超过客户赊销欠款。");

/// <summary>
/// 赊销收款: a customer pays for collections on credit, all or a part, also after closing. What is paid is not owed any more, so a refund of it goes out
/// by transfer and not as less debt (FC-25.8, FC-26.6).
/// </summary>
internal static class PayCredit
{
    internal sealed record Command(string CustomerCode, PayCreditRequest Body) : IBookingCommand<CreditPaymentView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/customers/{customerCode}/credit-payments",
                    (string customerCode, PayCreditRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(customerCode, body), ct)
                )
                .WithName(nameof(PayCredit))
                .WithOperation("PayCredit")
                .WithSummary("Record a payment of a credit debt")
                .WithDescription(
                    "Receives what the customer owes for collections on credit, all or a part, in cash, by bank card or by transfer; also "
                        + "after closing. GET /v1/customers/{customerCode}/refundable shows the debt (creditOwed)."
                )
                .RequireRight(RefundRights.PayCredit)
                .Books<CreditPaymentView>()
                .Refuses(typeof(CustomerNotFound), typeof(CustomerOutOfReach), typeof(TooManyLookUps), typeof(CreditDebtSmaller));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CustomerCode).CustomerCode();
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, Limits.CreditFen);
            RuleFor(c => c.Body.PaymentMethod)
                .Must(m => m is PaymentMethod.Cash or PaymentMethod.BankCard or PaymentMethod.Transfer)
                .WithErrorCode("payment-method-not-available")
                .WithMessage("Pay the debt in cash, by bank card or by transfer.", "欠款只能以现金、银行卡或转账支付。");
            RuleFor(c => c.Body.ReferenceNumber).PlainText(Limits.ReferenceNumber);
            RuleFor(c => c.Body.Remark).PlainText(Limits.Remark);
        }
    }

    internal sealed class Handler(ReachedCustomers customers, CreditDebts debts, RequestContext request)
        : BookingHandler<Command, CreditPaymentView>
    {
        protected override async Task<Outcome<Booking<CreditPaymentView>>> Decide(Command command, CancellationToken ct)
        {
            var found = await customers.Find(command.CustomerCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var owedAt = await debts.OwedAt(found.Value.Id, ct);
            var owed = owedAt.Values.Sum();
            return command.Body.Amount > owed ? new CreditDebtSmaller(owed) : Book(found.Value, command.Body, owedAt);
        }

        private Booking<CreditPaymentView> Book(Customer customer, PayCreditRequest body, Dictionary<long, long> owedAt)
        {
            var (id, actor) = (Ids.Next(), request.Actor);
            var left = owedAt.Values.Sum() - body.Amount;
            var booking = new Booking<CreditPaymentView>(
                id,
                actor,
                new AuditNote("pay-credit", $"customer:{customer.Id}", new { body.Amount, left }),
                p =>
                    Answer.Created(
                        $"/v1/transactions/{p.SerialNumber}",
                        new CreditPaymentView(p.SerialNumber, customer.Code, body.Amount, left, p.BusinessDate)
                    )
            )
                .WithHead(
                    new Transaction(id, RefundTransactions.CreditPayment, actor)
                    {
                        CustomerId = customer.Id,
                        Amount = body.Amount,
                        PaymentMethod = body.PaymentMethod.ToString(),
                        ReferenceNumber = body.ReferenceNumber,
                        Remark = body.Remark,
                    }
                )
                .Holding(customer);
            foreach (var (branch, fen) in CreditDebts.Share(owedAt, body.Amount))
            {
                booking
                    .Move(body.PaymentMethod.AccountAt(actor)!.Value, new AccountRef(CounterAccounts.Receivable, branch), fen)
                    .Insert(
                        new CreditPayment
                        {
                            TransactionId = id,
                            BranchId = branch,
                            CustomerId = customer.Id,
                            Amount = fen,
                        }
                    );
            }

            return booking;
        }
    }
}
