using FluentValidation;

namespace Cheques;

/// <summary>A cheque to receive.</summary>
/// <param name="Bank" example="工商银行">开户银行: a code or name from GET /v1/banks, or another bank's name; 1 to 60 characters.</param>
/// <param name="ChequeNumber" example="31300512">支票编号, 1 to 20 letters and digits. A bank's cheque number is accepted once.</param>
/// <param name="Amount" example="5000000">Fen, 1 to 10,000,000,000. Over the large-amount limit it needs an approval.</param>
/// <param name="AccountNumber" example="0200003419027309871">账号, 5 to 40 digits.</param>
/// <param name="ReceiptNumber" example="SJ-0007">收据票号, optional, at most 20 characters.</param>
public sealed record ReceiveChequeRequest(
    string Bank,
    string ChequeNumber,
    long Amount,
    string AccountNumber,
    string? ReceiptNumber = null
);

/// <summary>The status of a cheque in lists.</summary>
public enum ChequeStanding
{
    /// <summary>已收取: received, not cleared.</summary>
    Received,

    /// <summary>已到账: cleared, with a remaining amount.</summary>
    Cleared,

    /// <summary>已充值: fully used.</summary>
    Used,

    /// <summary>已退票.</summary>
    Bounced,
}

/// <summary>A cheque.</summary>
/// <param name="ChequeId" example="126437891174400000">The cheque's id, for payments.</param>
/// <param name="Bank" example="工商银行">开户银行.</param>
/// <param name="ChequeNumber" example="31300512">支票编号.</param>
/// <param name="Amount" example="5000000">Fen.</param>
/// <param name="Left" example="5000000">The remaining amount in fen; 0 while the cheque is not usable.</param>
/// <param name="Owed" example="0">The remaining debt in fen after the cheque bounced.</param>
/// <param name="AccountNumber" example="0200003419027309871">账号.</param>
/// <param name="ReceiptNumber" example="SJ-0007">收据票号.</param>
/// <param name="Standing">Received, cleared, used or bounced.</param>
/// <param name="OnSight">Whether the cheque was usable immediately.</param>
/// <param name="CardNumber" example="1000110000000013">The card it was received for.</param>
/// <param name="CustomerCode" example="1000000016">The customer code.</param>
/// <param name="BranchCode" example="10000001">The branch that received it.</param>
/// <param name="ReceivedDate">When.</param>
public sealed record ChequeItem(
    string ChequeId,
    string Bank,
    string ChequeNumber,
    long Amount,
    long Left,
    long Owed,
    string AccountNumber,
    string? ReceiptNumber,
    ChequeStanding Standing,
    bool OnSight,
    string CardNumber,
    string CustomerCode,
    string BranchCode,
    DateOnly ReceivedDate
);

/// <summary>A booked change of a cheque.</summary>
/// <param name="SerialNumber" example="00030150224112025607">Its serial number.</param>
/// <param name="ChequeId" example="126437891174400000">The cheque.</param>
/// <param name="State">The current state.</param>
/// <param name="Usable" example="true">Whether the cheque is usable for payments.</param>
/// <param name="Claim" example="0">The customer's debt in fen for the used part of a bounced cheque.</param>
/// <param name="BusinessDate">The branch's business date of the booking.</param>
/// <param name="Document" example="/v1/transactions/00030150224112025607/documents/cheque-receipt">The printable documents; null if there
/// are none.</param>
public sealed record ChequeBooked(
    string SerialNumber,
    string ChequeId,
    ChequeState State,
    bool Usable,
    long Claim,
    DateOnly BusinessDate,
    string? Document
)
{
    internal static ChequeBooked Of(Posted posted, Cheque cheque, long claim = 0, string? document = null) =>
        new(
            posted.SerialNumber,
            IdText.Of(cheque.Id),
            cheque.State,
            cheque.IsUsable,
            claim,
            posted.BusinessDate,
            document is null ? null : $"/v1/transactions/{posted.SerialNumber}/documents/{document}"
        );
}

internal sealed class ReceiveChequeValidator : AbstractValidator<ReceiveChequeRequest>
{
    public ReceiveChequeValidator()
    {
        RuleFor(b => b.Bank).NotNull().PlainText(Limits.Bank);
        RuleFor(b => b.Bank)
            .Must(b => Banks.Canonical(b).Length <= Limits.Bank)
            .When(b => b.Bank is { Length: <= Limits.Bank })
            .WithErrorCode("PlainText")
            .WithMessage("The name of the bank is too long.", "银行名称过长。");
        RuleFor(b => b.ChequeNumber).NotNull().Length(1, Limits.Number).Matches("^[0-9A-Za-z-]+$");
        RuleFor(b => b.Amount).InclusiveBetween(1, Limits.Fen);
        RuleFor(b => b.AccountNumber).NotNull().Length(5, Limits.AccountNumber).Matches("^[0-9]+$");
        RuleFor(b => b.ReceiptNumber).PlainText(Limits.ReceiptNumber);
    }
}
