using System.Text;

namespace Issuance.Cards;

/// <summary>What changes a card's state.</summary>
public enum CardChange
{
    /// <summary>The chip was written and read back.</summary>
    Issue,

    /// <summary>The chip was never written.</summary>
    Release,

    /// <summary>挂失.</summary>
    ReportLost,

    /// <summary>解挂.</summary>
    FindAgain,
    ReportDamaged,

    /// <summary>By its last day, or by hand.</summary>
    Expire,
    Block,
    Unblock,

    /// <summary>A new card took its place.</summary>
    Replace,

    /// <summary>清户: its customer was closed.</summary>
    Close,
}

/// <summary>One line of the table: which states a change is allowed in, what the card is then, and who may.</summary>
/// <param name="Right">The right it asks for; null where a card operation or a job makes the change alone.</param>
/// <param name="From">The states it is allowed in; every other one is refused by its own code.</param>
/// <param name="By">How it comes about.</param>
public sealed record CardChangeRule(CardChange Change, Right? Right, IReadOnlyList<CardState> From, CardState To, string By);

/// <summary>The states of a card and what may change which to which (FC-36.1): the only place that says so. docs/card-states.md shows it.</summary>
public static class CardStates
{
    public static readonly IReadOnlyList<CardChangeRule> Table =
    [
        new(CardChange.Issue, null, [CardState.Reserved], CardState.Active, "the chip proved that it is written"),
        new(CardChange.Release, null, [CardState.Reserved], CardState.Released, "the chip was not written"),
        new(
            CardChange.ReportLost,
            CardLifeRights.ReportLost,
            [CardState.Active],
            CardState.Lost,
            "card number, certificate and name match"
        ),
        new(
            CardChange.FindAgain,
            CardLifeRights.FindAgain,
            [CardState.Lost],
            CardState.Active,
            "the card is there again: card present, or holder's certificate and approval"
        ),
        new(
            CardChange.ReportDamaged,
            CardLifeRights.ReportDamaged,
            [CardState.Active],
            CardState.Damaged,
            "the chip is faulty: card present, or holder's certificate and approval"
        ),
        new(CardChange.Expire, CardLifeRights.Expire, [CardState.Active], CardState.Expired, "by hand, or the day after its last day"),
        new(CardChange.Block, CardLifeRights.Block, [CardState.Active], CardState.Blocked, "the issuer stops it"),
        new(CardChange.Unblock, CardLifeRights.Block, [CardState.Blocked], CardState.Active, "the issuer lets it go on"),
        new(
            CardChange.Replace,
            CardLifeRights.Replace,
            [CardState.Lost, CardState.Damaged, CardState.Expired],
            CardState.Closed,
            "its new card was issued: old card present, or holder's certificate and approval"
        ),
        new(
            CardChange.Close,
            null,
            [CardState.Active, CardState.Lost, CardState.Damaged, CardState.Expired, CardState.Blocked],
            CardState.Closed,
            "its customer was closed, with approval"
        ),
    ];

    /// <summary>The states in which stations must refuse the card (FC-36.2).</summary>
    public static readonly IReadOnlyList<CardState> Blacklisted = [CardState.Lost, CardState.Blocked, CardState.Closed];

    public static CardChangeRule Rule(CardChange change) => Table.Single(r => r.Change == change);

    public static bool Allows(CardChange change, CardState state) => Rule(change).From.Contains(state);

    /// <summary>Changes a card that was read. A state that forbids it is a bug here: the slice refuses it before.</summary>
    public static void Apply(this Card card, CardChange change)
    {
        ArgumentNullException.ThrowIfNull(card);
        card.State = Allows(change, card.State)
            ? Rule(change).To
            : throw new InvalidOperationException($"{change} is not allowed for a card that is {card.State}.");
    }

    /// <summary>The table as docs/card-states.md shows it; a test holds the file against this.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("| change | from | to | right | how |\n| --- | --- | --- | --- | --- |\n");
        foreach (var rule in Table)
        {
            var from = string.Join(", ", rule.From);
            var right = rule.Right is { } asked ? $"`{asked.Name}`" : "–";
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"| {rule.Change} | {from} | {rule.To} | {right} | {rule.By} |\n"
            );
        }

        return text.Append("\n| state | 中文 | stations refuse it |\n| --- | --- | --- |\n")
            .AppendJoin("\n", Enum.GetValues<CardState>().Select(Line))
            .Append('\n')
            .ToString();
    }

    private static string Line(CardState state) =>
        $"| {state} | {Word(CardUse.Lower(state.ToString()))} | {(Blacklisted.Contains(state) ? "yes, by the blacklist" : "–")} |";

    /// <summary>A state in Chinese, by its name in JSON.</summary>
    internal static string Word(string state) =>
        state switch
        {
            "reserved" => "发卡未完成",
            "active" => "正常",
            "lost" => "已挂失",
            "damaged" => "已损坏",
            "expired" => "已过期",
            "blocked" => "已停用",
            "closed" => "已注销",
            "released" => "未发出",
            _ => $"状态为 {state}",
        };
}

/// <summary>The rights of a card's life after it was issued.</summary>
public static class CardLifeRights
{
    public static readonly Right ReportLost = new("issuance.report-lost", "issuance", "Report a card lost", "挂失");
    public static readonly Right FindAgain = new("issuance.find-again", "issuance", "Report a card found again", "解挂");
    public static readonly Right ReportDamaged = new("issuance.report-damaged", "issuance", "Report a card damaged", "登记损坏卡");
    public static readonly Right Expire = new("issuance.expire-card", "issuance", "Expire a card", "卡到期处理");
    public static readonly Right Block = new("issuance.block-card", "issuance", "Block and unblock a card", "停用与启用卡");
    public static readonly Right Replace = new("issuance.replace-card", "issuance", "Replace a card", "补换卡");
    public static readonly Right ReadBlacklist = new("issuance.read-blacklist", "issuance", "Get the blacklist", "获取黑名单");

    public static readonly IReadOnlyList<Right> All = [ReportLost, FindAgain, ReportDamaged, Expire, Block, Replace, ReadBlacklist];
}
