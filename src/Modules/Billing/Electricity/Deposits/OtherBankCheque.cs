namespace Billing.Electricity.Deposits;

/// <summary>The state of another bank's cheque.</summary>
public enum OtherBankChequeState
{
    /// <summary>已受理: accepted with a slip; nothing is booked.</summary>
    Accepted,

    /// <summary>款项收妥: its money is in.</summary>
    Collected,

    /// <summary>已退票: it came back; nothing is booked.</summary>
    Returned,

    /// <summary>已缴费: its money was paid in for the supply company.</summary>
    Used,
}

/// <summary>他行支票 that a supply company hands in (EB-06.3).</summary>
internal sealed class OtherBankCheque : IVersioned
{
    public const string NumberIndex = "IX_other_bank_cheques_BankNumber_ChequeNumber";

    /// <summary>Of its acceptance's transaction.</summary>
    public long Id { get; init; }

    public long UnitId { get; init; }

    public long BranchId { get; init; }

    /// <summary>付款行行号: twelve digits.</summary>
    public required string BankNumber { get; init; }

    public required string ChequeNumber { get; init; }

    public required string DrawerAccount { get; init; }

    public long Amount { get; init; }

    public OtherBankChequeState State { get; set; }

    public int Version { get; set; }

    internal sealed class Map : IEntityTypeConfiguration<OtherBankCheque>
    {
        public void Configure(EntityTypeBuilder<OtherBankCheque> builder)
        {
            builder.ToTable("other_bank_cheques");
            builder.HasKey(c => c.Id);
            builder.Property(c => c.BankNumber).HasMaxLength(12);
            builder.Property(c => c.ChequeNumber).HasMaxLength(ElectricityLimits.Number);
            builder.Property(c => c.DrawerAccount).HasMaxLength(ElectricityLimits.Number);
            builder.HasIndex(c => new { c.BankNumber, c.ChequeNumber }, NumberIndex).IsUnique();
        }
    }
}

/// <summary>There is no such cheque.</summary>
public sealed record OtherBankChequeUnknown()
    : Refusal("other-bank-cheque-unknown", 404, "There is no such cheque here.", "本网点无此他行支票。");

/// <summary>The cheque was handed in before.</summary>
public sealed record OtherBankChequeKnown()
    : Refusal("other-bank-cheque-known", 409, "This bank's cheque number was handed in before.", "该支票已受理过。");

/// <summary>The state of the cheque forbids it.</summary>
/// <param name="State">Its state.</param>
public sealed record OtherBankChequeStateForbids(OtherBankChequeState State)
    : Refusal("other-bank-cheque-state", 409, $"The cheque is {Json.Name(State)}.", "支票的状态不允许此操作。");
