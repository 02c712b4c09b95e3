using System.Net;
using System.Text.Json.Nodes;
using Funding;
using Hardware.Simulators.Chip;
using Issuance;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Harness;

/// <summary>A card issued onto a virtual chip through the API.</summary>
public sealed record ChipCard(VirtualChip Chip, string Number, string CustomerCode, string SerialNumber);

/// <summary>What a counter does with a chip in its reader.</summary>
public static class ChipCards
{
    public const long SetFee = 2_000;

    public static JsonObject OpeningBody(long cardFee = SetFee, long deposit = 0, bool waived = true, bool invoice = false) =>
        new()
        {
            ["person"] = new JsonObject
            {
                ["name"] = "王小明",
                ["certificateType"] = "residentIdentity",
                ["certificateNumber"] = "11010519491231002X",
                ["phone"] = "13800138000",
            },
            ["fees"] = new JsonObject
            {
                ["cardFee"] = cardFee,
                ["deposit"] = deposit,
                ["serviceFeeWaived"] = waived,
                ["feeInvoice"] = invoice,
                ["paymentMethod"] = "cash",
            },
        };

    public static Task<Answered> StartIssue(this TestCounter counter, JsonObject? body = null, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return counter.Cashier.PostApproved("/v1/issuances/personal-single", body ?? OpeningBody(), counter.Second, key);
    }

    /// <summary>Opens and issues onto a new blank chip.</summary>
    public static async Task<ChipCard> IssueCard(this TestCounter counter, VirtualChip? chip = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        chip ??= VirtualChip.CreateBlank(IssuerProfile.Demo);
        var started = (await counter.StartIssue()).Is(HttpStatusCode.Accepted);
        var outcome = await counter.Run(chip, started);
        Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
        return new ChipCard(chip, started["cardNumber"], started["customerCode"], outcome["serialNumber"]!.GetValue<string>());
    }

    /// <summary>Carries an operation that was started to its end.</summary>
    public static Task<JsonNode> Run(this TestCounter counter, VirtualChip chip, Answered started)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(started);
        return ReaderAgent.Run(counter.Host.Client, chip, started.Body["operation"] ?? started.Body);
    }

    /// <summary>Pays in and puts aside for the card, so that it can be loaded.</summary>
    public static async Task Fund(this TestCounter counter, ChipCard card, long fen, long points = 0)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        (await counter.Cashier.Post($"/v1/cards/{card.Number}/collections", TestCounter.Payment(fen))).Is(HttpStatusCode.Created);
        if (points > 0)
        {
            await counter.GivePoints(card, points);
        }

        var lines = new JsonArray(
            new JsonObject
            {
                ["cardNumber"] = card.Number,
                ["amount"] = fen,
                ["points"] = points,
            }
        );
        (await counter.Cashier.Post($"/v1/customers/{card.CustomerCode}/allocations", new JsonObject { ["lines"] = lines })).Is(
            HttpStatusCode.Created
        );
    }

    public static Task<Answered> StartLoad(this TestCounter counter, ChipCard card, long fen, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        return counter.Cashier.Post($"/v1/cards/{card.Number}/loads", new { amount = fen }, key);
    }

    /// <summary>"Re-read card": one call for the front end, then the agent with the card.</summary>
    public static async Task<JsonNode> Reread(this TestCounter counter, VirtualChip chip, string operationId)
    {
        ArgumentNullException.ThrowIfNull(counter);
        var again = (await counter.Cashier.Post($"/v1/card-operations/{operationId}/re-reads", new { })).Is(HttpStatusCode.Accepted);
        return await counter.Run(chip, again);
    }

    public static async Task<JsonNode> Customer(this TestCounter counter, string customerCode)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return (await counter.Cashier.Get($"/v1/customers/{customerCode}")).Is(HttpStatusCode.OK).Body;
    }

    /// <summary>EF15 of the money application.</summary>
    public static PublicFile Identity(VirtualChip chip) => PublicFile.Decode(Read(chip, IssuerProfile.Demo.Money, "00B0950000"))!;

    /// <summary>EF16 of the money application: the holder as the chip has him.</summary>
    public static HolderFile HolderOf(VirtualChip chip) => HolderFile.Decode(Read(chip, IssuerProfile.Demo.Money, "00B0960000"))!;

    /// <summary>What the chip says it holds: fen, or points.</summary>
    public static long Balance(VirtualChip chip, ApplicationProfile? application = null)
    {
        var at = application ?? IssuerProfile.Demo.Money;
        return Convert.ToInt64(Convert.ToHexString(Read(chip, at, $"805C00{at.Purse:X2}04")), 16);
    }

    private static byte[] Read(VirtualChip chip, ApplicationProfile application, string apdu)
    {
        ArgumentNullException.ThrowIfNull(chip);
        chip.PowerOn();
        chip.Transmit(Convert.FromHexString($"00A40400{application.Aid.Length / 2:X2}{application.Aid}"));
        var answer = ReaderAgent.Resolve(chip, Convert.FromHexString(apdu));
        chip.PowerOff();
        Assert.Equal("9000", Convert.ToHexString(answer.AsSpan()[^2..]));
        return answer[..^2];
    }

    /// <summary>Points come from contracts; here they are booked straight into the quota account.</summary>
    private static async Task GivePoints(this TestCounter counter, ChipCard card, long points)
    {
        await using var db = await counter.Host.OpenDatabase();
        var customer = db.Set<global::Customers.Customer>().Single(c => c.Code == card.CustomerCode);
        var booking = new SilentBooking(Ids.Next(), new Actor(counter.BranchId, counter.Cashier.Id), new AuditNote("test", "points"));
        booking.WithHead(
            new Transaction(booking.Id, FundingTransactions.Collection, booking.Actor) { CustomerId = customer.Id, Points = points }
        );
        booking.Move(new AccountRef(FundingAccounts.PointsIssued, counter.BranchId), customer.QuotaPoints, points);
        Assert.IsType<BookingResult.Answered>(await counter.Host.Services.GetRequiredService<Books>().Post(booking));
    }
}
