using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Platform.Outbox;

/// <summary>An event written with the booking that caused it, to be told to subscribers later: at least once, in order per key.</summary>
public sealed class OutboxEvent
{
    public const int NameLength = 60;

    public long Id { get; init; }

    /// <summary>The stored name of its <see cref="EventType"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Whom the event is about: events of one key are told in order.</summary>
    public long Key { get; init; }

    public required string Payload { get; init; }

    public DateTime CreatedAt { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<OutboxEvent>
    {
        public void Configure(EntityTypeBuilder<OutboxEvent> builder)
        {
            builder.ToTable("outbox_events");
            builder.HasKey(e => e.Id);
            builder.Property(e => e.Name).HasMaxLength(NameLength);
            builder.Property(e => e.Payload).HasMaxLength(4000);
        }
    }
}
