namespace Customers;

/// <summary>Who a customer is: what is known of the person, or of the organisation.</summary>
public sealed record HolderDetails(CustomerKind Kind, string Name, CertificateType CertificateType, string CertificateNumber, string Phone)
{
    public string? ContactName { get; init; }

    public string? Address { get; init; }

    public string? Email { get; init; }

    public Gender Gender { get; init; }

    public DateOnly? BirthDate { get; init; }

    public InvoiceType InvoiceType { get; init; }

    public string? VatTaxNumber { get; init; }

    public string? VatAddress { get; init; }

    public string? VatPhone { get; init; }

    public string? VatBank { get; init; }

    public string? VatAccount { get; init; }
}
