namespace Simulation.CardHistories;

/// <summary>What goes wrong while an operation is carried.</summary>
internal enum Fault
{
    None,
    TearBefore,
    TearAfter,

    /// <summary>The agent dies with the commit sent and its answer lost, and reports that after its restart.</summary>
    Restart,

    /// <summary>The agent dies and never comes back; the server's waiting time ends it.</summary>
    Gone,
}

/// <summary>One fault, at which APDU (or round) of the operation, and whether replies are lost on the way.</summary>
internal readonly record struct Trouble(Fault Fault, int At, bool LosesReplies);

/// <summary>The agent with its reader: carries an operation between server and chip, with whatever goes wrong.</summary>
internal sealed class ModelAgent(ModelServer server, VirtualChip chip)
{
    private const int RoundLimit = 40;

    internal CardOutcome Carry(ModelOperation operation, Trouble trouble)
    {
        chip.PowerOn();
        chip.Hooks.Arm();
        chip.Hooks.TearBeforeCommit = trouble.Fault == Fault.TearBefore ? trouble.At : null;
        chip.Hooks.TearAfterCommit = trouble.Fault == Fault.TearAfter ? trouble.At : null;
        var reply = operation.Reply;
        for (var round = 1; round < RoundLimit; round++)
        {
            if (reply.End is { } end)
            {
                chip.PowerOff();
                chip.Hooks.Arm();
                return end;
            }

            var gone = trouble.Fault == Fault.Gone && round >= trouble.At;
            var report = Transmit(reply.Commands, trouble.Fault == Fault.Restart);
            report = gone ? CardReport.TimedOut : report;
            reply = server.Exchange(operation, round, report);
            if (trouble.LosesReplies && !ReferenceEquals(reply, server.Exchange(operation, round, report)))
            {
                throw new InvalidOperationException($"Round {round} was answered differently the second time.");
            }
        }

        throw new InvalidOperationException("The operation does not come to an end.");
    }

    private CardReport Transmit(IReadOnlyList<CardCommand> commands, bool diesAtCommit)
    {
        var answers = new List<CardAnswer>();
        foreach (var command in commands)
        {
            var answer = Transmit(Convert.FromHexString(command.Apdu));
            if (answer is null)
            {
                return new(answers, new("card-removed", answers.Count));
            }

            if (command.Commit && diesAtCommit)
            {
                chip.Reset();
                return new(answers, new("agent-restarted", answers.Count));
            }

            answers.Add(new(Convert.ToHexString(answer.AsSpan()[..^2]), Convert.ToHexString(answer.AsSpan()[^2..])));
            if (!(command.ContinueOn ?? ["9000"]).Contains(answers[^1].StatusWord))
            {
                break;
            }
        }

        return new(answers);
    }

    private byte[]? Transmit(byte[] apdu)
    {
        try
        {
            var answer = chip.Transmit(apdu);
            return answer.Length < 2 ? null : answer;
        }
        catch (CardTornException)
        {
            return null;
        }
    }
}
