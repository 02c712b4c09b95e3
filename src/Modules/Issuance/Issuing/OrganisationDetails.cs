using FluentValidation;

namespace Issuance.Issuing;

/// <summary>An organisation that opens an account.</summary>
/// <param name="Name">1 to 100 characters. <example>北京畅行物流有限公司</example></param>
/// <param name="CreditCode">统一社会信用代码, 18 characters by GB 32100. <example>91350100M000100Y43</example></param>
/// <param name="ContactName">联系人, 1 to 60 characters. <example>赵敏</example></param>
/// <param name="Phone">The contact's phone: digits, optionally with + and -, 5 to 20 characters. <example>01066668888</example></param>
/// <param name="InvoiceType">Ordinary, or VAT. <example>ordinary</example></param>
/// <param name="Vat">Required for VAT invoices, else null.</param>
/// <param name="Address">Optional, at most 200 characters.</param>
/// <param name="Email">Optional.</param>
/// <param name="Plate">Vehicle plate, optional, at most 16 characters. <example>京A12345</example></param>
public sealed record OrganisationDetails(
    string Name,
    string CreditCode,
    string ContactName,
    string Phone,
    InvoiceType InvoiceType,
    VatDetails? Vat = null,
    string? Address = null,
    string? Email = null,
    string? Plate = null
);

/// <summary>The buyer's details on a VAT invoice.</summary>
/// <param name="TaxNumber">纳税人识别号, 15 to 20 characters. <example>91350100M000100Y43</example></param>
/// <param name="Address">1 to 200 characters. <example>北京市朝阳区建国路 1 号</example></param>
/// <param name="Phone">5 to 20 characters. <example>01066668888</example></param>
/// <param name="Bank">开户行, 1 to 100 characters. <example>工商银行北京建国路支行</example></param>
/// <param name="Account">账号, 5 to 40 digits. <example>0200003419027309871</example></param>
public sealed record VatDetails(string TaxNumber, string Address, string Phone, string Bank, string Account);

internal sealed class OrganisationDetailsValidator : AbstractValidator<OrganisationDetails>
{
    public OrganisationDetailsValidator()
    {
        RuleFor(o => o.Name).NotEmpty().PlainText(100);
        RuleFor(o => o.CreditCode).Length(18).Must(UnifiedSocialCreditCode.IsValid).WithErrorCode("unified-social-credit-code");
        RuleFor(o => o.ContactName).NotEmpty().PlainText(60);
        RuleFor(o => o.Phone).Length(5, 20).Matches("^\\+?[0-9-]+$");
        RuleFor(o => o.InvoiceType).IsInEnum();
        RuleFor(o => o.Vat).NotNull().When(o => o.InvoiceType == InvoiceType.Vat);
        RuleFor(o => o.Vat).Null().When(o => o.InvoiceType != InvoiceType.Vat);
        RuleFor(o => o.Vat!).SetValidator(new VatDetailsValidator()).When(o => o.Vat is not null);
        RuleFor(o => o.Address).PlainText(200);
        RuleFor(o => o.Email).MaximumLength(100).EmailAddress();
        RuleFor(o => o.Plate).PlainText(16);
    }
}

internal sealed class VatDetailsValidator : AbstractValidator<VatDetails>
{
    public VatDetailsValidator()
    {
        RuleFor(v => v.TaxNumber).Length(15, 20).Matches("^[0-9A-Z]+$");
        RuleFor(v => v.Address).NotEmpty().PlainText(200);
        RuleFor(v => v.Phone).Length(5, 20).Matches("^\\+?[0-9-]+$");
        RuleFor(v => v.Bank).NotEmpty().PlainText(100);
        RuleFor(v => v.Account).Length(5, 40).Matches("^[0-9]+$");
    }
}
