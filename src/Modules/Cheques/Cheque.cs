using System.Linq.Expressions;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cheques;

/// <summary>The state of a cheque.</summary>
public enum ChequeState
{
    /// <summary>已收取.</summary>
    Received,

    /// <summary>已到账.</summary>
    Cleared,

    /// <summary>已退票.</summary>
    Bounced,
}

/// <summary>
/// A cheque of a customer. What is left of it is an account of its own, so that payments that race for it are held within its amount by the books
/// (FC-31.4): a payment writes no cheque row. Clearing, bouncing and giving back write the row, so that of two of them one decides again.
/// </summary>
public sealed class Cheque : IVersioned
{
    public const string NumberIndex = "IX_cheques_Bank_Number";

    public long Id { get; init; }

    /// <summary>开户银行.</summary>
    public required string Bank { get; init; }

    /// <summary>支票编号; taken once with its bank (FC-31.1).</summary>
    public required string Number { get; init; }

    /// <summary>Fen.</summary>
    public long Amount { get; init; }

    /// <summary>账号 that it is drawn on.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>收据票号, optional.</summary>
    public string? ReceiptNumber { get; init; }

    public long CustomerId { get; init; }

    /// <summary>The card it was received for.</summary>
    public long CardId { get; init; }

    /// <summary>The branch that received it.</summary>
    public long BranchId { get; init; }

    /// <summary>Usable at once: the customer's cheque mode when it was received (FC-31.3).</summary>
    public bool OnSight { get; init; }

    public ChequeState State { get; set; }

    /// <summary>
    /// Fen of a bounced cheque that had been used and are neither paid since nor taken back (FC-33.1): its part of the customer's claim. Whatever
    /// moves the claim writes this row.
    /// </summary>
    public long Owed { get; set; }

    /// <summary>China's date of the receipt: lists go by it.</summary>
    public DateOnly ReceivedOn { get; init; }

    public int Version { get; set; }

    /// <summary>What is left of it.</summary>
    public AccountRef Left => new(IssuanceAccounts.Cheque, Id);

    /// <summary>The customer's debt for all its bounced cheques.</summary>
    public AccountRef Claim => new(IssuanceAccounts.Claim, CustomerId);

    /// <summary>May it be paid with, as far as there is something left? For queries; <see cref="IsUsable"/> asks one cheque.</summary>
    public static readonly Expression<Func<Cheque, bool>> Usable = c =>
        c.State == ChequeState.Cleared || (c.State == ChequeState.Received && c.OnSight);

    private static readonly Func<Cheque, bool> s_usable = Usable.Compile();

    public bool IsUsable => s_usable(this);

    internal sealed class Map : IEntityTypeConfiguration<Cheque>
    {
        public void Configure(EntityTypeBuilder<Cheque> builder)
        {
            builder.ToTable("cheques");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Bank).HasMaxLength(Limits.Bank);
            builder.Property(c => c.Number).HasMaxLength(Limits.Number);
            builder.Property(c => c.AccountNumber).HasMaxLength(Limits.AccountNumber);
            builder.Property(c => c.ReceiptNumber).HasMaxLength(Limits.ReceiptNumber);
            builder.HasIndex(c => new { c.Bank, c.Number }, NumberIndex).IsUnique();
            builder.HasIndex(c => c.CustomerId);
            builder.HasIndex(c => new { c.BranchId, c.Id });
            builder.Ignore(c => c.Left);
            builder.Ignore(c => c.Claim);
            builder.Ignore(c => c.IsUsable);
        }
    }
}

/// <summary>When a customer's cheques can be used; no row is <see cref="ChequeMode.OnClearing"/>.</summary>
public sealed class CustomerChequeMode : IVersioned
{
    public long CustomerId { get; init; }

    public ChequeMode Mode { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<CustomerChequeMode>
    {
        public void Configure(EntityTypeBuilder<CustomerChequeMode> builder)
        {
            builder.ToTable("customer_cheque_modes");
            builder.HasKey(m => m.CustomerId);
        }
    }
}

/// <summary>支票到账方式.</summary>
public enum ChequeMode
{
    /// <summary>到账充值: usable when it is cleared.</summary>
    OnClearing,

    /// <summary>见票即充: usable immediately.</summary>
    OnSight,
}

/// <summary>The largest amounts and texts of this module.</summary>
internal static class Limits
{
    public const int Bank = 60;
    public const int Number = 20;
    public const int AccountNumber = 40;
    public const int ReceiptNumber = 20;
    public const int ReferenceNumber = 40;
    public const int Remark = 200;

    /// <summary>Fen of one cheque: 100,000,000.00 yuan.</summary>
    public const long Fen = 10_000_000_000;

    /// <summary>Usable cheques that a customer's drop-down shows.</summary>
    public const int Usable = 200;
}
