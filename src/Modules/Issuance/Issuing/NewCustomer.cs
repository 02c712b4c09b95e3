namespace Issuance.Issuing;

/// <summary>The customer that is opened with its first card: a person, or an organisation.</summary>
internal sealed record NewCustomer(string Code, CustomerUse Use, PersonDetails? Person, OrganisationDetails? Organisation)
{
    public CustomerKind Kind => Organisation is null ? CustomerKind.Person : CustomerKind.Organisation;

    public static NewCustomer Of(string code, CustomerUse use, PersonDetails person) => new(code, use, person, null);

    public static NewCustomer Of(string code, CustomerUse use, OrganisationDetails organisation) => new(code, use, null, organisation);

    public string Name => Organisation?.Name ?? Person!.Name;

    public string? Plate => Organisation is null ? Person!.Plate : Organisation.Plate;

    public CertificateType CertificateType => Organisation is null ? Person!.CertificateType : CertificateType.UnifiedSocialCreditCode;

    public string CertificateNumber => Organisation is null ? Person!.CertificateNumber : Organisation.CreditCode;

    /// <summary>The row as it stands while the first card is written.</summary>
    public Customer Row(long id, long branchId, DateTime now) => Customer.Opening(id, Code, Use, branchId, Holder(), now);

    private HolderDetails Holder() =>
        Organisation is { } organisation
            ? new HolderDetails(Kind, Name, CertificateType, CertificateNumber, organisation.Phone)
            {
                ContactName = organisation.ContactName,
                Address = organisation.Address,
                Email = organisation.Email,
                InvoiceType = organisation.InvoiceType,
                VatTaxNumber = organisation.Vat?.TaxNumber,
                VatAddress = organisation.Vat?.Address,
                VatPhone = organisation.Vat?.Phone,
                VatBank = organisation.Vat?.Bank,
                VatAccount = organisation.Vat?.Account,
            }
            : new HolderDetails(Kind, Name, CertificateType, CertificateNumber, Person!.Phone)
            {
                Address = Person.Address,
                Email = Person.Email,
                Gender = Person.Gender ?? Gender.Unstated,
                BirthDate = Person.BirthDate,
            };
}
