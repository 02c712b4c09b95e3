using System.Globalization;
using System.Text.Json.Nodes;
using Counter.Payments;
using Funding;
using Hardware.Simulators.Chip;
using Hardware.Simulators.Stations;
using Issuance;
using Issuance.Cards;
using Platform.Cards.Cryptography;
using Platform.Cards.Cryptography.Keys;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Harness;

/// <summary>What stations upload, with right TACs, and card accounts to take it from.</summary>
public static class StationUploads
{
    public const string Station = "10010001";
    public const string Terminal = "0000000000A1";
    public static readonly CardKeys Keys = new(new DemoKeyVault(), IssuerProfile.Demo);
    private static readonly TimeSpan s_china = TimeSpan.FromHours(8);

    public static DateTime ChinaNow => TimeProvider.System.GetUtcNow().ToOffset(s_china).DateTime;

    /// <summary>A purchase at a simulated station, which the chip pays.</summary>
    public static JsonObject Buy(VirtualChip chip, uint fen, CardApplication application = CardApplication.Money)
    {
        ArgumentNullException.ThrowIfNull(chip);
        chip.PowerOn();
        var record = new SimulatedStation(Keys, Terminal).Buy(chip, fen, ChinaNow, application);
        chip.PowerOff();
        return Of(record);
    }

    /// <summary>A station that locks a card for a fill, and loses power.</summary>
    public static LockedFill Lock(VirtualChip chip, DateTime? at = null)
    {
        ArgumentNullException.ThrowIfNull(chip);
        chip.PowerOn();
        var fill = new SimulatedStation(Keys, Terminal).Lock(chip, at ?? ChinaNow);
        chip.PowerOff();
        return fill;
    }

    public static JsonObject Of(StationRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var money = record.Application == CardApplication.Money;
        return Body(
            record.CardNumber,
            record.OfflineCounter,
            money ? record.Amount : 0,
            money ? 0 : record.Amount,
            record.TerminalTransaction,
            Time(record.Time),
            record.Tac
        );
    }

    /// <summary>The record of a fill whose end did not reach the card.</summary>
    public static JsonObject Of(LockedFill fill, long fen)
    {
        ArgumentNullException.ThrowIfNull(fill);
        var counter = Convert.ToInt32(fill.Initialised[8..12], 16) + 1;
        var body = Body(fill.Serial[4..], counter, fen, 0, fill.TerminalTransaction, Time(fill.Time), null);
        body["lock"] = new JsonObject
        {
            ["greyTac"] = fill.GreyTac,
            ["cardBalance"] = Convert.ToInt64(fill.Initialised[..8], 16),
            ["lockedAt"] = Time(fill.Time),
        };
        return body;
    }

    /// <summary>What a chip would give, for a card without one.</summary>
    public static JsonObject Made(string cardNumber, int counter, long fen, string station = Station)
    {
        var local = new DateTime(2026, 11, 22, 8, 0, 0).AddSeconds(counter);
        var tac = Keys.Use(
            CardApplication.Money,
            KeyUsage.Tac,
            Convert.FromHexString(PublicFile.SerialOf(IssuerProfile.Demo, cardNumber)),
            (cipher, key) =>
                PurseCryptography.PurchaseTac(
                    cipher,
                    key,
                    (uint)fen,
                    IssuerProfile.Demo.Money.PurchaseType,
                    Convert.FromHexString(Terminal),
                    (uint)counter,
                    CardTime.Encode(local)
                )
        );
        var body = Body(cardNumber, counter, fen, 0, counter, new DateTimeOffset(local, s_china), $"{tac:X8}");
        body["stationCode"] = station;
        return body;
    }

    public static Task<Answered> Upload(this TestCounter counter, IEnumerable<JsonNode> records, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return Upload(counter.Cashier, records, key);
    }

    public static Task<Answered> Upload(Clerk clerk, IEnumerable<JsonNode> records, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(clerk);
        return clerk.Post("/v1/consumption", new JsonObject { ["records"] = new JsonArray([.. records.Select(r => r.DeepClone())]) }, key);
    }

    /// <summary>Counts of an upload's answer: booked, booked before, waiting for an unlock, set aside.</summary>
    public static (long Booked, long Already, long Awaiting, long SetAside) Counts(Answered answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return (answer.Number("booked"), answer.Number("alreadyBooked"), answer.Number("awaitingUnlock"), answer.Number("setAside"));
    }

    /// <summary>Money onto the card account of a card without a chip, as a load would have put it there.</summary>
    public static async Task Loaded(this TestCounter counter, IssuedCard card, long fen)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        var booking = new SilentBooking(Ids.Next(), new Actor(counter.BranchId, counter.Cashier.Id), new AuditNote("test", "load"));
        booking.WithHead(
            new Transaction(booking.Id, FundingTransactions.Load, booking.Actor)
            {
                CustomerId = card.CustomerId,
                CardId = card.Id,
                Amount = fen,
            }
        );
        booking.Move(new AccountRef(CounterAccounts.Bank, counter.BranchId), new AccountRef(IssuanceAccounts.Card, card.Id), fen);
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
    }

    public static Task<long> CardAccount(this TestCounter counter, IssuedCard card)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        return counter.Balance(IssuanceAccounts.Card, card.Id);
    }

    private static JsonObject Body(string card, int counter, long fen, long points, long number, DateTimeOffset time, string? tac)
    {
        var body = new JsonObject
        {
            ["cardNumber"] = card,
            ["offlineCounter"] = counter,
            ["amount"] = fen,
            ["points"] = points,
            ["stationCode"] = Station,
            ["terminal"] = Terminal,
            ["terminalTransaction"] = number,
            ["time"] = time,
            ["oilType"] = "gasoline92",
            ["millilitres"] = 40_000,
        };
        if (tac is not null)
        {
            body["tac"] = tac;
        }

        return body;
    }

    private static DateTimeOffset Time(string digits) =>
        new(DateTime.ParseExact(digits, "yyyyMMddHHmmss", CultureInfo.InvariantCulture), s_china);
}
