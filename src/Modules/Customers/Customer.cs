using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Ledger;
using Platform.Persistence;
using Platform.Requests;

namespace Customers;

/// <summary>Person (个人) or organisation (单位).</summary>
public enum CustomerKind
{
    /// <summary>个人.</summary>
    Person,

    /// <summary>单位.</summary>
    Organisation,
}

/// <summary>One card, or one main card with any number of sub-cards.</summary>
public enum CustomerUse
{
    /// <summary>单用户: one card.</summary>
    SingleUser,

    /// <summary>多用户: a main card and sub-cards.</summary>
    MultiUser,
}

/// <summary>The state of a customer.</summary>
public enum CustomerState
{
    /// <summary>The first card is being written. Not usable yet.</summary>
    Opening,

    /// <summary>Open for business.</summary>
    Active,

    /// <summary>Blocked by the issuer. Payments are refused.</summary>
    Blocked,

    /// <summary>清户: closed; all cards are returned.</summary>
    Closed,
}

/// <summary>证件类型: the type of certificate.</summary>
public enum CertificateType
{
    /// <summary>居民身份证, 18 characters by GB 11643.</summary>
    ResidentIdentity,

    /// <summary>护照.</summary>
    Passport,

    /// <summary>军官证.</summary>
    MilitaryOfficer,

    /// <summary>港澳居民来往内地通行证.</summary>
    HongKongMacaoPermit,

    /// <summary>台湾居民来往大陆通行证.</summary>
    TaiwanPermit,

    /// <summary>Any other certificate.</summary>
    Other,

    /// <summary>统一社会信用代码 of an organisation, by GB 32100.</summary>
    UnifiedSocialCreditCode,
}

/// <summary>性别.</summary>
public enum Gender
{
    /// <summary>Not stated.</summary>
    Unstated,

    /// <summary>男.</summary>
    Male,

    /// <summary>女.</summary>
    Female,
}

/// <summary>The customer's type of invoice: ordinary, by oil type, or VAT for organisations.</summary>
public enum InvoiceType
{
    /// <summary>普通发票.</summary>
    Ordinary,

    /// <summary>增值税专用发票.</summary>
    Vat,
}

/// <summary>The holder of quota account and cards.</summary>
public sealed class Customer : IVersioned
{
    public const string CodeIndex = "IX_customers_Code";

    public long Id { get; init; }

    /// <summary>客户编码: ten digits, the last a Luhn check digit.</summary>
    public required string Code { get; init; }

    public CustomerKind Kind { get; init; }

    public CustomerUse Use { get; init; }

    public CustomerState State { get; set; }

    /// <summary>The branch that opened the customer.</summary>
    public long BranchId { get; init; }

    /// <summary>A person's name, or the organisation's.</summary>
    public required string Name { get; set; }

    public CertificateType CertificateType { get; set; }

    public required string CertificateNumber { get; set; }

    /// <summary>A person's, or that of the organisation's contact.</summary>
    public required string Phone { get; set; }

    /// <summary>联系人 of an organisation; null for a person.</summary>
    public string? ContactName { get; set; }

    public string? Address { get; set; }

    public string? Email { get; set; }

    public Gender Gender { get; set; }

    public DateOnly? BirthDate { get; set; }

    public InvoiceType InvoiceType { get; set; }

    /// <summary>纳税人识别号; with address, phone, bank and account it is on an organisation with VAT invoices, else null.</summary>
    public string? VatTaxNumber { get; set; }

    public string? VatAddress { get; set; }

    public string? VatPhone { get; set; }

    public string? VatBank { get; set; }

    public string? VatAccount { get; set; }

    public DateTime OpenedAt { get; init; }

    public int Version { get; set; }

    /// <summary>A customer as it stands while it is being opened.</summary>
    public static Customer Opening(long id, string code, CustomerUse use, long branchId, HolderDetails holder, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(holder);
        return new Customer
        {
            Id = id,
            Code = code,
            Kind = holder.Kind,
            Use = use,
            State = CustomerState.Opening,
            BranchId = branchId,
            Name = holder.Name,
            CertificateType = holder.CertificateType,
            CertificateNumber = holder.CertificateNumber,
            Phone = holder.Phone,
            ContactName = holder.ContactName,
            Address = holder.Address,
            Email = holder.Email,
            Gender = holder.Gender,
            BirthDate = holder.BirthDate,
            InvoiceType = holder.InvoiceType,
            VatTaxNumber = holder.VatTaxNumber,
            VatAddress = holder.VatAddress,
            VatPhone = holder.VatPhone,
            VatBank = holder.VatBank,
            VatAccount = holder.VatAccount,
            OpenedAt = now,
        };
    }

    internal sealed class Map : IEntityTypeConfiguration<Customer>
    {
        public void Configure(EntityTypeBuilder<Customer> builder)
        {
            builder.ToTable("customers");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Code).HasMaxLength(10);
            builder.Property(c => c.Name).HasMaxLength(100);
            builder.Property(c => c.CertificateNumber).HasMaxLength(30);
            builder.Property(c => c.Phone).HasMaxLength(20);
            builder.Property(c => c.Email).HasMaxLength(100);
            builder.Property(c => c.ContactName).HasMaxLength(60);
            builder.Property(c => c.VatTaxNumber).HasMaxLength(20);
            builder.Property(c => c.VatPhone).HasMaxLength(20);
            builder.Property(c => c.VatBank).HasMaxLength(100);
            builder.Property(c => c.VatAccount).HasMaxLength(40);
            builder.HasIndex(c => c.Code, CodeIndex).IsUnique();
            builder.HasIndex(c => c.CertificateNumber);
            builder.HasIndex(c => c.Phone);
        }
    }
}
