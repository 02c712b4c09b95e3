using System.Globalization;
using Meters.Carriers.Cards;

namespace Meters.Cards;

/// <summary>A card of ours (PM-09). Its number is what the front end shows; its serial number is what stands on it.</summary>
public sealed class MeterCard : IVersioned
{
    public const string SerialIndex = "IX_meter_cards_Serial";

    private const string Prefix = "99";

    public long Id { get; init; }

    /// <summary>From 1; in the card's header.</summary>
    public long Serial { get; init; }

    /// <summary>16 digits: 99, the serial number in 13, a check digit.</summary>
    public required string Number { get; init; }

    public MeterCardKind Kind { get; set; }

    /// <summary>What stands on it for the maintenance code; null on a new card.</summary>
    public string? Domain { get; set; }

    /// <summary>The user whose card it is.</summary>
    public long? UserId { get; set; }

    /// <summary>The user number that stands on it; it stays when the user is another (过户).</summary>
    public string? UserNumber { get; set; }

    /// <summary>The account of a setting, clear or zero card.</summary>
    public long? AccountId { get; set; }

    /// <summary>Its secret code was refused: nothing more is written to it.</summary>
    public bool SecretRefused { get; set; }

    /// <summary>Who made it what it is now (PM-09.2).</summary>
    public long MadeBy { get; set; }

    public DateTime MadeAt { get; set; }

    public long BranchId { get; set; }

    /// <summary>How often it was recycled.</summary>
    public int Recycled { get; set; }

    public int Version { get; set; }

    public static string NumberOf(long serial)
    {
        var body = Prefix + serial.ToString("D13", CultureInfo.InvariantCulture);
        return body + Luhn.CheckDigit(body);
    }

    internal sealed class Map : IEntityTypeConfiguration<MeterCard>
    {
        public void Configure(EntityTypeBuilder<MeterCard> builder)
        {
            builder.ToTable("meter_cards");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Number).HasMaxLength(16);
            builder.Property(c => c.Domain).HasMaxLength(8);
            builder.Property(c => c.UserNumber).HasMaxLength(12);
            builder.HasIndex(c => c.Serial, SerialIndex).IsUnique();
            builder.HasIndex(c => c.Number).IsUnique();
            builder.HasIndex(c => c.UserId);
            builder.HasIndex(c => new
            {
                c.BranchId,
                c.Kind,
                c.Id,
            });
        }
    }
}

/// <summary>What a counter read from a card: all of it, so that the next step can be decided by it.</summary>
public sealed class MeterCardRead
{
    /// <summary>The card operation that read it.</summary>
    public long Id { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    /// <summary>The 256 bytes, hex.</summary>
    public required string Image { get; init; }

    public DateTime At { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<MeterCardRead>
    {
        public void Configure(EntityTypeBuilder<MeterCardRead> builder)
        {
            builder.ToTable("meter_card_reads");
            builder.HasKey(r => r.Id);
            builder.Property(r => r.Image).HasMaxLength(2 * MeterCardLayout.Size);
        }
    }
}
