using System.Text.Json;
using System.Threading.Channels;
using TestRuns;

namespace Hardware.Agent.Tests.Peer;

internal sealed record PeerAnswer(string Data, string StatusWord);

internal sealed record PeerFailure(string Kind, int CommandIndex);

/// <summary>A round as the agent sent it.</summary>
internal sealed record PeerRound(int Round, string? Atr, IReadOnlyList<PeerAnswer> Answers, PeerFailure? Failure)
{
    internal string OperationId { get; init; } = "";

    internal string Body { get; init; } = "";

    internal string Language { get; init; } = "";
}

/// <summary>One operation at the peer, which holds the agent to the protocol.</summary>
internal sealed class PeerOperation(string operationId, string firstTicket, Func<PeerRound, PeerReply>[] steps)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly Lock _gate = new();
    private readonly List<(PeerRound Round, PeerReply Reply)> _answered = [];
    private readonly Channel<PeerRound> _arrived = Channel.CreateUnbounded<PeerRound>();
    private TaskCompletionSource? _held;
    private Func<PeerRound, PeerReply>[] _steps = steps;
    private int _lose;
    private int _loseFrom = int.MaxValue;

    internal string OperationId => operationId;

    internal string Ticket { get; private set; } = firstTicket;

    /// <summary>The rounds answered, each once however often it was sent.</summary>
    internal IReadOnlyList<PeerRound> Rounds
    {
        get
        {
            lock (_gate)
            {
                return [.. _answered.Select(a => a.Round)];
            }
        }
    }

    /// <summary>How many requests came, repeats included.</summary>
    internal int Requests { get; private set; }

    /// <summary>The operation is to run again under a new ticket, from round 0, as when its card is read again.</summary>
    internal void Reissue(string ticket, params Func<PeerRound, PeerReply>[] steps)
    {
        lock (_gate)
        {
            (Ticket, _steps) = (ticket, steps);
            _answered.Clear();
        }
    }

    /// <summary>The next so many replies are lost after the round is done.</summary>
    internal void LoseReplies(int count) => _lose = count;

    /// <summary>Every reply from this round on is lost after the round is done.</summary>
    internal void LoseRepliesFrom(int round)
    {
        lock (_gate)
        {
            _loseFrom = round;
        }
    }

    /// <summary>Answers nothing until <see cref="Release"/>.</summary>
    internal void Hold() => _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Release() => _held?.TrySetResult();

    /// <summary>Waits for the next request.</summary>
    internal async Task<PeerRound> Arrived() => await _arrived.Reader.ReadAsync().AsTask().WaitAsync(Patience.Longest);

    private bool LosesReply(int round)
    {
        lock (_gate)
        {
            return _lose-- > 0 || round >= _loseFrom;
        }
    }

    internal async Task<(PeerReply Reply, bool Lost)> Answer(string body, string language)
    {
        var parsed = JsonSerializer.Deserialize<PeerRound>(body, Json);
        Assert.NotNull(parsed);
        var round = parsed with { OperationId = operationId, Body = body, Language = language };
        var reply = Step(round);
        _arrived.Writer.TryWrite(round);
        if (_held is { } held)
        {
            await held.Task;
        }

        return (reply, LosesReply(round.Round));
    }

    private PeerReply Step(PeerRound round)
    {
        lock (_gate)
        {
            Requests++;
            if (_answered.Find(a => a.Round.Round == round.Round) is { Round: not null } known)
            {
                return known.Round.Body == round.Body ? known.Reply : PeerReply.Problem(409, "round-conflict");
            }

            if (round.Round != _answered.Count)
            {
                return PeerReply.Problem(409, "round-out-of-order");
            }

            if (round.Round >= _steps.Length)
            {
                return PeerReply.Problem(410, "operation-over");
            }

            var reply = _steps[round.Round](round);
            if (reply.Status == 200)
            {
                _answered.Add((round, reply));
            }

            return reply;
        }
    }
}
