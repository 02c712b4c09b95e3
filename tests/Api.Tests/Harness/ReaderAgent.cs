using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hardware.Simulators.Chip;

namespace Api.Tests.Harness;

/// <summary>Carries a card operation between the API and a virtual chip as the hardware agent does, in this process.</summary>
public static class ReaderAgent
{
    private const int MaxRounds = 200;

    /// <summary>Runs the ticket to its end; answers with the API's outcome. A chip torn out is reported as the agent would.</summary>
    public static async Task<JsonNode> Run(HttpClient api, VirtualChip chip, JsonNode operation)
    {
        var ticket = operation["ticket"]!.GetValue<string>();
        var id = operation["operationId"]!.GetValue<string>();
        chip.PowerOn();
        JsonObject message = new() { ["round"] = 0, ["atr"] = Convert.ToHexString(chip.Atr) };
        for (var i = 0; i < MaxRounds; i++)
        {
            var reply = await Send(api, id, ticket, message);
            if (reply["done"]!.GetValue<bool>())
            {
                chip.PowerOff();
                return reply["outcome"]!;
            }

            message = Transmit(chip, reply);
        }

        throw new InvalidOperationException("The operation did not come to an end.");
    }

    /// <summary>One message; throws when the API answers anything but 200.</summary>
    public static async Task<JsonNode> Send(HttpClient api, string id, string ticket, JsonNode message)
    {
        using var response = await Post(api, id, ticket, message);
        Assert.True(response.StatusCode == HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public static async Task<HttpResponseMessage> Post(HttpClient api, string id, string ticket, JsonNode message)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/card-operations/{id}/exchange")
        {
            Content = JsonContent.Create(message),
        };
        request.Headers.Add("Card-Ticket", ticket);
        return await api.SendAsync(request);
    }

    /// <summary>Runs the commands of a reply on the chip and makes the next message.</summary>
    public static JsonObject Transmit(VirtualChip chip, JsonNode reply)
    {
        var answers = new JsonArray();
        var message = new JsonObject { ["round"] = reply["round"]!.GetValue<int>(), ["answers"] = answers };
        var commands = reply["commands"]!.AsArray();
        for (var i = 0; i < commands.Count; i++)
        {
            var answer = Answer(chip, commands[i]!["apdu"]!.GetValue<string>());
            if (answer is null)
            {
                message["failure"] = new JsonObject { ["kind"] = "card-removed", ["commandIndex"] = i };
                return message;
            }

            var status = Convert.ToHexString(answer.AsSpan()[^2..]);
            answers.Add(new JsonObject { ["data"] = Convert.ToHexString(answer.AsSpan()[..^2]), ["statusWord"] = status });
            var goesOn = commands[i]!["continueOn"] is JsonArray list ? list.Select(s => s!.GetValue<string>()).ToArray() : ["9000"];
            if (!goesOn.Contains(status))
            {
                return message;
            }
        }

        return message;
    }

    /// <summary>One command as the agent runs it: with T=0 its answer is fetched, or asked for again with the length that the chip names.</summary>
    public static byte[] Resolve(VirtualChip chip, byte[] command)
    {
        ArgumentNullException.ThrowIfNull(chip);
        ArgumentNullException.ThrowIfNull(command);
        var answer = chip.Transmit(command);
        if (answer is [.., 0x6C, var length])
        {
            answer = chip.Transmit([.. command[..4], length]);
        }

        return answer is [.., 0x61, var waiting] ? chip.Transmit([0x00, 0xC0, 0x00, 0x00, waiting]) : answer;
    }

    private static byte[]? Answer(VirtualChip chip, string apdu)
    {
        try
        {
            var answer = Resolve(chip, Convert.FromHexString(apdu));
            return answer.Length < 2 ? null : answer;
        }
        catch (CardTornException)
        {
            return null;
        }
    }
}
