using Platform;

namespace Funding.Consumption;

/// <summary>
/// What a station took from a card. Money or points: the chip pays each from its own purse, under its own counter. Exactly one of <c>tac</c> and
/// <c>lock</c> is given.
/// </summary>
/// <param name="CardNumber" example="1000110000000013">The card, 16 digits.</param>
/// <param name="OfflineCounter" example="1">The chip's offline counter after it, 1 to 65,535.</param>
/// <param name="Amount" example="35000">Fen, 1 to 4,294,967,295; 0 where points were paid, or a locked fill took nothing.</param>
/// <param name="Points" example="0">Points paid; 0 where money was.</param>
/// <param name="StationCode" example="10010001">8 digits.</param>
/// <param name="Terminal" example="000000000101">The terminal as the chip knows it: 12 hex digits.</param>
/// <param name="TerminalTransaction" example="17">The terminal's transaction number, 0 to 4,294,967,295.</param>
/// <param name="Time" example="2026-11-22T10:15:30+08:00">When, to the second.</param>
/// <param name="OilType" example="gasoline92">What was filled, at most 20 characters.</param>
/// <param name="Millilitres" example="46500">How much, 0 to 1,000,000,000.</param>
/// <param name="Tac" example="8F3A01C2">The chip's TAC: 8 hex digits.</param>
/// <param name="Lock">In place of a TAC: the fill for which the card is still locked.</param>
/// <param name="BalanceAfter">What the chip showed after it, fen or points; optional.</param>
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

/// <summary>A fill whose end did not reach the card: it pays when it is unlocked at a counter.</summary>
/// <param name="GreyTac" example="8F3A01C2">The chip's GTAC: 8 hex digits.</param>
/// <param name="CardBalance" example="120000">What the chip held when it was locked, fen; the GTAC covers it.</param>
/// <param name="LockedAt" example="2026-11-22T10:12:00+08:00">When it was locked, to the second.</param>
public sealed record StationFillLock(string GreyTac, long CardBalance, DateTimeOffset LockedAt);

/// <summary>Consumption as stations upload it, in any order, however late.</summary>
/// <param name="Records">1 to 10,000.</param>
public sealed record UploadConsumptionRequest(IReadOnlyList<StationConsumption> Records);

/// <summary>What became of an upload.</summary>
/// <param name="Received" example="3">Records received.</param>
/// <param name="Booked" example="2">Booked by this upload.</param>
/// <param name="AlreadyBooked" example="1">Booked before: the same record came again, from whichever station.</param>
/// <param name="AwaitingUnlock" example="0">Fills that are booked when their card is unlocked.</param>
/// <param name="SetAside" example="0">Not booked; a person looks at them.</param>
/// <param name="NotBooked">Those that wait or were set aside.</param>
public sealed record UploadConsumptionResponse(
    int Received,
    int Booked,
    int AlreadyBooked,
    int AwaitingUnlock,
    int SetAside,
    IReadOnlyList<ConsumptionNotBooked> NotBooked
);

/// <summary>A record that was not booked.</summary>
/// <param name="Index" example="2">Its place in the upload, from 0.</param>
/// <param name="CardNumber" example="1000110000000013">As it came.</param>
/// <param name="OfflineCounter" example="7">As it came.</param>
/// <param name="Reason">Why it was set aside; null for one that waits for its card to be unlocked.</param>
public sealed record ConsumptionNotBooked(int Index, string CardNumber, int OfflineCounter, SetAsideReason? Reason);

/// <summary>One consumption of a card.</summary>
/// <param name="OfflineCounter">The chip's counter after it; money and points count apart.</param>
/// <param name="Amount">Fen; 0 where points were paid.</param>
/// <param name="Points">Points; 0 where money was paid.</param>
/// <param name="StationCode">Empty where no station has uploaded the fill.</param>
/// <param name="Time">When the station says it was.</param>
/// <param name="SerialNumber">Of the transaction that booked it, with others of its upload; null while it is not booked.</param>
/// <param name="ReceivedAt">When it came.</param>
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
/// <param name="Record">As it came.</param>
/// <param name="ReceivedAt">When it first came.</param>
public sealed record SetAsideItem(string Id, SetAsideReason Reason, StationConsumption Record, DateTimeOffset ReceivedAt);

/// <summary>The rights of consumption.</summary>
public static class ConsumptionRights
{
    public static readonly Right Upload = new("funding.upload-consumption", "funding", "Upload station consumption", "上传加油消费");
    public static readonly Right See = new("funding.see-consumption", "funding", "See consumption", "消费查询");
    public static readonly Right UnlockGrey = new("funding.unlock-grey-card", "funding", "Unlock a grey card", "灰锁解扣");

    public static readonly IReadOnlyList<Right> All = [Upload, See, UnlockGrey];
}

/// <summary>What consumption is called in the books.</summary>
public static class ConsumptionBooks
{
    /// <summary>What is owed to a station.</summary>
    public static AccountRef Station(string code) =>
        new(
            AccountKind.Consumption,
            long.Parse(code, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture)
        );
}
