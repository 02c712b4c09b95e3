using System.Globalization;

namespace Billing.Electricity.Contracts;

/// <summary>The state of a debit contract.</summary>
public enum DebitContractState
{
    /// <summary>有效.</summary>
    InForce,

    /// <summary>已变更: another agreement took its place.</summary>
    Changed,

    /// <summary>已终止.</summary>
    Ended,
}

/// <summary>Why a contract ended.</summary>
public enum ChangedBecause
{
    /// <summary>It did not.</summary>
    NotAtAll,

    /// <summary>客户申请: the payer asked for it.</summary>
    PayerAsked,

    /// <summary>The account was closed.</summary>
    AccountClosed,
}

/// <summary>
/// 电费代扣签约 (4621): which account pays the bills of an electricity customer, by a three-party agreement. One is in force for each customer; another
/// account needs a new agreement, which is a new row.
/// </summary>
internal sealed class DebitContract : IVersioned
{
    public const string AgreementIndex = "IX_debit_contracts_AgreementNumber";
    public const string InForceIndex = "IX_debit_contracts_InForceKey";

    public long Id { get; init; }

    /// <summary>协议编号; used once.</summary>
    public required string AgreementNumber { get; init; }

    public long UnitId { get; init; }

    public required string Customer { get; init; }

    public required string CustomerName { get; init; }

    public required string AccountNumber { get; init; }

    public required string Holder { get; init; }

    public required string CertificateNumber { get; init; }

    /// <summary>签约机构: the branch that made it, which alone shows, changes and ends it.</summary>
    public long BranchId { get; init; }

    public DebitContractState State { get; set; }

    public ChangedBecause Because { get; set; }

    /// <summary>Unit and customer while it is in force: the unique index keeps a second one out.</summary>
    public string? InForceKey { get; set; }

    /// <summary>The contract that this one took the place of.</summary>
    public long? PreviousId { get; init; }

    public DateTime SignedAt { get; init; }

    public int Version { get; set; }

    public static string KeyOf(long unitId, string customer) => string.Create(CultureInfo.InvariantCulture, $"{unitId}:{customer}");

    public void End(ChangedBecause because)
    {
        (State, Because, InForceKey) = (DebitContractState.Ended, because, null);
    }

    internal sealed class Map : IEntityTypeConfiguration<DebitContract>
    {
        public void Configure(EntityTypeBuilder<DebitContract> builder)
        {
            builder.ToTable("debit_contracts");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.AgreementNumber).HasMaxLength(ElectricityLimits.Number);
            builder.Property(c => c.Customer).HasMaxLength(13);
            builder.Property(c => c.CustomerName).HasMaxLength(ElectricityLimits.Name);
            builder.Property(c => c.AccountNumber).HasMaxLength(ElectricityLimits.Number);
            builder.Property(c => c.Holder).HasMaxLength(ElectricityLimits.Name);
            builder.Property(c => c.CertificateNumber).HasMaxLength(30);
            builder.Property(c => c.InForceKey).HasMaxLength(40);
            builder.HasIndex(c => c.AgreementNumber, AgreementIndex).IsUnique();
            builder.HasIndex(c => c.InForceKey, InForceIndex).IsUnique();
            builder.HasIndex(c => c.AccountNumber);
        }
    }
}

/// <summary>There is no such contract here.</summary>
public sealed record ContractUnknown()
    : Refusal(
        "debit-contract-unknown",
        404,
        "There is no such contract at this branch, with this agreement number and certificate.",
        "本网点无此签约信息，或协议编号、证件号码不符。"
    );

/// <summary>A contract is in force.</summary>
public sealed record ContractInForce()
    : Refusal("debit-contract-in-force", 409, "The customer has a contract in force.", "该用电客户已有有效签约。");

/// <summary>The agreement number was used.</summary>
public sealed record AgreementUsed() : Refusal("agreement-used", 409, "The agreement number was used before.", "该协议编号已使用。");

/// <summary>The contract has ended.</summary>
/// <param name="State">Its state.</param>
public sealed record DebitContractEnded(DebitContractState State)
    : Refusal("debit-contract-ended", 409, $"The contract is {Json.Name(State)}.", "该签约已变更或终止。");

/// <summary>The account is outside the union.</summary>
public sealed record AccountOutsideUnion()
    : Refusal("account-outside-union", 409, "The account is not of the union that serves the company.", "该账户不属于委托代收的联社。");
