using FluentValidation;
using Platform;

namespace Cheques;

/// <summary>A cheque to be received.</summary>
/// <param name="Bank" example="工商银行">开户银行: a code or name of GET /v1/banks, or another bank's name; 1 to 60 characters.</param>
/// <param name="ChequeNumber" example="31300512">支票编号, 1 to 20 letters and digits; once with its bank.</param>
/// <param name="Amount" example="5000000">Fen, 1 to 10,000,000,000. Over the large-amount limit it needs an approval (FC-31.2).</param>
/// <param name="AccountNumber" example="0200003419027309871">账号, 5 to 40 digits.</param>
/// <param name="ReceiptNumber" example="SJ-0007">收据票号, optional, at most 20 characters.</param>
public sealed record ReceiveChequeRequest(
    string Bank,
    string ChequeNumber,
    long Amount,
    string AccountNumber,
    string? ReceiptNumber = null
);

/// <summary>How a cheque stands, as lists say it.</summary>
public enum ChequeStanding
{
    /// <summary>已收取, not cleared.</summary>
    Received,

    /// <summary>已到账, with something left.</summary>
    Cleared,

    /// <summary>已充值: nothing is left.</summary>
    Used,

    /// <summary>已退票.</summary>
    Bounced,
}

/// <summary>A cheque.</summary>
/// <param name="ChequeId" example="126437891174400000">Names it in payments.</param>
/// <param name="Bank" example="工商银行">开户银行.</param>
/// <param name="ChequeNumber" example="31300512">支票编号.</param>
/// <param name="Amount" example="5000000">Fen.</param>
/// <param name="Left" example="5000000">Fen that are left of it; 0 while it cannot be used.</param>
/// <param name="Owed" example="0">Fen that are still owed for it after it bounced (FC-33.1).</param>
/// <param name="AccountNumber" example="0200003419027309871">账号.</param>
/// <param name="ReceiptNumber" example="SJ-0007">收据票号.</param>
/// <param name="Standing">Received, cleared, used or bounced.</param>
/// <param name="OnSight">It could be used at once.</param>
/// <param name="CardNumber" example="1000110000000013">The card it was received for.</param>
/// <param name="CustomerCode" example="1000000016">Its customer.</param>
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
/// <param name="State">Its state now.</param>
/// <param name="Usable" example="true">Can it be paid with?</param>
/// <param name="Claim" example="0">Fen that the customer now owes for a bounced cheque it had used (FC-33.1).</param>
/// <param name="BusinessDate">The branch's date it was booked on.</param>
/// <param name="Document" example="/v1/transactions/00030150224112025607/documents/cheque-receipt">What can be printed; null: nothing.</param>
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
