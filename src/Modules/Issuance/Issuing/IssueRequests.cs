using Access.Operators;
using Counter.Payments;
using FluentValidation;

namespace Issuance.Issuing;

/// <summary>A person who opens an account.</summary>
/// <param name="Name">1 to 100 characters. <example>王小明</example></param>
/// <param name="CertificateType">The type of certificate. A resident identity number is checked by GB 11643.</param>
/// <param name="CertificateNumber">5 to 30 characters. <example>11010519491231002X</example></param>
/// <param name="Phone">Digits, optionally with + and -, 5 to 20 characters. <example>13800138000</example></param>
/// <param name="Address">Optional, at most 200 characters.</param>
/// <param name="Email">Optional.</param>
/// <param name="Gender">Optional.</param>
/// <param name="BirthDate">Optional. It must match a resident identity number.</param>
/// <param name="Plate">Vehicle plate, optional, at most 16 characters. <example>京A12345</example></param>
public sealed record PersonDetails(
    string Name,
    CertificateType CertificateType,
    string CertificateNumber,
    string Phone,
    string? Address = null,
    string? Email = null,
    Gender? Gender = null,
    DateOnly? BirthDate = null,
    string? Plate = null
);

/// <summary>The fees for issuing a card. Fees that differ from the standard need an approval.</summary>
/// <param name="CardFee">工本费 received, fen. <example>2000</example></param>
/// <param name="Deposit">押金 received, fen. <example>0</example></param>
/// <param name="ServiceFeeWaived">Whether the service fee is waived.</param>
/// <param name="FeeInvoice">Whether the customer wants an invoice for the fees.</param>
/// <param name="PaymentMethod">How fees and deposit are paid.</param>
/// <param name="ReferenceNumber">The reference of the payment, optional, at most 40 characters.</param>
/// <param name="ChequeId">One of the customer's usable cheques, for a payment by cheque only. A new customer has none, so only sub-cards
/// can be paid by cheque.</param>
public sealed record IssueFees(
    long CardFee,
    long Deposit,
    bool ServiceFeeWaived,
    bool FeeInvoice,
    PaymentMethod PaymentMethod,
    string? ReferenceNumber = null,
    string? ChequeId = null
);

/// <summary>A card is ready to be issued. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="CustomerCode">The future customer code. <example>1000000016</example></param>
/// <param name="CardNumber">The future card number.</param>
/// <param name="ServiceFee">The service fee that is charged with it, fen.</param>
/// <param name="KnownHolders">Existing customers with the same certificate, at most 50. They do not prevent opening another
/// account.</param>
public sealed record IssuanceStarted(
    Platform.Cards.Operations.CardOperationTicket Operation,
    string CustomerCode,
    string CardNumber,
    long ServiceFee,
    IReadOnlyList<KnownHolder> KnownHolders
);

internal sealed class PersonDetailsValidator : AbstractValidator<PersonDetails>
{
    public PersonDetailsValidator(TimeProvider clock)
    {
        RuleFor(p => p.Name).NotEmpty().PlainText(100);
        RuleFor(p => p.CertificateNumber).NotNull().CertificateNumber();
        RuleFor(p => p.CertificateNumber)
            .Must(n => ResidentIdentity.IsValid(n, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)))
            .WithErrorCode("resident-identity-number")
            .When(p => p.CertificateType == CertificateType.ResidentIdentity);
        RuleFor(p => p.Phone).Length(5, 20).Matches("^\\+?[0-9-]+$");
        RuleFor(p => p.Address).PlainText(200);
        RuleFor(p => p.Email).MaximumLength(100).EmailAddress();
        RuleFor(p => p.Plate).PlainText(16);
        RuleFor(p => p.BirthDate)
            .Must((p, d) => d == ResidentIdentity.BirthDate(p.CertificateNumber))
            .WithErrorCode("birth-date-differs-from-certificate")
            .When(p =>
                p.BirthDate is not null && p.CertificateType == CertificateType.ResidentIdentity && p.CertificateNumber.Length == 18
            );
    }
}

public sealed class IssueFeesValidator : AbstractValidator<IssueFees>
{
    public const long MaxFen = 1_000_000;

    public IssueFeesValidator(bool takesCheques = false)
    {
        RuleFor(f => f.CardFee).InclusiveBetween(0, MaxFen);
        RuleFor(f => f.Deposit).InclusiveBetween(0, MaxFen);
        RuleFor(f => f.PaymentMethod).IsInEnum();
        RuleFor(f => f.PaymentMethod)
            .Must(m => takesCheques || m != PaymentMethod.Cheque)
            .WithErrorCode("payment-method-not-available")
            .WithMessage("A new customer has no cheque.", "新客户没有支票。");
        RuleFor(f => f.ChequeId).IdText();
        RuleFor(f => f.ChequeId)
            .Null()
            .When(f => f.PaymentMethod != PaymentMethod.Cheque)
            .WithMessage("Omit the cheque unless the customer pays by cheque.", "只有支票付款才能指定支票。");
        RuleFor(f => f.ChequeId)
            .NotNull()
            .When(f => f.PaymentMethod == PaymentMethod.Cheque)
            .WithMessage("Choose the cheque.", "请选择支票。");
        RuleFor(f => f.ReferenceNumber).PlainText(40);
    }
}
