namespace Funding.Consumption;

/// <summary>
/// One consumption record of a station. A record has either money or points, because each has its own purse and counter. Give exactly one
/// of <c>tac</c> and <c>lock</c>.
/// </summary>
/// <param name="CardNumber" example="1000110000000013">The card, 16 digits.</param>
/// <param name="OfflineCounter" example="1">The chip's offline counter after the consumption, 1 to 65,535.</param>
/// <param name="Amount" example="35000">Amount in fen, 1 to 4,294,967,295; 0 for points, or for a locked fill without an amount.</param>
/// <param name="Points" example="0">The paid points; 0 if money was paid.</param>
/// <param name="StationCode" example="10010001">8 digits.</param>
/// <param name="Terminal" example="000000000101">The terminal number on the chip, 12 hex digits.</param>
/// <param name="TerminalTransaction" example="17">The terminal's transaction number, 0 to 4,294,967,295.</param>
/// <param name="Time" example="2026-11-22T10:15:30+08:00">The time, to the second.</param>
/// <param name="OilType" example="gasoline92">The product, at most 20 characters.</param>
/// <param name="Millilitres" example="46500">The quantity, 0 to 1,000,000,000.</param>
/// <param name="Tac" example="8F3A01C2">The chip's TAC: 8 hex digits.</param>
/// <param name="Lock">The locked fill; replaces the TAC.</param>
/// <param name="BalanceAfter">The balance on the chip afterwards, in fen or points; optional.</param>
public sealed record StationConsumption(
    string CardNumber,
    int OfflineCounter,
    long Amount,
    long Points,
    string StationCode,
    string Terminal,
    long TerminalTransaction,
    DateTimeOffset Time,
    string OilType,
    long Millilitres,
    string? Tac = null,
    StationFillLock? Lock = null,
    long? BalanceAfter = null
);

/// <summary>A fill whose end did not reach the card. The card pays when a counter unlocks it.</summary>
/// <param name="GreyTac" example="8F3A01C2">The chip's GTAC: 8 hex digits.</param>
/// <param name="CardBalance" example="120000">The balance of the locked chip in fen; the GTAC covers it.</param>
/// <param name="LockedAt" example="2026-11-22T10:12:00+08:00">The time of the lock, to the second.</param>
public sealed record StationFillLock(string GreyTac, long CardBalance, DateTimeOffset LockedAt);

/// <summary>Consumption records of stations, in any order and of any age.</summary>
/// <param name="Records">1 to 10,000.</param>
public sealed record UploadConsumptionRequest(IReadOnlyList<StationConsumption> Records);

/// <summary>The result of an upload.</summary>
/// <param name="Received" example="3">The number of received records.</param>
/// <param name="Booked" example="2">The number of records that this upload booked.</param>
/// <param name="AlreadyBooked" example="1">The number of records that were already booked.</param>
/// <param name="AwaitingUnlock" example="0">The number of fills that are booked when their card is unlocked.</param>
/// <param name="SetAside" example="0">The number of records that need a decision.</param>
/// <param name="NotBooked">The records that wait or were set aside.</param>
public sealed record UploadConsumptionResponse(
    int Received,
    int Booked,
    int AlreadyBooked,
    int AwaitingUnlock,
    int SetAside,
    IReadOnlyList<ConsumptionNotBooked> NotBooked
);

/// <summary>A record that was not booked.</summary>
/// <param name="Index" example="2">The position in the upload, from 0.</param>
/// <param name="CardNumber" example="1000110000000013">The card number in the record.</param>
/// <param name="OfflineCounter" example="7">The offline counter in the record.</param>
/// <param name="Reason">The reason; null for a record that waits for its card to be unlocked.</param>
public sealed record ConsumptionNotBooked(int Index, string CardNumber, int OfflineCounter, SetAsideReason? Reason);

/// <summary>One consumption of a card.</summary>
/// <param name="OfflineCounter">The chip's counter after the consumption. Money and points have separate counters.</param>
/// <param name="Amount">Fen; 0 where points were paid.</param>
/// <param name="Points">Points; 0 where money was paid.</param>
/// <param name="StationCode">Empty if no station has uploaded the fill.</param>
/// <param name="Time">The station's time of the consumption.</param>
/// <param name="SerialNumber">The serial number of the transaction that booked the upload; null if the record is not booked.</param>
/// <param name="ReceivedAt">When the record was received.</param>
/// <param name="Terminal">The station's terminal, 12 hex digits.</param>
/// <param name="TerminalTransaction">The terminal's transaction number.</param>
/// <param name="OilType">The product.</param>
/// <param name="Millilitres">The quantity.</param>
/// <param name="State">The state of the record.</param>
public sealed record ConsumptionItem(
    int OfflineCounter,
    long Amount,
    long Points,
    string StationCode,
    string Terminal,
    long TerminalTransaction,
    DateTimeOffset Time,
    string OilType,
    long Millilitres,
    ConsumptionState State,
    string? SerialNumber,
    DateTimeOffset ReceivedAt
);

/// <summary>A record that was set aside.</summary>
/// <param name="Id">Its id, decimal digits.</param>
/// <param name="Reason">Why.</param>
/// <param name="Record">The record as received.</param>
/// <param name="ReceivedAt">When the record was first received.</param>
/// <param name="Decision">The decision; null before it is made.</param>
public sealed record SetAsideItem(
    string Id,
    SetAsideReason Reason,
    StationConsumption Record,
    DateTimeOffset ReceivedAt,
    SetAsideDecided? Decision
);

/// <summary>A decision about a record that was set aside.</summary>
/// <param name="Id" example="1052690211840">The record's id, decimal digits.</param>
/// <param name="Decision" example="booked">What was decided.</param>
/// <param name="Reason" example="The station's paper shows the fill.">Why.</param>
/// <param name="OperatorId" example="1052690211001">The id of the operator who decided.</param>
/// <param name="ApproverId" example="1052690211002">The id of the approver; null without an approval.</param>
/// <param name="DecidedAt" example="2026-11-22T02:15:30.1234567Z">When.</param>
/// <param name="SerialNumber" example="00030150224112025607">The serial number of the transaction; null for a dismissed record.</param>
public sealed record SetAsideDecided(
    string Id,
    SetAsideDecision Decision,
    string Reason,
    string OperatorId,
    string ApproverId,
    DateTimeOffset DecidedAt,
    string? SerialNumber
);

/// <summary>The rights of consumption.</summary>
public static class ConsumptionRights
{
    public static readonly Right Upload = new("funding.upload-consumption", "funding", "Upload station consumption", "上传加油消费");
    public static readonly Right See = new("funding.see-consumption", "funding", "See consumption", "消费查询");
    public static readonly Right UnlockGrey = new("funding.unlock-grey-card", "funding", "Unlock a grey card", "灰锁解扣");

    public static readonly Right DecideSetAside = new(
        "funding.decide-set-aside-consumption",
        "funding",
        "Decide set-aside consumption",
        "挂起消费处理"
    );

    public static readonly IReadOnlyList<Right> All = [Upload, See, UnlockGrey, DecideSetAside];
}

/// <summary>What consumption is called in the books.</summary>
public static class ConsumptionBooks
{
    /// <summary>What is owed to a station.</summary>
    public static AccountRef Station(string code) =>
        new(
            FundingAccounts.Consumption,
            long.Parse(code, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture)
        );
}
