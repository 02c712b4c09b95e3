namespace Billing.Electricity.Invoices;

/// <summary>How an invoice is printed.</summary>
public enum InvoicePrintKind
{
    /// <summary>首次打印: with the collection.</summary>
    First,

    /// <summary>重打: again on the same day, on a new number.</summary>
    Reprint,

    /// <summary>补打: later, for batch debit and self-service.</summary>
    Later,
}

/// <summary>电费发票 that was printed for a payment, on a numbered blank.</summary>
internal sealed class ElectricityInvoice
{
    public const string PlaceIndex = "IX_electricity_invoices_PaymentId_Kind_Sequence";

    public long Id { get; init; }

    public long PaymentId { get; init; }

    public InvoicePrintKind Kind { get; init; }

    /// <summary>1, 2, … of its kind: the index holds when two print at once.</summary>
    public int Sequence { get; init; }

    public required string Code { get; init; }

    public required string Number { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    public DateTime PrintedAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ElectricityInvoice>
    {
        public void Configure(EntityTypeBuilder<ElectricityInvoice> builder)
        {
            builder.ToTable("electricity_invoices");
            builder.HasKey(i => i.Id);
            builder.Property(i => i.Code).HasMaxLength(12);
            builder.Property(i => i.Number).HasMaxLength(8);
            builder
                .HasIndex(
                    i => new
                    {
                        i.PaymentId,
                        i.Kind,
                        i.Sequence,
                    },
                    PlaceIndex
                )
                .IsUnique();
        }
    }
}
