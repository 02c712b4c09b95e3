using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Access.SystemParameters;
using Funding;
using Hardware.Simulators.Chip;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Audit;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;
using Platform.Problems;

namespace Api.Tests.Harness;

/// <summary>What the books know of one card: fen, and points.</summary>
public sealed record CardBalances(
    long Quota,
    long Reserve,
    long InTransit,
    long Purse,
    long ReservePoints,
    long PointsInTransit,
    long PursePoints
)
{
    public long Money => Quota + Reserve + InTransit + Purse;
}

/// <summary>Holds a chip against the books, and settles what is pending, as a counter does.</summary>
public static class CardBooks
{
    private const int MaxRereads = 4;

    public static string OperationId(Answered started)
    {
        ArgumentNullException.ThrowIfNull(started);
        return (started.Body["operation"] ?? started.Body)["operationId"]!.GetValue<string>();
    }

    public static string State(JsonNode outcome) =>
        (outcome ?? throw new ArgumentNullException(nameof(outcome)))["state"]!.GetValue<string>();

    public static async Task<CardBalances> Balances(this TestCounter counter, ChipCard card)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        await using var db = await counter.Host.OpenDatabase();
        var row = await db.Set<Card>().SingleAsync(c => c.Number == card.Number);
        var accounts = await db.Set<Account>().Where(a => a.Owner == row.Id || a.Owner == row.CustomerId).ToListAsync();
        long Of(AccountType type, long owner) => accounts.Find(a => a.Kind == type.Number && a.Owner == owner)?.Balance ?? 0;
        return new CardBalances(
            Of(IssuanceAccounts.Quota, row.CustomerId),
            Of(IssuanceAccounts.Reserve, row.Id),
            Of(IssuanceAccounts.InTransit, row.Id),
            Of(IssuanceAccounts.Card, row.Id),
            Of(IssuanceAccounts.ReservePoints, row.Id),
            Of(IssuanceAccounts.PointsInTransit, row.Id),
            Of(IssuanceAccounts.CardPoints, row.Id)
        );
    }

    /// <summary>The card in the reader is read again until nothing of it waits: one call for the front end.</summary>
    public static async Task<int> SettleAll(this TestCounter counter, VirtualChip chip, string? cardNumber, CardCarrier? carry = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(chip);
        for (var reads = 0; reads < MaxRereads; reads++)
        {
            var body = new { cardNumber, chipSerial = chip.ChipSerial };
            var started = await counter.Cashier.Post("/v1/card-re-reads", body);
            if (started.Status == HttpStatusCode.NotFound)
            {
                started.IsRefused(HttpStatusCode.NotFound, "card-nothing-pending");
                return reads;
            }

            await (carry ?? ReaderAgent.Run)(counter.Host.Client, chip, started.Is(HttpStatusCode.Accepted).Body["operation"]!);
        }

        throw new InvalidOperationException($"Something of card {cardNumber} still waits after it was read {MaxRereads} times.");
    }

    /// <summary>Chip and books hold the same, and nothing is under way.</summary>
    public static async Task<CardBalances> ChipEqualsBooks(this TestCounter counter, ChipCard card, string because)
    {
        ArgumentNullException.ThrowIfNull(card);
        var books = await counter.Balances(card);
        var chip = (ChipCards.Balance(card.Chip), ChipCards.Balance(card.Chip, IssuerProfile.Demo.Points));
        Assert.True(
            (books.Purse, books.PursePoints) == chip && books is { InTransit: 0, PointsInTransit: 0 },
            $"{because}: the chip holds {chip}, the books {books}."
        );
        return books;
    }

    public static Task<Answered> StartUnload(this TestCounter counter, ChipCard card, long fen, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        return counter.Cashier.Post($"/v1/cards/{card.Number}/unloads", new { amount = fen }, key);
    }

    public static Task<Answered> StartRecharge(
        this TestCounter counter,
        ChipCard card,
        long fen,
        string? key = null,
        string? contract = null
    )
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        var body = TestCounter.Payment(fen);
        if (contract is not null)
        {
            body["contractCode"] = contract;
        }

        return counter.Cashier.Post($"/v1/cards/{card.Number}/purse-recharges", body, key);
    }

    /// <summary>A payment into the quota account, of which a part is loaded at once.</summary>
    public static Task<Answered> StartRechargeWithLoad(
        this TestCounter counter,
        ChipCard card,
        long fen,
        long? load = null,
        string? key = null,
        string? contract = null
    )
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        var payment = TestCounter.Payment(fen);
        if (contract is not null)
        {
            payment["contractCode"] = contract;
        }

        var body = new JsonObject { ["payment"] = payment };
        if (load is { } part)
        {
            body["load"] = new JsonObject { ["amount"] = part };
        }

        return counter.Cashier.Post($"/v1/cards/{card.Number}/recharges-with-load", body, key);
    }

    /// <summary>Loads, and fails unless the chip has it.</summary>
    public static async Task<string> Load(this TestCounter counter, ChipCard card, long fen)
    {
        ArgumentNullException.ThrowIfNull(card);
        var outcome = await counter.Run(card.Chip, (await counter.StartLoad(card, fen)).Is(HttpStatusCode.Accepted));
        Assert.Equal("confirmed", State(outcome));
        return outcome["serialNumber"]!.GetValue<string>();
    }

    /// <summary>Starts an operation and tears the card out at an APDU, before or after the chip's change.</summary>
    public static Task<JsonNode> RunTorn(
        this TestCounter counter,
        VirtualChip chip,
        Answered started,
        int apdu,
        bool after,
        CardCarrier? carry = null
    )
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(chip);
        ArgumentNullException.ThrowIfNull(started);
        chip.Hooks.Arm();
        (chip.Hooks.TearBeforeCommit, chip.Hooks.TearAfterCommit) = after ? ((int?)null, (int?)apdu) : (apdu, null);
        return Disarmed(chip, (carry ?? ReaderAgent.Run)(counter.Host.Client, chip, started.Body["operation"] ?? started.Body));
    }

    /// <summary>The branch waits so many days before an operation is settled without its card.</summary>
    public static async Task WaitBeforeSettling(this TestCounter counter, long days)
    {
        ArgumentNullException.ThrowIfNull(counter);
        await using var db = await counter.Host.OpenDatabase();
        var name = FundingParameters.PendingSettlementDays.Name;
        db.Add(
            new SystemParameter
            {
                Name = name,
                BranchId = counter.BranchId,
                Value = days,
            }
        );
        await db.SaveChangesAsync();
    }

    public static Task<Answered> Settle(this TestCounter counter, string operationId, string? settleAs = null, string? key = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        var body = new JsonObject { ["reason"] = "The holder has moved away." };
        if (settleAs is not null)
        {
            body["as"] = settleAs;
        }

        return counter.Cashier.PostApproved($"/v1/card-operations/{operationId}/settlements", body, counter.Second, key);
    }

    /// <summary>Nobody came with the ticket in time.</summary>
    public static async Task TicketRanOut(this TestCounter counter, string operationId)
    {
        ArgumentNullException.ThrowIfNull(counter);
        var id = long.Parse(operationId, CultureInfo.InvariantCulture);
        await using (var db = await counter.Host.OpenDatabase())
        {
            var past = TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-1);
            await db.Set<CardOperation>().Where(o => o.Id == id).ExecuteUpdateAsync(u => u.SetProperty(o => o.TicketExpiresAt, past));
        }

        await using var scope = counter.Host.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CardOperationEngine>().ExpireTickets(CancellationToken.None);
    }

    /// <summary>The operations that wait, as the branch's list shows them.</summary>
    public static async Task<JsonArray> Pending(this TestCounter counter)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return (await counter.Cashier.Get("/v1/card-operations")).Is(HttpStatusCode.OK).Body["items"]!.AsArray();
    }

    /// <summary>What the audit trail keeps of an operation's end.</summary>
    public static async Task<string> AuditedEnd(this TestCounter counter, string operationId)
    {
        ArgumentNullException.ThrowIfNull(counter);
        await using var db = await counter.Host.OpenDatabase();
        var subject = string.Create(CultureInfo.InvariantCulture, $"card-operation:{operationId}");
        var ends = await db.Set<AuditRecord>()
            .Where(a => a.Subject == subject && a.Action == "card-operation-ended")
            .OrderBy(a => a.Id)
            .ToListAsync();
        return ends[^1].Detail ?? "";
    }

    private static async Task<JsonNode> Disarmed(VirtualChip chip, Task<JsonNode> running)
    {
        var outcome = await running;
        chip.Hooks.Arm();
        return outcome;
    }
}
