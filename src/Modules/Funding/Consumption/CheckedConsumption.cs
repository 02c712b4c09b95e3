using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Platform.Cards.Cryptography;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;

namespace Funding.Consumption;

/// <summary>A station's record, looked at by itself: is it well formed, and is its TAC that of the card it names?</summary>
/// <param name="Index">Its place in the upload.</param>
/// <param name="Fault">Why it cannot be booked whatever the books say; null when nothing is wrong with it.</param>
/// <param name="ContentHash">SHA-256 of the whole record, hex.</param>
internal sealed record CheckedConsumption(int Index, StationConsumption Record, SetAsideReason? Fault, string Json, string ContentHash)
{
    private const long MaxMillilitres = 1_000_000_000;
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789ABCDEFabcdef");

    public CardApplication Application => Record.Points > 0 ? CardApplication.Points : CardApplication.Money;

    public long Amount => Record.Points > 0 ? Record.Points : Record.Amount;

    public string Key => ConsumptionRecord.KeyOf(Record.CardNumber, Application, Record.OfflineCounter);

    public string Terminal => Record.Terminal.ToUpperInvariant();

    public string? Tac => Record.Tac?.ToUpperInvariant();

    public string? GreyTac => Record.Lock?.GreyTac.ToUpperInvariant();

    public DateTime ConsumedAt => Record.Time.UtcDateTime;

    public static CheckedConsumption Of(int index, StationConsumption record, CardKeyRing keys)
    {
        var json = JsonSerializer.Serialize(record, Platform.Requests.Json.Options);
        var hash = Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(json)));
        var fault =
            !IsWellFormed(record, keys.Profile) ? SetAsideReason.Malformed
            : !IsProved(record, keys) ? SetAsideReason.WrongTac
            : (SetAsideReason?)null;
        return new CheckedConsumption(index, record, fault, json, hash);
    }

    /// <summary>Is it the same consumption: all that its TAC or GTAC covers is alike? Which station sends it does not matter.</summary>
    public bool IsSameAs(ConsumptionRecord known) =>
        Record.Lock is not null && known.Tac is not null
            ? known.GreyTac == GreyTac // the fill, sent again after its station had ended it
            : known.Amount == Amount
                && known.Terminal == Terminal
                && known.TerminalTransaction == Record.TerminalTransaction
                && known.ConsumedAt == ConsumedAt
                && (known.IsUnproved || (known.Tac == Tac && (known.Tac is not null || known.GreyTac == GreyTac)));

    /// <summary>The card's account that it takes from.</summary>
    public AccountRef From(Card card) => Application == CardApplication.Money ? card.Purse : card.PursePoints;

    /// <summary>Whom it pays: the station its money; points are taken back.</summary>
    public AccountRef To(Actor actor) =>
        Application == CardApplication.Money
            ? ConsumptionBooks.Station(Record.StationCode)
            : new AccountRef(FundingAccounts.PointsIssued, actor.BranchId);

    /// <summary>The row to store. An unverified TAC is dropped, because later checks trust it.</summary>
    public ConsumptionRecord ToRow(Card card, ConsumptionState state, long batchId, long? transactionId, DateTime now) =>
        new()
        {
            Id = Ids.Next(),
            Key = Key,
            CardId = card.Id,
            Application = Application,
            Counter = Record.OfflineCounter,
            Amount = Amount,
            StationCode = Record.StationCode,
            Terminal = Terminal,
            TerminalTransaction = Record.TerminalTransaction,
            ConsumedAt = ConsumedAt,
            OilType = Record.OilType,
            Millilitres = Record.Millilitres,
            Tac = Fault == SetAsideReason.WrongTac ? null : Tac,
            GreyTac = GreyTac,
            BalanceAfter = Record.BalanceAfter,
            State = state,
            BatchId = batchId,
            BatchIndex = Index,
            TransactionId = transactionId,
            ReceivedAt = now,
        };

    private static bool IsWellFormed(StationConsumption r, IssuerProfile profile) =>
        r.CardNumber.Length == 16
        && Luhn.IsValid(r.CardNumber)
        && r.OfflineCounter is >= 1 and <= ushort.MaxValue
        && HasOneAmount(r, profile)
        && r.StationCode.Length == 8
        && r.StationCode.All(char.IsAsciiDigit)
        && IsHex(r.Terminal, 2 * CardTime.TerminalLength)
        && r.TerminalTransaction is >= 0 and <= uint.MaxValue
        && IsToTheSecond(r.Time)
        && r.OilType.Length is >= 1 and <= 20
        && !r.OilType.Any(char.IsControl)
        && r.Millilitres is >= 0 and <= MaxMillilitres
        && r.BalanceAfter is null or (>= 0 and <= uint.MaxValue)
        && (r.Tac is not null ? r.Lock is null && IsHex(r.Tac, 8) : r.Lock is { } fill && IsWellFormed(fill));

    private static bool IsWellFormed(StationFillLock fill) =>
        IsHex(fill.GreyTac, 8) && fill.CardBalance is >= 0 and <= uint.MaxValue && IsToTheSecond(fill.LockedAt);

    private static bool HasOneAmount(StationConsumption r, IssuerProfile profile) =>
        r.Lock is not null ? r.Points == 0 && r.Amount >= 0 && r.Amount <= profile.Money.MaximumBalance
        : r.Points == 0 ? r.Amount >= 1 && r.Amount <= profile.Money.MaximumBalance
        : r.Amount == 0 && r.Points >= 1 && r.Points <= profile.Points.MaximumBalance;

    private static bool IsToTheSecond(DateTimeOffset time) => time.Year is >= 2000 and < 2100 && time.Ticks % TimeSpan.TicksPerSecond == 0;

    private static bool IsHex(string text, int length) => text.Length == length && !text.AsSpan().ContainsAnyExcept(s_hex);

    private static bool IsProved(StationConsumption r, CardKeyRing keys)
    {
        var application = r.Points > 0 ? CardApplication.Points : CardApplication.Money;
        var serial = Convert.FromHexString(PublicFile.SerialOf(keys.Profile, r.CardNumber));
        var terminal = Convert.FromHexString(r.Terminal);
        var said = Convert.ToUInt32(r.Tac ?? r.Lock!.GreyTac, 16);
        var computed = keys.Keys.Use(
            application,
            KeyUsage.Tac,
            serial,
            (cipher, key) =>
                r.Lock is { } fill
                    ? GreyCryptography.LockTac(
                        cipher,
                        key,
                        (uint)fill.CardBalance,
                        (ushort)r.OfflineCounter,
                        terminal,
                        (uint)r.TerminalTransaction,
                        OnChip(fill.LockedAt)
                    )
                    : PurseCryptography.PurchaseTac(
                        cipher,
                        key,
                        (uint)(r.Points > 0 ? r.Points : r.Amount),
                        keys.Profile.Application(application).PurchaseType,
                        terminal,
                        (uint)r.TerminalTransaction,
                        OnChip(r.Time)
                    )
        );
        return computed == said;
    }

    /// <summary>Chips carry China's time, whatever offset the station writes.</summary>
    private static byte[] OnChip(DateTimeOffset time) => CardTime.Encode(time.ToOffset(CardKeyRing.ChinaTime).DateTime);
}
