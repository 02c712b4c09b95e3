using System.Buffers;
using Platform.Cards.Cryptography.Keys;

namespace Platform.Cards.Scripts;

/// <summary>
/// A command for the card. <c>Apdu</c> is hex. <c>Commit</c> marks a command that changes money or identity and is never sent twice. The
/// agent continues only after a status word in <c>ContinueOn</c> (null: 9000 only).
/// </summary>
/// <param name="Apdu">Hex.</param>
/// <param name="Commit">Changes money or identity: journalled before it is sent, and never sent twice.</param>
/// <param name="ContinueOn">The status words after which the agent continues; null means 9000 only.</param>
public sealed record CardCommand(string Apdu, bool Commit = false, IReadOnlyList<string>? ContinueOn = null);

/// <summary>The card's answer to one command: data as hex without the status word, and the final status word.</summary>
/// <param name="Data">Hex, without the status word.</param>
/// <param name="StatusWord">The final status word, 4 hex digits.</param>
public sealed record CardAnswer(string Data, string StatusWord)
{
    internal bool Done => StatusWord == "9000";
}

/// <summary>Why the agent stopped before the end: no-answer, card-removed, card-reset, transport, agent-restarted, timeout.</summary>
/// <param name="Kind">no-answer, card-removed, card-reset, transport, agent-restarted or timeout.</param>
/// <param name="CommandIndex">The index of the command at which the agent stopped, from 0.</param>
public sealed record CardFailure(string Kind, int CommandIndex);

/// <summary>What came back for the commands of one round: answers in order, as far as they were run.</summary>
public sealed record CardReport(IReadOnlyList<CardAnswer> Answers, CardFailure? Failure = null)
{
    /// <summary>The report of a card operation that nobody came back for (ticket or waiting time over).</summary>
    public static CardReport TimedOut { get; } = new([], new("timeout", 0));

    private const int LongestAnswer = 256;

    internal CardAnswer? Answer(int index) => index < Answers.Count && index != Failure?.CommandIndex ? Answers[index] : null;

    /// <summary>The answer's bytes, when the command was done and gave at least so many; else null. What is not hex is no answer.</summary>
    internal byte[]? Data(int index, int atLeast = 0)
    {
        if (Answer(index) is not { Done: true } answer || answer.Data.Length > 2 * LongestAnswer)
        {
            return null;
        }

        var bytes = new byte[answer.Data.Length / 2];
        var isHex = Convert.FromHexString(answer.Data, bytes, out _, out var written) == OperationStatus.Done;
        return isHex && written >= atLeast ? bytes : null;
    }

    /// <summary>The status word of the last answer, which stopped the round; null when something else stopped it.</summary>
    internal string? StoppedBy => Failure is null && Answers.Count > 0 && !Answers[^1].Done ? Answers[^1].StatusWord : null;
}

/// <summary>How a card operation ended.</summary>
public enum CardOutcomeState
{
    /// <summary>Done on the chip, proved, and booked.</summary>
    Confirmed,

    /// <summary>The chip refused the commit, and a re-read shows that it changed nothing. Nothing is booked.</summary>
    Rejected,

    /// <summary>Nobody knows whether the chip did it; the hold stays until the card is read again (FC-35).</summary>
    Unknown,

    /// <summary>What the chip shows fits neither "done" nor "not done"; a person decides.</summary>
    Exception,

    /// <summary>The chip did not do it. Nothing is booked.</summary>
    NotDone,
}

/// <summary>The end of a script. <c>Code</c> is stable and names the reason; <c>Message</c> says it in English.</summary>
public sealed record CardOutcome(CardOutcomeState State, string Code, string Message, CardFacts? Facts = null);

/// <summary>What a card operation needs from outside, besides its state. Keys are never part of a state.</summary>
/// <param name="Keys">The issuer's keys, by the profile of the card's issuer.</param>
/// <param name="LocalTime">Local time of the branch, as it goes onto the card.</param>
/// <param name="Challenge">8 fresh random bytes, hex, for internal authentication.</param>
/// <param name="Pin">The holder's PIN where the customer has changed it; null takes the one the card was issued with.</param>
public sealed record ScriptContext(CardKeys Keys, DateTime LocalTime, string Challenge, string? Pin = null);
