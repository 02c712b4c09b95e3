using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform;

namespace Issuance.Holders;

/// <summary>
/// That an operator was shown the certificate of a customer's holder. It opens the customer for reading, for this operator and for ten minutes; it
/// moves no money.
/// </summary>
public sealed class HolderSession
{
    public static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    public long Id { get; init; }

    public long CustomerId { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    public DateTime ProvedAt { get; init; }

    public DateTime ExpiresAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<HolderSession>
    {
        public void Configure(EntityTypeBuilder<HolderSession> builder)
        {
            builder.ToTable("holder_sessions");
            builder.HasKey(s => s.Id);
            builder.HasIndex(s => new { s.OperatorId, s.ExpiresAt });
        }
    }
}
