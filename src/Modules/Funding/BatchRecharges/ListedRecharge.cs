using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Ledger.Batches;
using Platform.Tables;

namespace Funding.BatchRecharges;

/// <summary>One line of a recharge list as it was checked. Never changed; what became of it is a <see cref="RechargeOutcome"/>.</summary>
internal sealed class ListedRecharge : ISetRow
{
    public const int CardNumberLength = 32;
    public const int AmountTextLength = 32;
    public const int HolderNameLength = 100;
    public const int RemarkLength = 200;

    public long ListId { get; init; }

    /// <summary>The line of the file, from 1.</summary>
    public int Number { get; init; }

    /// <summary>As it stands in the file, cut where it is too long for a card number.</summary>
    public required string CardNumber { get; init; }

    /// <summary>Fen; 0 where the file's amount is none.</summary>
    public long Amount { get; init; }

    /// <summary>The file's amount where it is none, cut.</summary>
    public string? AmountText { get; init; }

    public string? HolderName { get; init; }

    public string? Remark { get; init; }

    /// <summary>The card; null where none was found.</summary>
    public long? CardId { get; init; }

    /// <summary>The stable code of what is wrong with it; null for a good line.</summary>
    public string? ReasonCode { get; init; }

    public string? ReasonEn { get; init; }

    public string? ReasonZh { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<ListedRecharge>
    {
        public void Configure(EntityTypeBuilder<ListedRecharge> builder)
        {
            builder.ToTable("recharge_list_lines");
            builder.HasKey(l => new { l.ListId, l.Number });
            builder.Property(l => l.CardNumber).HasMaxLength(CardNumberLength);
            builder.Property(l => l.AmountText).HasMaxLength(AmountTextLength);
            builder.Property(l => l.HolderName).HasMaxLength(HolderNameLength);
            builder.Property(l => l.Remark).HasMaxLength(RemarkLength);
            builder.Property(l => l.ReasonCode).HasMaxLength(LineReason.CodeLength);
            builder.Property(l => l.ReasonEn).HasMaxLength(LineReason.TextLength);
            builder.Property(l => l.ReasonZh).HasMaxLength(LineReason.TextLength);
        }
    }
}

/// <summary>
/// What became of a line. It is inserted in the very transaction that books the line, and its key is list and line: so a line is posted once and only
/// once, whoever tries (FC-22.2).
/// </summary>
internal sealed class RechargeOutcome : ISetRow
{
    public long ListId { get; init; }

    public int Number { get; init; }

    /// <summary>The line's transaction; null where it failed.</summary>
    public long? TransactionId { get; init; }

    /// <summary>Why it failed.</summary>
    public string? ReasonCode { get; init; }

    public string? ReasonEn { get; init; }

    public string? ReasonZh { get; init; }

    internal sealed class Map : IEntityTypeConfiguration<RechargeOutcome>
    {
        public void Configure(EntityTypeBuilder<RechargeOutcome> builder)
        {
            builder.ToTable("recharge_list_outcomes");
            builder.HasKey(o => new { o.ListId, o.Number });
            builder.Property(o => o.ReasonCode).HasMaxLength(LineReason.CodeLength);
            builder.Property(o => o.ReasonEn).HasMaxLength(LineReason.TextLength);
            builder.Property(o => o.ReasonZh).HasMaxLength(LineReason.TextLength);
        }
    }
}

/// <summary>Why a line, or a file as a whole, cannot be posted: a stable code and two languages. The codes are in docs/batch-recharge.md.</summary>
internal sealed record LineReason(string Code, string En, string Zh)
{
    public const int CodeLength = 60;
    public const int TextLength = 300;

    public static LineReason Of(Refusal refusal) => new(refusal.Code, refusal.En, refusal.Zh);

    public static LineReason Of(TableFault fault) => new(fault.Code, Cut(fault.En), Cut(fault.Zh));

    private static string Cut(string text) => text.Length <= TextLength ? text : text[..TextLength];

    public static readonly LineReason CardNumberInvalid = new(
        "card-number-invalid",
        "A card number has 16 digits.",
        "卡号须为 16 位数字。"
    );
    public static readonly LineReason CheckDigitWrong = new(
        "check-digit-wrong",
        "The card number's check digit is wrong: a digit is mistyped.",
        "卡号校验位错误，请核对卡号。"
    );
    public static readonly LineReason AmountInvalid = new(
        "amount-invalid",
        "The amount is not positive yuan with at most two decimals.",
        "金额须为正数，单位元，最多两位小数。"
    );
    public static readonly LineReason AmountTooLarge = new(
        "amount-too-large",
        "One line takes at most 1,000,000.00 yuan.",
        "单笔金额不得超过 1,000,000.00 元。"
    );
    public static readonly LineReason CardTwice = new(
        "card-twice",
        "The list names the card twice, and this branch does not allow it.",
        "同一卡号在清单中重复出现，不允许。"
    );
    public static readonly LineReason TextTooLong = new(
        "text-too-long",
        "The holder name has more than 100 or the remark more than 200 characters, or one has a control character.",
        "持卡人姓名超过 100 字、备注超过 200 字，或含有控制字符。"
    );
    public static readonly LineReason CheckFailed = new(
        "check-failed",
        "The file could not be checked in several tries. Ask the administrator.",
        "文件多次校验均未完成，请联系技术人员。"
    );
    public static readonly LineReason TrailerInvalid = new(
        "trailer-invalid",
        "The trailer's count or total cannot be read.",
        "尾行的笔数或总金额无法识别。"
    );
    public static readonly LineReason TrailerCount = new(
        "trailer-count-differs",
        "The trailer's count is not the number of lines.",
        "尾行笔数与明细行数不符。"
    );
    public static readonly LineReason TrailerTotal = new(
        "trailer-total-differs",
        "The trailer's total is not the sum of the lines.",
        "尾行总金额与明细合计不符。"
    );
}
