using Counter.BusinessDay;
using Meters.Documents;

namespace Meters;

/// <summary>The types of transaction of meters.</summary>
public static class MeterTransactions
{
    /// <summary>The first purchase.</summary>
    public static readonly TransactionType Opening = new("meter-opening", "Meter opening", "仪表开户充值", MeterSlip.Name);

    /// <summary>A purchase.</summary>
    public static readonly TransactionType Sale = new("meter-sale", "Meter sale", "仪表充值", MeterSlip.Name);

    /// <summary>The last purchase became larger, or cost the same.</summary>
    public static readonly TransactionType Correction = new(
        "meter-correction",
        "Correction of a meter sale",
        "仪表充值修改（补收）",
        MeterSlip.Name
    );

    /// <summary>The last purchase became smaller.</summary>
    public static readonly TransactionType CorrectionBack = new(
        "meter-correction-back",
        "Correction of a meter sale, given back",
        "仪表充值修改（退还）",
        MeterSlip.Name
    );

    /// <summary>The last purchase was given back before it was swiped.</summary>
    public static readonly TransactionType GiveBack = new("meter-give-back", "Meter purchase given back", "仪表退购", MeterSlip.Name);

    /// <summary>What was left was paid out, and the account is closed.</summary>
    public static readonly TransactionType Closing = new("meter-closing", "Meter account closed", "仪表销户", MeterSlip.Name);

    /// <summary>Another card carries the last purchase.</summary>
    public static readonly TransactionType Replacement = new("meter-card-replacement", "Meter card replaced", "仪表补卡");

    /// <summary>Another meter.</summary>
    public static readonly TransactionType MeterChange = new("meter-change", "Meter replaced", "换表", MeterChangeSlip.Name);

    /// <summary>Another user of the same meter.</summary>
    public static readonly TransactionType Transfer = new("meter-transfer", "Meter given to another user", "仪表过户");

    /// <summary>A token of 20 digits.</summary>
    public static readonly TransactionType Token = new("meter-token", "Meter token sold", "仪表令牌充值", MeterSlip.Name);

    /// <summary>Tokens that change a meter's key.</summary>
    public static readonly TransactionType KeyChange = new("meter-key-change", "Meter key changed", "仪表密钥更换", MeterKeySlip.Name);

    /// <summary>A list of cards was drawn up.</summary>
    public static readonly TransactionType CardList = new("meter-card-list", "Meter cards listed", "仪表卡清单", MeterCardList.Name);

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TransactionType> All =
    [
        Opening,
        Sale,
        Correction,
        CorrectionBack,
        GiveBack,
        Closing,
        Replacement,
        MeterChange,
        Transfer,
        Token,
        KeyChange,
        CardList,
    ];
}

/// <summary>Meters on the day-end sheet.</summary>
internal static class MeterDayEnd
{
    public static readonly IReadOnlyList<DayEndLineType> Lines =
    [
        new(MeterTransactions.Opening, DayEndSectionType.Received),
        new(MeterTransactions.Sale, DayEndSectionType.Received),
        new(MeterTransactions.Token, DayEndSectionType.Received),
        new(MeterTransactions.Correction, DayEndSectionType.Received),
        new(MeterTransactions.CorrectionBack, DayEndSectionType.Received, GivesBack: true),
        new(MeterTransactions.GiveBack, DayEndSectionType.Received, GivesBack: true),
        new(MeterTransactions.Closing, DayEndSectionType.Received, GivesBack: true),
        DayEndLineType.Within(MeterTransactions.Replacement),
        DayEndLineType.Within(MeterTransactions.MeterChange),
        DayEndLineType.Within(MeterTransactions.Transfer),
        DayEndLineType.Within(MeterTransactions.KeyChange),
        DayEndLineType.Within(MeterTransactions.CardList),
    ];
}
