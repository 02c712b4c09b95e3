using Access;
using Access.Documents;
using Access.Operators;
using Issuance.Issuing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Languages;

namespace Issuance.Documents;

/// <summary>
/// 加油卡客户业务申请表 (FC-01.8). Certificate number and phone are whole for the operator who took them and for the right to see them, else masked.
/// </summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen received in all.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerKind">Person or organisation.</param>
/// <param name="CustomerUse">Single or multi user.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="Gender">性别.</param>
/// <param name="BirthDate">出生日期.</param>
/// <param name="CertificateType">证件类型.</param>
/// <param name="CertificateNumber">证件号码.</param>
/// <param name="ContactName">联系人 of an organisation.</param>
/// <param name="Phone">联系电话.</param>
/// <param name="Address">地址.</param>
/// <param name="Email">电子邮箱.</param>
/// <param name="InvoiceType">发票类型.</param>
/// <param name="Vat">What a VAT invoice names; null for ordinary invoices.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="CardType">卡类型.</param>
/// <param name="Plate">车牌号.</param>
/// <param name="ValidFrom">The first day the card is good.</param>
/// <param name="ValidTo">The last day the card is good.</param>
/// <param name="Charges">Fees and deposit received.</param>
public sealed record ApplicationFormData(
    DocumentHead Head,
    long Amount,
    string CustomerCode,
    CustomerKind CustomerKind,
    CustomerUse CustomerUse,
    string CustomerName,
    Gender Gender,
    DateOnly? BirthDate,
    CertificateType CertificateType,
    string CertificateNumber,
    string? ContactName,
    string Phone,
    string? Address,
    string? Email,
    InvoiceType InvoiceType,
    VatDetails? Vat,
    string CardNumber,
    CardType CardType,
    string? Plate,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    IssueCharges Charges
) : DocumentData(Head, Amount);

/// <summary>加油卡客户业务申请表: what the customer signs when a card is issued.</summary>
internal static class ApplicationForm
{
    public static readonly DocumentKind Kind = new(
        "application-form",
        "加油卡客户业务申请表",
        "Fuel card application form",
        Paper.Form,
        typeof(ApplicationFormPaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, reader) = request;
        var (card, customer) = await db.Set<Card>()
            .Where(c => c.Id == transaction.CardId)
            .Join(db.Set<Customer>(), c => c.CustomerId, c => c.Id, (card, customer) => new CardView(card, customer))
            .SingleAsync(ct);
        if (card.Type == CardType.Bearer)
        {
            // Nobody applies for a card without a holder (FC-37.1).
            return null;
        }

        var whole = reader is not null && (reader.OperatorId == transaction.OperatorId || reader.Has(AccessRights.SeePersonalData));
        var charges = IssueCharges.Of(transaction);
        return new ApplicationFormData(
            await db.DocumentHead(transaction, ct),
            charges.Total,
            customer.Code,
            customer.Kind,
            customer.Use,
            customer.Name,
            customer.Gender,
            customer.BirthDate,
            customer.CertificateType,
            whole ? customer.CertificateNumber : Mask.Certificate(customer.CertificateNumber),
            customer.ContactName,
            whole ? customer.Phone : Mask.Phone(customer.Phone),
            whole ? customer.Address : null,
            whole ? customer.Email : null,
            customer.InvoiceType,
            customer.VatTaxNumber is { } tax
                ? new VatDetails(tax, customer.VatAddress!, customer.VatPhone!, customer.VatBank!, customer.VatAccount!)
                : null,
            card.Number,
            card.Type,
            card.Plate,
            card.ValidFrom,
            card.ValidTo,
            charges
        )
        {
            ShowsPersonalData = whole,
        };
    }
}
