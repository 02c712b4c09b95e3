namespace Billing.TopUps.Sales;

/// <summary>A call-back that was taken: each once, in any order.</summary>
internal sealed class CallBack
{
    public const string NumberIndex = "IX_top_up_call_backs_Number";

    public long Id { get; init; }

    /// <summary>The carrier's id of it.</summary>
    public required string Number { get; init; }

    public long TopUpId { get; init; }

    public DateTime TakenAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<CallBack>
    {
        public void Configure(EntityTypeBuilder<CallBack> builder)
        {
            builder.ToTable("top_up_call_backs");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Number).HasMaxLength(64);
            builder.HasIndex(c => c.Number, NumberIndex).IsUnique();
        }
    }
}
