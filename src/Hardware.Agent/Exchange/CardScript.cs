using Hardware.Agent.Cards;

namespace Hardware.Agent.Exchange;

/// <summary>A command of a checked reply.</summary>
internal sealed record ScriptCommand(byte[] Apdu, bool Commit, IReadOnlySet<string> ContinueOn);

/// <summary>A checked reply: either the end, or the commands of the next round.</summary>
internal sealed record CardScript(int Round, IReadOnlyList<ScriptCommand> Commands, OperationOutcome? Outcome)
{
    private static readonly HashSet<string> OnlySuccess = ["9000"];

    internal bool HasCommit => Commands.Any(c => c.Commit);

    /// <summary>Checks a reply to round <paramref name="sentRound"/> before any of it reaches a card.</summary>
    /// <exception cref="InvalidReplyException">The reply breaks the protocol or a limit.</exception>
    internal static CardScript From(ExchangeReply? reply, int sentRound)
    {
        if (reply is null)
        {
            throw new InvalidReplyException("it is empty");
        }

        if (reply.Done)
        {
            return new CardScript(sentRound, [], reply.Outcome ?? throw new InvalidReplyException("it is done but has no outcome"));
        }

        if (reply.Round != sentRound + 1)
        {
            throw new InvalidReplyException($"it asks for round {reply.Round} after round {sentRound}");
        }

        if (reply.Round > ExchangeLimits.Rounds)
        {
            throw new InvalidReplyException($"the operation has more than {ExchangeLimits.Rounds} rounds");
        }

        var commands = reply.Commands ?? [];
        if (commands.Count is 0 or > ExchangeLimits.Commands)
        {
            throw new InvalidReplyException($"it has {commands.Count} commands, not 1 to {ExchangeLimits.Commands}");
        }

        return new CardScript(reply.Round, [.. commands.Select(Command)], null);
    }

    private static ScriptCommand Command(ExchangeCommand command, int index)
    {
        var apdu = Apdu(command.Apdu) ?? throw new InvalidReplyException($"command {index} is no short APDU in hex");
        if (command.ContinueOn is null or { Count: 0 })
        {
            return new ScriptCommand(apdu, command.Commit, OnlySuccess);
        }

        var words = command.ContinueOn.Select(w => w.ToUpperInvariant()).ToHashSet();
        if (command.ContinueOn.Count > ExchangeLimits.ContinueOn || !words.All(w => w is { Length: 4 } && w.All(char.IsAsciiHexDigit)))
        {
            throw new InvalidReplyException($"command {index} has status words that are none");
        }

        return new ScriptCommand(apdu, command.Commit, words);
    }

    private static byte[]? Apdu(string? hex)
    {
        if (hex is null || hex.Length % 2 != 0 || hex.Length is < 8 or > 2 * CardLimits.CommandBytes || !hex.All(char.IsAsciiHexDigit))
        {
            return null;
        }

        var apdu = Convert.FromHexString(hex);
        // Header; header and Le; header, Lc and data; the same with Le. Anything else would confuse where the length stands.
        var wellFormed = apdu.Length <= 5 || apdu.Length == 5 + apdu[4] || apdu.Length == 6 + apdu[4];
        return wellFormed ? apdu : null;
    }
}

/// <summary>The API answered with something the protocol does not know. Nothing of it was sent to the card.</summary>
internal sealed class InvalidReplyException(string message, Exception? inner = null) : Exception(message, inner);
