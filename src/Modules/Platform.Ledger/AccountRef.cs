using System.Globalization;

namespace Platform.Ledger;

/// <summary>An account by its type and its owner's id: no look-up is needed to name one.</summary>
public readonly struct AccountRef(AccountType type, long owner) : IEquatable<AccountRef>, IComparable<AccountRef>
{
    /// <summary>Its type.</summary>
    public AccountType Type { get; } = type;

    /// <summary>The id of whom or what it belongs to.</summary>
    public long Owner { get; } = owner;

    /// <summary>What its rows are found by.</summary>
    public AccountKey Key => new(Type.Number, Owner);

    /// <inheritdoc/>
    public bool Equals(AccountRef other) => Owner == other.Owner && Type.Number == other.Type.Number;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is AccountRef other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode();

    /// <inheritdoc/>
    public int CompareTo(AccountRef other) =>
        Type.Number != other.Type.Number ? Type.Number.CompareTo(other.Type.Number) : Owner.CompareTo(other.Owner);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Type.Name}:{Owner}");

    /// <summary>The same account?</summary>
    public static bool operator ==(AccountRef left, AccountRef right) => left.Equals(right);

    /// <summary>Two accounts?</summary>
    public static bool operator !=(AccountRef left, AccountRef right) => !left.Equals(right);

    /// <summary>In the order in which accounts are locked.</summary>
    public static bool operator <(AccountRef left, AccountRef right) => left.CompareTo(right) < 0;

    /// <summary>In the order in which accounts are locked.</summary>
    public static bool operator >(AccountRef left, AccountRef right) => left.CompareTo(right) > 0;

    /// <summary>In the order in which accounts are locked.</summary>
    public static bool operator <=(AccountRef left, AccountRef right) => left.CompareTo(right) <= 0;

    /// <summary>In the order in which accounts are locked.</summary>
    public static bool operator >=(AccountRef left, AccountRef right) => left.CompareTo(right) >= 0;
}

/// <summary>The key of an account's rows: its type's number and its owner's id.</summary>
public readonly record struct AccountKey(short Kind, long Owner);
