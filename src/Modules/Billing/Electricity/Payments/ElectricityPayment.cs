using System.ComponentModel.DataAnnotations.Schema;
using System.Text.Json;
using Billing.Electricity.Quotes;

namespace Billing.Electricity.Payments;

/// <summary>How a payer pays.</summary>
public enum CollectionMethod
{
    /// <summary>现金: cash.</summary>
    Cash,

    /// <summary>转账: from a payer's account.</summary>
    Account,

    /// <summary>内部户: from 其他应解汇款, where the money of another bank's cheque is. Only for deposits of the power side.</summary>
    OtherTransfers,
}

/// <summary>What is paid.</summary>
internal enum PaymentKind
{
    /// <summary>电费: a customer's bills.</summary>
    Bill,

    /// <summary>电力方缴费: a supply company's own takings (4628).</summary>
    Deposit,
}

/// <summary>缴费渠道.</summary>
public enum CollectionChannel
{
    /// <summary>柜面.</summary>
    Counter,

    /// <summary>网上银行.</summary>
    InternetBank,

    /// <summary>手机银行.</summary>
    MobileBank,

    /// <summary>电话POS.</summary>
    PhonePos,

    /// <summary>电话银行.</summary>
    PhoneBank,

    /// <summary>农民自助服务终端.</summary>
    FarmerTerminal,

    /// <summary>自助缴费机.</summary>
    Kiosk,

    /// <summary>批量代扣: booked by a batch, not accepted in requests.</summary>
    Batch,
}

/// <summary>Where a payment's money is.</summary>
internal enum PaymentPlace
{
    /// <summary>In the unit's account in doubt.</summary>
    InDoubt,

    /// <summary>In the unit's transit account, or swept from there.</summary>
    InTransit,

    /// <summary>Back with the payer, or owed to him.</summary>
    Back,
}

/// <summary>Who decided that a payment is paid.</summary>
public enum PaymentDecision
{
    /// <summary>The power side answered.</summary>
    PowerSide,

    /// <summary>The day-end decided for the bank's book, without an answer.</summary>
    Reconciliation,
}

/// <summary>
/// One payment of a customer's electricity: at a counter, by a channel, or a line of a batch. Its id is its transaction's, so its serial number is
/// the electricity serial number (电费流水号), and the power side knows it by that. It is on disk, with its money, before the power side is told.
/// </summary>
internal sealed class ElectricityPayment : IAsked, IDated, ISetRow
{
    public const string RequestIndex = "IX_electricity_payments_RequestKey";

    public long Id { get; init; }

    /// <summary>A hash of the caller's key: the same request finds its payment again. Null for a batch.</summary>
    public string? RequestKey { get; init; }

    public PaymentKind Kind { get; init; }

    public long UnitId { get; init; }

    public long BranchId { get; init; }

    public long OperatorId { get; init; }

    /// <summary>用电客户编号; empty for a deposit.</summary>
    public required string Customer { get; init; }

    public required string CustomerName { get; init; }

    /// <summary>From the power side's query; of a deposit its 缴款编号; empty for a batch.</summary>
    public required string Reference { get; init; }

    /// <summary>What it pays of which receivable, as JSON.</summary>
    public required string Items { get; init; }

    /// <summary>Fen, with what is paid over.</summary>
    public long Principal { get; init; }

    public long LateFee { get; init; }

    public long Prepaid { get; init; }

    public long Total { get; init; }

    public CollectionMethod Method { get; init; }

    /// <summary>The payer's account; null for cash.</summary>
    public long? PayerAccountId { get; init; }

    /// <summary>The other bank's cheque whose money it is; null without one.</summary>
    public long? ChequeId { get; init; }

    /// <summary>支票号码 of an own bank's cheque; null without one.</summary>
    public string? ChequeNumber { get; init; }

    public CollectionChannel Channel { get; init; }

    /// <summary>缴费方式 as files have it, two digits.</summary>
    public required string Mode { get; init; }

    public PaymentState State { get; set; }

    public PaymentPlace Place { get; set; }

    /// <summary>The work date of the power side.</summary>
    public DateOnly WorkDate { get; init; }

    public DateOnly BusinessDate { get; set; }

    public DateTime BookedAt { get; set; }

    public string? PowerSerial { get; set; }

    /// <summary>Until then the power side may still take it.</summary>
    public DateTime ValidUntil { get; init; }

