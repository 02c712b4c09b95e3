using System.ComponentModel.DataAnnotations.Schema;

namespace Billing.Electricity.PayerAccounts;

/// <summary>The kind of a payer's account.</summary>
public enum PayerAccountKind
{
    /// <summary>个人账户: a person's.</summary>
    Personal,

    /// <summary>对公存折户: an organisation's passbook account.</summary>
    Passbook,

    /// <summary>支票户: an organisation's cheque account.</summary>
    Cheque,
}

/// <summary>The state of a payer's account.</summary>
public enum PayerAccountState
{
    /// <summary>正常.</summary>
    Usable,

    /// <summary>冻结或止付.</summary>
    Frozen,

    /// <summary>销户.</summary>
    Closed,
}

/// <summary>
/// A payer's deposit account, kept in our books, so that transfers and batch debits are held within it by the ledger.
/// </summary>
internal sealed class PayerAccount : IVersioned
{
    public const string NumberIndex = "IX_payer_accounts_Number";

    public long Id { get; init; }

    /// <summary>19 digits.</summary>
    public required string Number { get; init; }

    public required string Holder { get; init; }

    public required string CertificateNumber { get; init; }

    public PayerAccountKind Kind { get; init; }

    public PayerAccountState State { get; set; }

    /// <summary>开户机构.</summary>
    public long BranchId { get; init; }

    public int Version { get; set; }

    [NotMapped]
    public AccountRef Money => new(ElectricityAccounts.Payer, Id);

    internal sealed class Map : IEntityTypeConfiguration<PayerAccount>
    {
        public void Configure(EntityTypeBuilder<PayerAccount> builder)
        {
            builder.ToTable("payer_accounts");
            builder.HasKey(a => a.Id);
            builder.Property(a => a.Number).HasMaxLength(ElectricityLimits.Number);
            builder.Property(a => a.Holder).HasMaxLength(ElectricityLimits.Name);
            builder.Property(a => a.CertificateNumber).HasMaxLength(30);
            builder.HasIndex(a => a.Number, NumberIndex).IsUnique();
        }
    }
}

/// <summary>A payer's account as the other slices use it.</summary>
/// <param name="Id">Of the account.</param>
/// <param name="Version">Of its row: a booking that goes by its state takes it as a premise.</param>
internal sealed record PayerAccountView(
    long Id,
    string Number,
    string Holder,
    string CertificateNumber,
    PayerAccountKind Kind,
    PayerAccountState State,
    long BranchId,
    int Version
)
{
    public AccountRef Money => new(ElectricityAccounts.Payer, Id);

    public Premise Premise => Premise.Of<PayerAccount>(Id, Version);

    public static PayerAccountView Of(PayerAccount a) =>
        new(a.Id, a.Number, a.Holder, a.CertificateNumber, a.Kind, a.State, a.BranchId, a.Version);
}

/// <summary>Where payers' accounts are found: in our books, or, where a bank keeps them elsewhere, in its core system.</summary>
internal interface IPayerAccounts
{
    /// <summary>The account with this number; null where there is none.</summary>
    Task<PayerAccountView?> Find(string number, CancellationToken ct);

    /// <summary>The accounts with these numbers.</summary>
    Task<IReadOnlyDictionary<string, PayerAccountView>> Find(IReadOnlyCollection<string> numbers, CancellationToken ct);
}

/// <summary>Payers' accounts in our books.</summary>
internal sealed class OwnPayerAccounts(AppDb db) : IPayerAccounts
{
    public async Task<PayerAccountView?> Find(string number, CancellationToken ct) =>
        await db.Set<PayerAccount>().AsNoTracking().SingleOrDefaultAsync(a => a.Number == number, ct) is { } account
            ? PayerAccountView.Of(account)
            : null;

    public async Task<IReadOnlyDictionary<string, PayerAccountView>> Find(IReadOnlyCollection<string> numbers, CancellationToken ct)
    {
        var rows = await db.Set<PayerAccount>().AsNoTracking().Where(a => numbers.Contains(a.Number)).ToListAsync(ct);
        return rows.ToDictionary(a => a.Number, PayerAccountView.Of);
    }
}

/// <summary>There is no such account.</summary>
public sealed record PayerAccountUnknown() : Refusal("payer-account-unknown", 404, "There is no such account.", "账户不存在。");

/// <summary>The account cannot be used.</summary>
/// <param name="State">Its state.</param>
public sealed record PayerAccountNotUsable(PayerAccountState State)
    : Refusal("payer-account-not-usable", 409, $"The account is {Json.Name(State)}.", "账户状态不正常。");

/// <summary>The account bears another name.</summary>
public sealed record PayerAccountOfOther()
    : Refusal("payer-account-of-other", 409, "The account has another holder or another certificate.", "户名或证件与账户不符。");

/// <summary>The account has too little money.</summary>
/// <param name="Balance">Fen in the account.</param>
public sealed record PayerAccountTooSmall(long Balance)
    : Refusal("payer-account-too-small", 409, "The account has too little money.", "账户余额不足。");
