using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using Billing.Electricity.Power;

namespace Billing.Electricity.Quotes;

/// <summary>What the power side showed of a customer's bills, under the reference that a payment must carry (EB-02.4). It binds the amount.</summary>
internal sealed class BillQuote
{
    public const string ReferenceIndex = "IX_electricity_quotes_Reference";
    public const int ReferenceLength = 40;

    /// <summary>How long after the end of its reference it is kept, unless set otherwise: so long a payment is told that it came too late.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    public long Id { get; init; }

    public required string Reference { get; init; }

    public long UnitId { get; init; }

    public required string Customer { get; init; }

    public required string CustomerName { get; init; }

    public DateTime ValidUntil { get; init; }

    public bool PartsAllowed { get; init; }

    public bool KeepsBalance { get; init; }

    /// <summary>The receivables, oldest first, as JSON.</summary>
    public required string Body { get; init; }

    [NotMapped]
    public IReadOnlyList<PowerReceivable> Receivables =>
        JsonSerializer.Deserialize<List<PowerReceivable>>(Body, JsonSerializerOptions.Web)!;

    internal sealed class Map : IEntityTypeConfiguration<BillQuote>
    {
        public void Configure(EntityTypeBuilder<BillQuote> builder)
        {
            builder.ToTable("electricity_quotes");
            builder.HasKey(q => q.Id);
            builder.Property(q => q.Reference).HasMaxLength(ReferenceLength);
            builder.Property(q => q.Customer).HasMaxLength(13);
            builder.Property(q => q.CustomerName).HasMaxLength(ElectricityLimits.Name);
            builder.Property(q => q.Body).HasMaxLength(8_000);
            builder.HasIndex(q => q.Reference, ReferenceIndex).IsUnique();
        }
    }
}
