using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Access.SystemParameters;
using Hardware.Simulators.Chip;
using Issuance.CardSessions;
using Platform.Cards.Cryptography.Profiles;
using Platform.Parameters;

namespace Api.Tests.Harness;

/// <summary>What a counter does with multi-user customers and with cards that are present.</summary>
public static class SubCards
{
    /// <summary>Pays the set fee in cash.</summary>
    public static JsonObject Fees(long cardFee = ChipCards.SetFee, long deposit = 0) =>
        new()
        {
            ["cardFee"] = cardFee,
            ["deposit"] = deposit,
            ["serviceFeeWaived"] = true,
            ["feeInvoice"] = false,
            ["paymentMethod"] = "cash",
        };

    /// <summary>Sets a parameter at the counter's branch, behind the API's back.</summary>
    public static async Task Set(this TestCounter counter, Parameter parameter, long value)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(parameter);
        await using var db = await counter.Host.OpenDatabase();
        db.Add(
            new SystemParameter
            {
                Name = parameter.Name,
                BranchId = counter.BranchId,
                Value = value,
            }
        );
        await db.SaveChangesAsync();
    }

    /// <summary>Has a chip prove that it is present; the session's id.</summary>
    public static async Task<string> Present(this TestCounter counter, VirtualChip chip, Clerk? clerk = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        var started = (await (clerk ?? counter.Cashier).Post("/v1/card-sessions", new { })).Is(HttpStatusCode.Accepted);
        var outcome = await counter.Run(chip, started);
        Assert.Equal("confirmed", outcome["state"]!.GetValue<string>());
        return started["sessionId"];
    }

    /// <summary>A session of a card that has no chip in the test: a row, as the chip's proof would leave it.</summary>
    public static async Task<string> Present(this TestCounter counter, IssuedCard card, TimeSpan? ago = null, Clerk? clerk = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(card);
        var proved = TimeProvider.System.GetUtcNow().UtcDateTime - (ago ?? TimeSpan.Zero);
        var session = new CardSession
        {
            Id = Ids.Next(),
            CardId = card.Id,
            BranchId = counter.BranchId,
            OperatorId = (clerk ?? counter.Cashier).Id,
            ProvedAt = proved,
            ExpiresAt = proved + CardSession.GoodFor,
        };
        await using var db = await counter.Host.OpenDatabase();
        db.Add(session);
        await db.SaveChangesAsync();
        return session.Id.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Opens a batch by the customer's code; its id.</summary>
    public static async Task<string> OpenBatch(this TestCounter counter, IssuedCard main, Clerk? clerk = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(main);
        var opened = await (clerk ?? counter.Cashier).Post("/v1/issuances/personal-sub", new { customerCode = main.CustomerCode });
        return opened.Is(HttpStatusCode.Created)["batchId"];
    }

    /// <summary>Starts the next card of a batch, without an approval.</summary>
    public static Task<Answered> StartSub(
        this TestCounter counter,
        string batch,
        JsonObject? fees = null,
        int? more = null,
        Clerk? clerk = null
    )
    {
        ArgumentNullException.ThrowIfNull(counter);
        return (clerk ?? counter.Cashier).Post(Cards(batch), Body(fees, more));
    }

    /// <summary>The same with the second operator's approval, where one is asked for.</summary>
    public static Task<Answered> StartApprovedSub(this TestCounter counter, string batch, JsonObject? fees = null, int? more = null)
    {
        ArgumentNullException.ThrowIfNull(counter);
        return counter.Cashier.PostApproved(Cards(batch), Body(fees, more), counter.Second);
    }

    /// <summary>Carries a started sub-card onto a new chip; how it ended.</summary>
    public static async Task<(string State, string Code)> Write(this TestCounter counter, Answered started)
    {
        ArgumentNullException.ThrowIfNull(started);
        var chip = VirtualChip.CreateBlank(IssuerProfile.Demo);
        var outcome = await counter.Run(chip, started.Is(HttpStatusCode.Accepted));
        return (outcome["state"]!.GetValue<string>(), outcome["code"]!.GetValue<string>());
    }

    private static string Cards(string batch) => $"/v1/sub-card-batches/{batch}/cards";

    private static JsonObject Body(JsonObject? fees, int? more)
    {
        var body = new JsonObject { ["fees"] = fees ?? Fees() };
        if (more is { } n)
        {
            body["more"] = n;
        }

        return body;
    }
}