    /// <summary>When the power side is asked next, where that is open.</summary>
    public DateTime AskAt { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked { get; set; }

    /// <summary>How often the power side said, after the reference had run out, that it does not know it.</summary>
    public int Unknowns { get; set; }

    public PaymentDecision Decision { get; set; }

    /// <summary>Why the power side refused.</summary>
    public string? RefusalCode { get; set; }

    /// <summary>Fen that the power side wanted instead; 0 where it named none.</summary>
    public long WantedTotal { get; set; }

    /// <summary>The transaction that settled it.</summary>
    public long? SettledById { get; set; }

    /// <summary>The transaction that reversed it.</summary>
    public long? ReversalId { get; set; }

    public string? ReversalReason { get; set; }

    /// <summary>Who asked for the reversal: cash goes back into that drawer.</summary>
    public long? ReverserId { get; set; }

    public long? ReversalApproverId { get; set; }

    /// <summary>When the reversal was asked for; 0 before. Ticks, since a row that is written in sets holds no empty instant.</summary>
    public long ReversalAskedTicks { get; set; }

    /// <summary>The batch; null at a counter.</summary>
    public long? FileId { get; init; }

    /// <summary>The line of the batch; 0 at a counter.</summary>
    public int LineNumber { get; init; }

    public int Version { get; set; }

    [NotMapped]
    public string SerialNumber => Platform.Persistence.SerialNumber.Of(Id);

    [NotMapped]
    public IReadOnlyList<AllottedItem> AllItems => JsonSerializer.Deserialize<List<AllottedItem>>(Items)!;

    [NotMapped]
    public AccountRef Owed => new(ElectricityAccounts.Owed, Id);

    /// <summary>Where the money is while it is not back.</summary>
    [NotMapped]
    public AccountRef Money => new(Place == PaymentPlace.InDoubt ? ElectricityAccounts.InDoubt : ElectricityAccounts.Transit, UnitId);

    internal sealed class Map : IEntityTypeConfiguration<ElectricityPayment>
    {
        public void Configure(EntityTypeBuilder<ElectricityPayment> builder)
        {
            builder.ToTable("electricity_payments");
            builder.HasKey(p => p.Id);
            builder.Property(p => p.RequestKey).HasMaxLength(64);
            builder.Property(p => p.Customer).HasMaxLength(13);
            builder.Property(p => p.CustomerName).HasMaxLength(ElectricityLimits.Name);
            builder.Property(p => p.Reference).HasMaxLength(BillQuote.ReferenceLength);
            builder.Property(p => p.Items).HasMaxLength(4_000);
            builder.Property(p => p.Mode).HasMaxLength(2);
            builder.Property(p => p.ChequeNumber).HasMaxLength(ElectricityLimits.Number);
            builder.Property(p => p.PowerSerial).HasMaxLength(40);
            builder.Property(p => p.RefusalCode).HasMaxLength(40);
            builder.Property(p => p.ReversalReason).HasMaxLength(ElectricityLimits.Reason);
            builder.HasIndex(p => p.RequestKey, RequestIndex).IsUnique();
            builder.HasIndex(p => new { p.State, p.AskAt });
            builder.HasIndex(p => new
            {
                p.WorkDate,
                p.UnitId,
                p.Id,
            });
            builder.HasIndex(p => new
            {
                p.UnitId,
                p.Customer,
                p.Id,
            });
            builder.HasIndex(p => new
            {
                p.BranchId,
                p.BusinessDate,
                p.Id,
            });
        }
    }
}

/// <summary>
/// A receivable that a payment pays. The unique index lets nobody pay it twice, at a counter and by a batch alike. The row goes when the payment is
/// refused or reversed. A part's row is there only while it is open what becomes of it: until then the power side may show the whole as owed.
/// </summary>
internal sealed class TakenReceivable : ISetRow
{
    public const string Index = "IX_electricity_receivables_UnitId_Receivable";

    public long PaymentId { get; init; }

    public required string Receivable { get; init; }

    public long UnitId { get; init; }

    /// <summary>The rows of a payment; of its parts alone, where asked for.</summary>
    public static IEnumerable<TakenReceivable> Of(ElectricityPayment payment, bool partsAlone = false) =>
        payment
            .AllItems.Where(i => !partsAlone || !i.IsWhole)
            .Select(i => new TakenReceivable
            {
                PaymentId = payment.Id,
                Receivable = i.Receivable,
                UnitId = payment.UnitId,
            });

    internal sealed class Map : IEntityTypeConfiguration<TakenReceivable>
    {
        public void Configure(EntityTypeBuilder<TakenReceivable> builder)
        {
            builder.ToTable("electricity_receivables");
            builder.HasKey(r => new { r.PaymentId, r.Receivable });
            builder.Property(r => r.Receivable).HasMaxLength(40);
            builder.HasIndex(r => new { r.UnitId, r.Receivable }, Index).IsUnique();
        }
    }
}

/// <summary>A receivable is paid already, or being paid.</summary>
public sealed record ReceivableTaken()
    : Refusal("receivable-taken", 409, "A receivable is paid already or is being paid.", "该笔电费已缴纳或正在缴纳。");

/// <summary>There is no such payment.</summary>
public sealed record PaymentUnknown() : Refusal("payment-unknown", 404, "There is no such electricity payment.", "无此电费流水。");

/// <summary>Another branch collected it.</summary>
public sealed record PaymentOfOtherBranch()
    : Refusal("payment-of-other-branch", 403, "Another branch collected this payment.", "该笔电费由其他网点代收。");

/// <summary>The state of the payment forbids it.</summary>
/// <param name="State">Its state.</param>
public sealed record PaymentStateForbids(PaymentState State)
    : Refusal("payment-state-forbids", 409, $"The payment is {Json.Name(State)}.", "该笔电费的状态不允许此操作。");
