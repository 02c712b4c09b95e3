using System.Text.Json.Nodes;
using Hardware.Simulators.Chip;

namespace Api.Tests.Harness;

/// <summary>What sits between chip and server is trusted with nothing: here it changes what the chip says.</summary>
public static class Forgery
{
    /// <summary>Runs an operation with the answers to one command changed on the way.</summary>
    public static async Task<JsonNode> Run(
        TestCounter counter,
        VirtualChip chip,
        Answered started,
        string command,
        Func<string, string> forge
    )
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(started);
        ArgumentNullException.ThrowIfNull(forge);
        var (id, ticket) = (CardBooks.OperationId(started), started.Body["operation"]!["ticket"]!.GetValue<string>());
        return await Run(
            counter,
            (id, ticket),
            (reply, _) =>
            {
                var sent = ReaderAgent.Transmit(chip, reply);
                var commands = reply["commands"]!.AsArray();
                for (var i = 0; i < sent["answers"]!.AsArray().Count; i++)
                {
                    if (commands[i]!["apdu"]!.GetValue<string>().StartsWith(command, StringComparison.Ordinal))
                    {
                        var answer = sent["answers"]![i]!;
                        answer["data"] = forge(answer["data"]!.GetValue<string>());
                    }
                }

                return sent;
            },
            chip
        );
    }

    /// <summary>Runs an operation that changes to another chip from a round on: the card is swapped in the middle.</summary>
    public static Task<JsonNode> RunSwapped(TestCounter counter, VirtualChip chip, VirtualChip other, Answered started, int fromRound)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (id, ticket) = (CardBooks.OperationId(started), (started?.Body["operation"]!["ticket"]!.GetValue<string>())!);
        other.PowerOn();
        return Run(counter, (id, ticket), (reply, round) => ReaderAgent.Transmit(round >= fromRound ? other : chip, reply), chip);
    }

    public static string Flip(string hex, int at)
    {
        ArgumentNullException.ThrowIfNull(hex);
        return string.Concat(hex.AsSpan(0, at), hex[at] == '0' ? "1" : "0", hex.AsSpan(at + 1));
    }

    private static async Task<JsonNode> Run(
        TestCounter counter,
        (string Id, string Ticket) operation,
        Func<JsonNode, int, JsonObject> transmit,
        VirtualChip chip
    )
    {
        ArgumentNullException.ThrowIfNull(counter);
        ArgumentNullException.ThrowIfNull(chip);
        chip.PowerOn();
        JsonNode message = new JsonObject { ["round"] = 0 };
        for (var round = 1; ; round++)
        {
            var reply = await ReaderAgent.Send(counter.Host.Client, operation.Id, operation.Ticket, message);
            if (reply["done"]!.GetValue<bool>())
            {
                chip.PowerOff();
                return reply["outcome"]!;
            }

            message = transmit(reply, round);
        }
    }
}
