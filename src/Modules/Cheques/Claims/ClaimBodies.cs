using Counter.Payments;
using FluentValidation;
using Issuance;

namespace Cheques.Claims;

/// <summary>A payment of a bounced-cheque debt.</summary>
/// <param name="Amount" example="600000">Amount in fen, 1 to 10,000,000,000; at most the debt.</param>
/// <param name="PaymentMethod">cash, bankCard or transfer.</param>
/// <param name="ReferenceNumber" example="POS-20261122-0007">The number of the slip, at most 40 characters.</param>
/// <param name="Remark" example="paid by the owner">At most 200 characters.</param>
public sealed record PayClaimRequest(long Amount, PaymentMethod PaymentMethod, string? ReferenceNumber = null, string? Remark = null);

/// <summary>A payment of a bounced-cheque debt, or its void.</summary>
/// <param name="SerialNumber" example="00030150224112025607">Its serial number.</param>
/// <param name="CorrectsSerialNumber" example="00030150224112025508">The voided payment; null for a payment.</param>
/// <param name="ChequeId" example="126437891174400000">The bounced cheque.</param>
/// <param name="Amount" example="600000">The amount in fen, received or given back.</param>
/// <param name="Owed" example="0">The remaining debt of this cheque in fen.</param>
/// <param name="Claim" example="0">The customer's total bounced-cheque debt in fen.</param>
/// <param name="BusinessDate">The branch's business date of the booking.</param>
/// <param name="Document" example="/v1/transactions/00030150224112025607/documents/claim-receipt">The printable documents.</param>
public sealed record ClaimPayment(
    string SerialNumber,
    string? CorrectsSerialNumber,
    string ChequeId,
    long Amount,
    long Owed,
    long Claim,
    DateOnly BusinessDate,
    string Document
)
{
    internal static ClaimPayment Of(Posted posted, Cheque cheque, long amount, string? corrects = null) =>
        new(
            posted.SerialNumber,
            corrects,
            IdText.Of(cheque.Id),
            amount,
            cheque.Owed,
            -posted.Balance(IssuanceAccounts.Claim, cheque.CustomerId),
            posted.BusinessDate,
            $"/v1/transactions/{posted.SerialNumber}/documents/{Documents.ClaimReceipt.Name}"
        );
}

/// <summary>Less is owed for this cheque than was to be paid or given back.</summary>
/// <param name="Owed">Fen that are owed for it.</param>
public sealed record ClaimSmaller(long Owed)
    : Refusal("claim-smaller", 409, "The amount exceeds the debt on this cheque.", "该支票的欠款金额不足。");

/// <summary>This cheque has no such debt payment.</summary>
public sealed record ClaimPaymentNotFound()
    : Refusal("claim-payment-not-found", 404, "This cheque has no such debt payment.", "该支票无此欠款收款记录。");

/// <summary>Before the day-end the same operator takes a payment back; afterwards the same branch.</summary>
public sealed record ClaimPaymentOfOthers()
    : Refusal(
        "claim-payment-of-others",
        403,
        "Before the day-end, only the operator who took the payment can void it. Later, only the same branch can.",
        "日结前只能由收款的同一操作员撤销，日结后只能由同一网点撤销。"
    );

internal sealed class PayClaimValidator : AbstractValidator<PayClaimRequest>
{
    public PayClaimValidator()
    {
        RuleFor(b => b.Amount).InclusiveBetween(1, Limits.Fen);
        RuleFor(b => b.PaymentMethod).IsInEnum();
        RuleFor(b => b.PaymentMethod)
            .Must(m => m is PaymentMethod.Cash or PaymentMethod.BankCard or PaymentMethod.Transfer)
            .WithErrorCode("payment-method-not-available")
            .WithMessage("Pay the debt in cash, by bank card or by transfer.", "欠款只能以现金、银行卡或转账支付。");
        RuleFor(b => b.ReferenceNumber).PlainText(Limits.ReferenceNumber);
        RuleFor(b => b.Remark).PlainText(Limits.Remark);
    }
}
