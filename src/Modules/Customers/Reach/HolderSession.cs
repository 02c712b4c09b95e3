using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Persistence;
using Platform.Requests;

namespace Customers.Reach;

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

    /// <summary>The holder's certificate was shown now.</summary>
    public static HolderSession Of(Customer customer, Caller caller, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(customer);
        ArgumentNullException.ThrowIfNull(caller);
        return new HolderSession
        {
            Id = Ids.Next(),
            CustomerId = customer.Id,
            BranchId = caller.BranchId,
            OperatorId = caller.OperatorId,
            ProvedAt = now,
            ExpiresAt = now + GoodFor,
        };
    }

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
