using System.Globalization;

namespace Meters.Accounts;

/// <summary>What a meter measures.</summary>
public enum MeterType
{
    /// <summary>水表: m³.</summary>
    Water,

    /// <summary>电表: kWh.</summary>
    Electricity,

    /// <summary>燃气表: m³.</summary>
    Gas,

    /// <summary>热表: kWh.</summary>
    Heat,
}

/// <summary>What carries a purchase to the meter.</summary>
public enum MeterCarrier
{
    /// <summary>IC 卡.</summary>
    Card,

    /// <summary>A token of 20 digits that the user keys in.</summary>
    Token,
}

/// <summary>What becomes of the pre-stored quantity of a new user.</summary>
public enum PreStoredTerms
{
    /// <summary>It is given.</summary>
    Given,

    /// <summary>It is lent, and taken off the first sale.</summary>
    Lent,
}

/// <summary>
/// 账户: one supplier's kind of meter at a site (PM-01). Quantities are hundredths of a unit. The maintenance code is not kept: what stands on cards
/// is computed from it and kept here.
/// </summary>
public sealed class MeterAccount : IVersioned
{
    /// <summary>A maintenance area has each sub-meter number once, and so at most four accounts (PM-01.1).</summary>
    public const string SubMeterIndex = "IX_meter_accounts_Domain_SubMeter";

    public long Id { get; init; }

    public required string Name { get; set; }

    public MeterType MeterType { get; init; }

    /// <summary>子表号, 1 to 4.</summary>
    public int SubMeter { get; init; }

    /// <summary>Stands for the maintenance code on cards: 8 hex digits.</summary>
    public required string Domain { get; init; }

    /// <summary>限购量; 0 for none.</summary>
    public long PurchaseLimit { get; set; }

    /// <summary>预存量.</summary>
    public long PreStored { get; set; }

    public PreStoredTerms PreStoredTerms { get; set; }

    /// <summary>透支量.</summary>
    public long Overdraft { get; set; }

    /// <summary>报警量.</summary>
    public long Alarm { get; set; }

    public MeterCarrier Carrier { get; init; }

    /// <summary>Supply group code of meters that take tokens, 6 digits.</summary>
    public string? SupplyGroup { get; init; }

    /// <summary>Its meters are simulated ones: tokens are made with the sample tables.</summary>
    public bool IsTraining { get; init; }

    /// <summary>The branch that created it.</summary>
    public long BranchId { get; init; }

    public DateTime CreatedAt { get; init; }

    public int Version { get; set; }

    /// <summary>The domain as a number.</summary>
    public uint DomainNumber => uint.Parse(Domain, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Its money in the books.</summary>
    public AccountRef Sales => new(MeterLedger.Sales, Id);

    internal sealed class Map : IEntityTypeConfiguration<MeterAccount>
    {
        public void Configure(EntityTypeBuilder<MeterAccount> builder)
        {
            builder.ToTable("meter_accounts");
            builder.HasKey(a => a.Id);
            builder.Property(a => a.Name).HasMaxLength(Limits.Name);
            builder.Property(a => a.Domain).HasMaxLength(8);
            builder.Property(a => a.SupplyGroup).HasMaxLength(6);
            builder.HasIndex(a => new { a.Domain, a.SubMeter }, SubMeterIndex).IsUnique();
            builder.Ignore(a => a.DomainNumber);
            builder.Ignore(a => a.Sales);
        }
    }
}
