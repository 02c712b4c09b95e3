namespace Billing.Electricity.Files;

/// <summary>How a debit file is written.</summary>
internal enum DebitFileForm
{
    /// <summary>Fields between vertical bars.</summary>
    Separated,

    /// <summary>Fields of fixed width, in bytes of GBK.</summary>
    Fixed,
}

/// <summary>The first line of a debit file. The amount is in fen.</summary>
internal sealed record DebitHeader(string Merchant, string Unit, DateOnly Date, int Batch, int Count, long Amount);

/// <summary>One account to debit, as the power side asks for it. Amounts are in fen.</summary>
/// <param name="Number">1, 2, 3, … in the order of the file.</param>
/// <param name="Month">Six digits, as they came.</param>
/// <param name="Sequence">The billing sequence of the month, two digits.</param>
/// <param name="Mode">1 debits what is there, 2 the whole amount or nothing; the bank takes 2 alone.</param>
internal sealed record DebitLine(
    int Number,
    string Customer,
    string Name,
    string Month,
    string Sequence,
    string Receivable,
    long Principal,
    long LateFee,
    long Total,
    string Account,
    string AccountName,
    string Mode
)
{
    /// <summary>Is it one that can be debited at all (code 0009)? A total that is not the sum, a month that is none, no amount, or a part.</summary>
    public bool IsSound =>
        Principal >= 0
        && LateFee >= 0
        && Total > 0
        && Total == Principal + LateFee
        && Total <= DebitFileLimits.LineFen
        && Month is [_, _, _, _, var tens, var ones]
        && ((tens - '0') * 10) + (ones - '0') is >= 1 and <= 12
        && Mode == "2";
}

/// <summary>What became of a line.</summary>
/// <param name="Code">Of the table of <see cref="DebitCode"/>.</param>
/// <param name="Amount">Fen debited; 0 where nothing was.</param>
/// <param name="BankSerial">Our serial number of the debit; empty where there is none.</param>
/// <param name="Time">When, as <c>yyyyMMddHHmmss</c> in China; empty where nothing was debited.</param>
internal sealed record DebitResult(string Code, long Amount, string BankSerial, string Time);

/// <summary>What is wrong with a file, at which of its lines, from 1; 0 is the file as a whole.</summary>
internal sealed record DebitFileFault(int Line, string Code, string En, string Zh);

/// <summary>How large a debit file may be.</summary>
internal static class DebitFileLimits
{
    public const int Lines = 200_000;
    public const int FileBytes = 64 * 1024 * 1024;

    /// <summary>Bytes of one line without its end.</summary>
    public const int LineBytes = 512;

    /// <summary>Fen of one line: 10,000,000.00 yuan.</summary>
    public const long LineFen = 1_000_000_000;

    /// <summary>Faults that are named; the rest is counted.</summary>
    public const int Faults = 1_000;
}

/// <summary>What a line of a batch debit ended with: the code in the result file, its meaning, and the ISO reason.</summary>
internal sealed record DebitCode(string Code, string En, string Zh, string? Iso)
{
    public static readonly DebitCode Debited = new("0000", "Debited.", "扣款成功", null);
    public static readonly DebitCode TooLittle = new("0001", "Not enough money in the account.", "余额不足", "AM04");
    public static readonly DebitCode NoAccount = new("0002", "There is no such account.", "账户不存在", "AC01");
    public static readonly DebitCode OtherName = new("0003", "The account has another holder's name.", "户名不符", "AC01");
    public static readonly DebitCode Closed = new("0004", "The account is closed.", "账户已销户", "AC04");
    public static readonly DebitCode Frozen = new("0005", "The account is frozen or stopped.", "账户冻结或止付", "AC06");
    public static readonly DebitCode NoContract = new("0006", "There is no contract in force.", "无有效签约", "MD01");
    public static readonly DebitCode OtherAccount = new("0007", "The contract names another account.", "与签约账户不符", "MD01");
    public static readonly DebitCode Already = new("0008", "The receivable was debited or paid before.", "该笔电费已扣款", "AM05");
    public static readonly DebitCode BadLine = new("0009", "Arithmetic, month or amount of the line is wrong.", "明细行有误", "FF01");
    public static readonly DebitCode OutsideUnion = new("0010", "The account is outside the unit's union.", "不属于该核算单位的联社", null);
    public static readonly DebitCode Other = new("9999", "Another reason.", "其他原因", "MS03");

    /// <summary>The one table of codes.</summary>
    public static readonly IReadOnlyList<DebitCode> All =
    [
        Debited,
        TooLittle,
        NoAccount,
        OtherName,
        Closed,
        Frozen,
        NoContract,
        OtherAccount,
        Already,
        BadLine,
        OutsideUnion,
        Other,
    ];

    public static DebitCode Of(string code) => All.Single(c => c.Code == code);
}
