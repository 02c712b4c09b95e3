namespace Billing.Electricity.Merchants;

/// <summary>商户: the power group, such as 0006. Below it stands an accounting unit for each supply company.</summary>
internal sealed class PowerMerchant : IVersioned
{
    public const string CodeIndex = "IX_power_merchants_Code";

    public long Id { get; init; }

    /// <summary>Four digits.</summary>
    public required string Code { get; init; }

    public required string Name { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<PowerMerchant>
    {
        public void Configure(EntityTypeBuilder<PowerMerchant> builder)
        {
            builder.ToTable("power_merchants");
            builder.HasKey(m => m.Id);
            builder.Property(m => m.Code).HasMaxLength(4);
            builder.Property(m => m.Name).HasMaxLength(ElectricityLimits.Name);
            builder.HasIndex(m => m.Code, CodeIndex).IsUnique();
        }
    }
}
