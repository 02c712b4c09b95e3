using System.Text.Json.Nodes;
using Hardware.Simulators.Chip;
using Hardware.Simulators.Readers;

namespace Api.Tests.Meters;

/// <summary>Carries a card operation between the API and any virtual card as the hardware agent does, in this process.</summary>
public static class MeterHand
{
    private const int MaxRounds = 100;

    public static async Task<JsonNode> Run(HttpClient api, IVirtualCard card, JsonNode operation)
    {
        var (ticket, id) = (operation["ticket"]!.GetValue<string>(), operation["operationId"]!.GetValue<string>());
        card.PowerOn();
        JsonObject message = new() { ["round"] = 0, ["atr"] = Convert.ToHexString(card.Atr) };
        for (var i = 0; i < MaxRounds; i++)
        {
            var reply = await ReaderAgent.Send(api, id, ticket, message);
            if (reply["done"]!.GetValue<bool>())
            {
                card.PowerOff();
                return reply["outcome"]!;
            }

            message = Transmit(card, reply);
        }

        throw new InvalidOperationException("The operation did not come to an end.");
    }

    public static JsonObject Transmit(IVirtualCard card, JsonNode reply)
    {
        var answers = new JsonArray();
        var message = new JsonObject { ["round"] = reply["round"]!.GetValue<int>(), ["answers"] = answers };
        var commands = reply["commands"]!.AsArray();
        for (var i = 0; i < commands.Count; i++)
        {
            if (Answer(card, commands[i]!["apdu"]!.GetValue<string>()) is not { } answer)
            {
                message["failure"] = new JsonObject { ["kind"] = "card-removed", ["commandIndex"] = i };
                return message;
            }

            var status = Convert.ToHexString(answer.AsSpan()[^2..]);
            answers.Add(new JsonObject { ["data"] = Convert.ToHexString(answer.AsSpan()[..^2]), ["statusWord"] = status });
            if (status != "9000")
            {
                return message;
            }
        }

        return message;
    }

    private static byte[]? Answer(IVirtualCard card, string apdu)
    {
        try
        {
            var answer = card.Transmit(Convert.FromHexString(apdu));
            return answer.Length < 2 ? null : answer;
        }
        catch (CardTornException)
        {
            return null;
        }
    }
}
