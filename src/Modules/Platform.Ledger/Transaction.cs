using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Ledger;

/// <summary>
/// The head of a booked transaction: what it was, where, when, by whom. Its id is its serial number (<see cref="SerialNumber"/>). Never changed; a
/// correction is another transaction that names this one, and the unique index on <see cref="CorrectsId"/> lets it be corrected once (PL-03.5).
/// </summary>
public sealed class Transaction : IDated
{
    public const string CorrectsIndex = "IX_transactions_CorrectsId";

    public Transaction(long id, TransactionType type, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(actor);
        (Id, Type) = (id, type.Name);
        (BranchId, OperatorId, ApproverId) = actor;
    }

    private Transaction() => Type = ""; // For EF Core.

    public long Id { get; private init; }

    /// <summary>The name of its <see cref="TransactionType"/>, such as <c>collection</c> or <c>load</c>.</summary>
    public string Type { get; private init; }

    public long BranchId { get; private init; }

    public long OperatorId { get; private init; }

    public long? ApproverId { get; private init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    public long? CustomerId { get; init; }

    public long? CardId { get; init; }

    /// <summary>Fen: what the document names as its amount.</summary>
    public long Amount { get; init; }

    /// <summary>Fen of bonus given or taken with it.</summary>
    public long Bonus { get; init; }

    /// <summary>Points given or taken with it.</summary>
    public long Points { get; init; }

    /// <summary>Fen of fees taken with it (card cost fee, service fee).</summary>
    public long Fee { get; init; }

    /// <summary>Fen of deposit taken with it.</summary>
    public long Deposit { get; init; }

    /// <summary>How it was paid: the name of a way of paying, which a module declares. Null for types that take no payment.</summary>
    public string? PaymentMethod { get; init; }

    public string? ReferenceNumber { get; init; }

    public string? Remark { get; init; }

    /// <summary>The transaction that this one corrects.</summary>
    public long? CorrectsId { get; init; }

    /// <summary>What else the type of transaction must remember, as JSON of the type's own record; at most 4,000 characters.</summary>
    public string? Details { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<Transaction>
    {
        public void Configure(EntityTypeBuilder<Transaction> builder)
        {
            builder.ToTable("transactions");
            builder.HasKey(t => t.Id);
            builder.Property(t => t.Type).HasMaxLength(30);
            builder.Property(t => t.PaymentMethod).HasMaxLength(40);
            builder.Property(t => t.ReferenceNumber).HasMaxLength(40);
            builder.Property(t => t.Details).HasMaxLength(4000);
            builder.HasIndex(t => t.CorrectsId, CorrectsIndex).IsUnique().HasFilter("\"CorrectsId\" IS NOT NULL");
            builder.HasIndex(t => new { t.BranchId, t.BusinessDate });
            // Statements: by customer or card, then by date, read from any place on without a look at what was before (FC-43.2).
            builder.HasIndex(t => new
            {
                t.CustomerId,
                t.BusinessDate,
                t.Id,
            });
            builder
                .HasIndex(t => new
                {
                    t.CardId,
                    t.BusinessDate,
                    t.Id,
                })
                .HasFilter("\"CardId\" IS NOT NULL");
        }
    }
}
