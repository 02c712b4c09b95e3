using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Issuance.Cards;

/// <summary>The type of a card. It determines fees, deposits and functions.</summary>
public enum CardType
{
    /// <summary>个人单用户卡: a person's only card.</summary>
    PersonalSingle,

    /// <summary>个人多用户主卡.</summary>
    PersonalMain,

    /// <summary>个人多用户副卡.</summary>
    PersonalSub,

    /// <summary>单位单用户卡: an organisation's only card.</summary>
    OrganisationSingle,

    /// <summary>单位多用户主卡.</summary>
    OrganisationMain,

    /// <summary>单位多用户副卡.</summary>
    OrganisationSub,

    /// <summary>不记名卡: sold without a registered holder.</summary>
    Bearer,
}

/// <summary>The state of a card.</summary>
public enum CardState
{
    /// <summary>Numbered and paid, but the chip is not written yet. Not usable.</summary>
    Reserved,

    /// <summary>Usable.</summary>
    Active,

    /// <summary>挂失: reported lost and on the blacklist. Can be reactivated.</summary>
    Lost,

    /// <summary>损坏: no longer readable. Can be replaced.</summary>
    Damaged,

    /// <summary>过期: expired.</summary>
    Expired,

    /// <summary>冻结: blocked by the issuer.</summary>
    Blocked,

    /// <summary>清户: closed or replaced. Never usable again.</summary>
    Closed,

    /// <summary>A reservation without a written chip. The number is not used again.</summary>
    Released,
}

/// <summary>A chip card.</summary>
public sealed class Card : IVersioned
{
    public const string NumberIndex = "IX_cards_Number";
    public const string ChipIndex = "IX_cards_ChipSerial";
    public const string MainIndex = "IX_cards_MainOf";

    public long Id { get; init; }

    /// <summary>16 digits, the last a Luhn check digit.</summary>
    public required string Number { get; init; }

    public CardType Type { get; init; }

    public CardState State { get; set; }

    public long CustomerId { get; init; }

    /// <summary>The branch that issued it.</summary>
    public long BranchId { get; init; }

    /// <summary>The issuing province's part of the card number; a card of another province is an 异地卡 (FC-15.3).</summary>
    public required string IssuerCode { get; init; }

    /// <summary>
    /// The chip's own serial number, hex; one chip carries one card. Null until a chip was read, and again when a reservation was released.
    /// </summary>
    public string? ChipSerial { get; set; }

    /// <summary>The name of the issuer profile (files, keys) the chip was written by.</summary>
    public required string Profile { get; init; }

    public DateOnly ValidFrom { get; init; }

    public DateOnly ValidTo { get; init; }

    public string? Plate { get; init; }

    public DateTime CreatedAt { get; init; }

    /// <summary>
    /// The customer, while this is its valid main card, else null: the unique index lets a customer have one (FC-02.2). It follows from kind and
    /// state, so whoever changes the state changes it too; the row keeps it for the index.
    /// </summary>
    public long? MainOf
    {
        get => Type is CardType.PersonalMain or CardType.OrganisationMain && IsValid ? CustomerId : null;
        // The value in the row is what the getter gave when it was written.
        private set => _ = value;
    }

    public int Version { get; set; }

    /// <summary>In use, or about to be: what counts as one of a customer's cards (FC-02.2, FC-03.6).</summary>
    public bool IsValid => State is CardState.Reserved or CardState.Active;

    public AccountRef Reserve => new(IssuanceAccounts.Reserve, Id);

    public AccountRef Purse => new(IssuanceAccounts.Card, Id);

    public AccountRef InTransit => new(IssuanceAccounts.InTransit, Id);

    public AccountRef Deposit => new(IssuanceAccounts.Deposit, Id);

    public AccountRef ReservePoints => new(IssuanceAccounts.ReservePoints, Id);

    public AccountRef PursePoints => new(IssuanceAccounts.CardPoints, Id);

    public AccountRef PointsInTransit => new(IssuanceAccounts.PointsInTransit, Id);

    internal sealed class Map : IEntityTypeConfiguration<Card>
    {
        public void Configure(EntityTypeBuilder<Card> builder)
        {
            builder.ToTable("cards");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.Number).HasMaxLength(16);
            builder.Property(c => c.IssuerCode).HasMaxLength(8);
            builder.Property(c => c.ChipSerial).HasMaxLength(32);
            builder.Property(c => c.Profile).HasMaxLength(40);
            builder.Property(c => c.Plate).HasMaxLength(16);
            builder.HasIndex(c => c.Number, NumberIndex).IsUnique();
            builder.HasIndex(c => c.ChipSerial, ChipIndex).IsUnique();
            builder.HasIndex(c => c.MainOf, MainIndex).IsUnique();
            builder.HasIndex(c => c.CustomerId);
            builder.HasIndex(c => new { c.State, c.ValidTo });
            builder.Ignore(c => c.IsValid);
            builder.Ignore(c => c.Reserve);
            builder.Ignore(c => c.Purse);
            builder.Ignore(c => c.InTransit);
            builder.Ignore(c => c.Deposit);
            builder.Ignore(c => c.ReservePoints);
            builder.Ignore(c => c.PursePoints);
            builder.Ignore(c => c.PointsInTransit);
        }
    }
}

/// <summary>A card with its customer: what most counter operations start from.</summary>
public sealed record CardView(Card Card, Customer Customer);

/// <summary>Finds cards.</summary>
public static class CardViews
{
    /// <summary>Null when no such card was ever issued or reserved.</summary>
    public static Task<CardView?> CardView(this AppDb db, string cardNumber, CancellationToken ct) =>
        db.Set<Card>()
            .Where(c => c.Number == cardNumber && c.State != CardState.Released)
            .Join(db.Set<Customer>(), c => c.CustomerId, c => c.Id, (card, customer) => new CardView(card, customer))
            .SingleOrDefaultAsync(ct);
}

public sealed record CardNotFound() : Refusal("card-not-found", 404, "There is no such card.", "卡号不存在。");
