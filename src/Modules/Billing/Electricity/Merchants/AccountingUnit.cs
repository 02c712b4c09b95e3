using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using Billing.Electricity.Fees;
using Billing.Electricity.Numbers;

namespace Billing.Electricity.Merchants;

/// <summary>业务方式: how a supply company's bills are collected.</summary>
public enum BusinessMode
{
    /// <summary>联机: at counters and channels.</summary>
    Online,

    /// <summary>批量: by batch debit.</summary>
    Batch,

    /// <summary>两者都有: both.</summary>
    Both,
}

/// <summary>批量方式: what batches do.</summary>
public enum BatchMode
{
    /// <summary>代收: collect.</summary>
    Collect,

    /// <summary>代付: pay out.</summary>
    PayOut,
}

/// <summary>
/// 核算单位: a supply company with its contract, its accounts and its rules (4692). It stands under one union, whose branches alone collect for it.
/// </summary>
internal sealed class AccountingUnit : IVersioned
{
    public const string CodeIndex = "IX_accounting_units_Code";
    public const string TransitIndex = "IX_accounting_units_TransitAccount";
    public const string SettlementIndex = "IX_accounting_units_SettlementAccount";

    public long Id { get; init; }

    /// <summary>Five to nine digits.</summary>
    public required string Code { get; init; }

    public required string Name { get; set; }

    /// <summary>Of the merchant, four digits.</summary>
    public required string MerchantCode { get; init; }

    public required string BusinessKind { get; set; }

    /// <summary>客户编号 of the company at the bank.</summary>
    public required string CustomerNumber { get; set; }

    public required string ContractNumber { get; set; }

    /// <summary>签约机构: the union that serves the company.</summary>
    public long UnionId { get; set; }

    public DateOnly SignedOn { get; set; }

    public BusinessMode Mode { get; set; }

    public BatchMode BatchMode { get; set; }

    /// <summary>过渡户账号.</summary>
    public required string TransitAccount { get; set; }

    /// <summary>商户结算账号: a cheque account.</summary>
    public required string SettlementAccount { get; set; }

    public required string SettlementName { get; set; }

    /// <summary>商户结算账号开户机构: the branch's code.</summary>
    public required string SettlementInstitution { get; set; }

    /// <summary>Lengths of customer numbers, between spaces.</summary>
    public required string CustomerLengths { get; set; }

    public CustomerNumberCheck CustomerCheck { get; set; }

    /// <summary>How often in a day a line is tried that failed for funds.</summary>
    public int DebitTries { get; set; }

    public long FeePerItem { get; set; }

    /// <summary>In ten-thousandths.</summary>
    public int FeeRate { get; set; }

    public long FeeLeastPerItem { get; set; }

    public long FeeMostPerItem { get; set; }

    public long FeeLeastPerPeriod { get; set; }

    public long FeeMostPerPeriod { get; set; }

    public int Version { get; set; }

    [NotMapped]
    public CollectionFeeTerms Fee => new(FeePerItem, FeeRate, FeeLeastPerItem, FeeMostPerItem, FeeLeastPerPeriod, FeeMostPerPeriod);

    [NotMapped]
    public IReadOnlyList<int> Lengths =>
        [.. CustomerLengths.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(l => int.Parse(l, CultureInfo.InvariantCulture))];

    [NotMapped]
    public AccountRef InDoubt => new(ElectricityAccounts.InDoubt, Id);

    [NotMapped]
    public AccountRef Transit => new(ElectricityAccounts.Transit, Id);

    [NotMapped]
    public AccountRef Settlement => new(ElectricityAccounts.Settlement, Id);

    [NotMapped]
    public AccountRef OtherTransfers => new(ElectricityAccounts.OtherTransfers, Id);

    public bool Admits(BusinessMode mode) => Mode == BusinessMode.Both || Mode == mode;

    internal sealed class Map : IEntityTypeConfiguration<AccountingUnit>
    {
        public void Configure(EntityTypeBuilder<AccountingUnit> builder)
        {
            builder.ToTable("accounting_units");
            builder.HasKey(u => u.Id);
            builder.Property(u => u.Code).HasMaxLength(9);
            builder.Property(u => u.Name).HasMaxLength(ElectricityLimits.Name);
            builder.Property(u => u.MerchantCode).HasMaxLength(4);
            builder.Property(u => u.BusinessKind).HasMaxLength(ElectricityLimits.Number);
            builder.Property(u => u.CustomerNumber).HasMaxLength(ElectricityLimits.Number);
            builder.Property(u => u.ContractNumber).HasMaxLength(ElectricityLimits.Number);
            builder.Property(u => u.TransitAccount).HasMaxLength(ElectricityLimits.Number);
            builder.Property(u => u.SettlementAccount).HasMaxLength(ElectricityLimits.Number);
            builder.Property(u => u.SettlementName).HasMaxLength(ElectricityLimits.Name);
            builder.Property(u => u.SettlementInstitution).HasMaxLength(Branch.CodeLength);
            builder.Property(u => u.CustomerLengths).HasMaxLength(20);
            builder.HasIndex(u => u.Code, CodeIndex).IsUnique();
            builder.HasIndex(u => u.TransitAccount, TransitIndex).IsUnique();
            builder.HasIndex(u => u.SettlementAccount, SettlementIndex).IsUnique();
            builder.HasIndex(u => u.UnionId);
        }
    }
}

/// <summary>One field of a unit that was changed, with both values.</summary>
internal sealed class UnitChange
{
    public long Id { get; init; }

    public long UnitId { get; init; }

    public required string Field { get; init; }

    public string? Old { get; init; }

    public string? New { get; init; }

    public long OperatorId { get; init; }

    public long? ApproverId { get; init; }

    public DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<UnitChange>
    {
        public void Configure(EntityTypeBuilder<UnitChange> builder)
        {
            builder.ToTable("accounting_unit_changes");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Field).HasMaxLength(40);
            builder.Property(c => c.Old).HasMaxLength(ElectricityLimits.Name);
            builder.Property(c => c.New).HasMaxLength(ElectricityLimits.Name);
            builder.HasIndex(c => new { c.UnitId, c.Id });
        }
    }
}
