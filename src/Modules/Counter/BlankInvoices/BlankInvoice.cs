using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Counter.BlankInvoices;

/// <summary>The state of a blank invoice. Each number is in exactly one.</summary>
public enum BlankState
{
    /// <summary>入库: in the branch's stock.</summary>
    Received,

    /// <summary>领用: issued to an operator or a kiosk.</summary>
    Issued,

    /// <summary>已用: printed for a customer.</summary>
    Used,

    /// <summary>作废: void. The paper must be handed in.</summary>
    Void,

    /// <summary>上交: returned to the supplier.</summary>
    Returned,

    /// <summary>遗失: lost.</summary>
    Lost,
}

/// <summary>
/// One numbered blank (重要空白凭证). Whatever changes it writes this row under its version, so that no number is ever in two states, however many counters
/// print at once.
/// </summary>
public sealed class BlankInvoice : IVersioned
{
    public const string NumberIndex = "IX_blank_invoices_Code_Number";

    public long Id { get; init; }

    /// <summary>发票代码: twelve digits.</summary>
    public required string Code { get; init; }

    /// <summary>发票号码: eight digits.</summary>
    public required string Number { get; init; }

    public BlankState State { get; set; }

    /// <summary>The branch that keeps it.</summary>
    public long BranchId { get; set; }

    /// <summary>The operator it is issued to; null in stock.</summary>
    public long? HolderId { get; set; }

    /// <summary>The handover that is not accepted yet; null without one.</summary>
    public long? HandoverId { get; set; }

    /// <summary>What it was printed for.</summary>
    public long? UsedFor { get; set; }

    /// <summary>Why it is void or lost.</summary>
    public string? Reason { get; set; }

    /// <summary>The void paper is back.</summary>
    public bool HandedIn { get; set; }

    public int Version { get; set; }

    /// <summary>A number with its zeros.</summary>
    public static string Text(int number) => number.ToString("D8", CultureInfo.InvariantCulture);

    internal sealed class Map : IEntityTypeConfiguration<BlankInvoice>
    {
        public void Configure(EntityTypeBuilder<BlankInvoice> builder)
        {
            builder.ToTable("blank_invoices");
            builder.HasKey(b => b.Id);
            builder.Property(b => b.Code).HasMaxLength(12);
            builder.Property(b => b.Number).HasMaxLength(8);
            builder.Property(b => b.Reason).HasMaxLength(200);
            builder.HasIndex(b => new { b.Code, b.Number }, NumberIndex).IsUnique();
            builder.HasIndex(b => new
            {
                b.BranchId,
                b.State,
                b.Id,
            });
            builder.HasIndex(b => b.HandoverId);
        }
    }
}

/// <summary>What was done with a range of blanks.</summary>
public enum BlankMove
{
    /// <summary>入库: received from the supplier.</summary>
    Receipt,

    /// <summary>领用: from stock to an operator.</summary>
    Issue,

    /// <summary>退回: from an operator back to stock.</summary>
    Back,

    /// <summary>上交: returned to the supplier.</summary>
    Return,

    /// <summary>作废: voided.</summary>
    Void,

    /// <summary>遗失: reported lost.</summary>
    Loss,

    /// <summary>盘点: counted.</summary>
    Count,
}

/// <summary>The state of a movement that two sign.</summary>
public enum BlankMoveState
{
    /// <summary>Signed by the giver.</summary>
    Offered,

    /// <summary>Done, signed by both.</summary>
    Done,

    /// <summary>Withdrawn by the giver or declined by the receiver.</summary>
    Withdrawn,
}

/// <summary>单证交接登记簿: one entry of the register, with both signatures.</summary>
public sealed class BlankMovement : IVersioned
{
    public long Id { get; init; }

    public BlankMove Move { get; init; }

    public BlankMoveState State { get; set; }

    public long BranchId { get; init; }

    public required string Code { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public int Count { get; init; }

    /// <summary>Who gave: an operator; null where it is somebody of the supplier.</summary>
    public long? GiverId { get; init; }

    /// <summary>Who received; of an offer who is to receive.</summary>
    public long? ReceiverId { get; set; }

    /// <summary>The other side's name where it is no operator.</summary>
    public string? OtherName { get; init; }

    public string? Remark { get; init; }

    public DateTime At { get; init; }

    public DateTime? AcceptedAt { get; set; }

    public int Version { get; set; }

    [NotMapped]
    public bool IsOpen => State == BlankMoveState.Offered;

    internal sealed class Map : IEntityTypeConfiguration<BlankMovement>
    {
        public void Configure(EntityTypeBuilder<BlankMovement> builder)
        {
            builder.ToTable("blank_movements");
            builder.HasKey(m => m.Id);
            builder.Property(m => m.Code).HasMaxLength(12);
            builder.Property(m => m.From).HasMaxLength(8);
            builder.Property(m => m.To).HasMaxLength(8);
            builder.Property(m => m.OtherName).HasMaxLength(60);
            builder.Property(m => m.Remark).HasMaxLength(200);
            builder.HasIndex(m => new { m.BranchId, m.Id });
        }
    }
}

/// <summary>A number of the range is taken.</summary>
public sealed record BlankKnown() : Refusal("blank-known", 409, "A number of the range was received before.", "该号段中有已入库的号码。");

/// <summary>A number of the range cannot be moved so.</summary>
/// <param name="Numbers">The numbers, at most 20.</param>
public sealed record BlanksNotMovable(IReadOnlyList<string> Numbers)
    : Refusal(
        "blanks-not-movable",
        409,
        "Some numbers of the range are not there, are in another state, or belong to another operator.",
        "号段中有号码不存在、状态不符或不属于该操作员。"
    );

/// <summary>The blank cannot be used by this operator.</summary>
public sealed record BlankNotUsable()
    : Refusal(
        "blank-not-usable",
        409,
        "This number is not issued to the operator, or it is used already.",
        "该号码未由本操作员领用，或已使用。"
    );

/// <summary>There is no such handover.</summary>
public sealed record HandoverUnknown() : Refusal("handover-unknown", 404, "There is no such open handover for you.", "无待您签收的交接。");
