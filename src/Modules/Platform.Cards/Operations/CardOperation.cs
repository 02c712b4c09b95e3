using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Persistence;

namespace Platform.Cards.Operations;

/// <summary>The state of a card operation.</summary>
public enum CardOperationState
{
    /// <summary>Created; nothing booked, nothing written.</summary>
    Open,

    /// <summary>The money or card is reserved, and the chip may be writing.</summary>
    Held,

    /// <summary>Done on the chip and booked.</summary>
    Confirmed,

    /// <summary>The chip refused; nothing booked.</summary>
    Rejected,

    /// <summary>Not done on the chip. Nothing is booked, and reservations are released.</summary>
    NotDone,

    /// <summary>The result on the chip is unknown. The reservation stays until the card is read again.</summary>
    Unknown,

    /// <summary>The chip shows a contradictory state. An operator must decide.</summary>
    Exception,
}

/// <summary>
/// A card operation: a resource that the front end creates and the agent carries to its end, message by message. Its script's state is in the row,
/// so that any process can take the next message. One open operation per card, by a unique index.
/// </summary>
public sealed class CardOperation : IVersioned
{
    public const string OpenCardIndex = "IX_card_operations_OpenCard";
    public static readonly TimeSpan TicketGoodFor = TimeSpan.FromMinutes(10);

    public long Id { get; init; }

    /// <summary>Which flow it belongs to: <c>issue</c>, <c>load</c>, <c>points-load</c>, …</summary>
    public required string Kind { get; init; }

    public CardOperationState State { get; set; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    public long? ApproverId { get; init; }

    public long? CardId { get; init; }

    public long? CustomerId { get; init; }

    public string? CardNumber { get; init; }

    /// <summary>Fen or points.</summary>
    public long Amount { get; init; }

    /// <summary>The card's id while the operation is not settled, else null: the unique index allows one open operation per card.</summary>
    public long? OpenCard { get; set; }

    /// <summary>What the flow must remember, as JSON of its own record.</summary>
    public required string Order { get; init; }

    /// <summary>The chip's own serial number, hex, as far as an issue has read it: by it a card that is still blank is found again.</summary>
    public string? ChipSerial { get; set; }

    /// <summary>The script's memory (no keys, no PIN).</summary>
    public required string Script { get; set; }

    /// <summary>The operation whose ticket this one runs under: itself, or the one it follows (points after money).</summary>
    public long RootId { get; set; }

    /// <summary>On the root: the operation that now runs under its ticket.</summary>
    public long ActiveId { get; set; }

    /// <summary>On the root: SHA-256 of the one-time ticket's secret.</summary>
    public byte[] TicketHash { get; set; } = [];

    public DateTime TicketExpiresAt { get; set; }

    /// <summary>On the root: the round that the agent sends next.</summary>
    public int Round { get; set; }

    /// <summary>On the root: SHA-256 of the last round's body, and the answer to it, so that a lost reply is given again.</summary>
    public byte[] RoundHash { get; set; } = [];

    public string Reply { get; set; } = "";

    public DateTime CreatedAt { get; init; }

    /// <summary>When the operation last moved: an agent that is silent for longer has lost it.</summary>
    public DateTime TouchedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>How it was ended without its card (FC-35.3), confirmed or not done; null when the card itself ended it.</summary>
    public CardOperationState? SettledAs { get; set; }

    public string? OutcomeCode { get; set; }

    public string? OutcomeMessage { get; set; }

    /// <summary>The transaction that booked its end.</summary>
    public long? TransactionId { get; set; }

    public int Version { get; set; }

    public bool IsSettled => State is CardOperationState.Confirmed or CardOperationState.Rejected or CardOperationState.NotDone;

    internal sealed class Map : IEntityTypeConfiguration<CardOperation>
    {
        public void Configure(EntityTypeBuilder<CardOperation> builder)
        {
            builder.ToTable("card_operations");
            builder.HasKey(o => o.Id);
            builder.Property(o => o.Kind).HasMaxLength(20);
            builder.Property(o => o.CardNumber).HasMaxLength(16);
            builder.Property(o => o.ChipSerial).HasMaxLength(32);
            builder.Property(o => o.Order).HasMaxLength(4000);
            builder.Property(o => o.Script).HasMaxLength(4000);
            builder.Property(o => o.Reply).HasMaxLength(-1);
            builder.Property(o => o.TicketHash).HasMaxLength(32);
            builder.Property(o => o.RoundHash).HasMaxLength(32);
            builder.Property(o => o.OutcomeCode).HasMaxLength(60);
            builder.HasIndex(o => o.OpenCard, OpenCardIndex).IsUnique();
            builder.HasIndex(o => new { o.BranchId, o.State });
            builder.HasIndex(o => o.CardId);
            builder.HasIndex(o => o.CardNumber);
            builder.HasIndex(o => o.ChipSerial);
            builder.Ignore(o => o.IsSettled);
        }
    }
}
