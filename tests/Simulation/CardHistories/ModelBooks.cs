using Simulation.CardOperations;

namespace Simulation.CardHistories;

/// <summary>The accounts that one card's money moves between, as the flows of loads, unloads and recharges move it. Fen.</summary>
internal sealed class ModelBooks
{
    private readonly Dictionary<string, long> balances = new()
    {
        [Paid] = 0,
        [Quota] = 0,
        [Reserve] = 0,
        [InTransit] = 0,
        [Card] = 0,
        [Consumed] = 0,
    };

    internal const string Paid = "paid";
    internal const string Quota = "quota";
    internal const string Reserve = "reserve";
    internal const string InTransit = "in transit";
    internal const string Card = "card";
    internal const string Consumed = "consumed";

    internal long this[string account] => balances[account];

    /// <summary>What was paid is somewhere.</summary>
    internal bool IsConserved => balances.Values.Sum() == 0;

    /// <summary>Moves; false, and nothing moved, where a guarded account has too little. What customers paid in has no floor.</summary>
    internal bool TryMove(string from, string to, long amount)
    {
        if (from != Paid && balances[from] < amount)
        {
            return false;
        }

        balances[from] -= amount;
        balances[to] += amount;
        return true;
    }

    internal void Move(string from, string to, long amount)
    {
        if (!TryMove(from, to, amount))
        {
            throw new InvalidOperationException($"{amount} from {from} to {to}: only {balances[from]} is there.");
        }
    }

    /// <summary>What the operation's flow books at this point; false when the books refuse it.</summary>
    internal bool Book(ModelOperation operation, BookingPoint point)
    {
        var amount = operation.Amount;
        switch (point)
        {
            case PurseScript.Received:
                Move(Paid, Reserve, amount);
                return true;
            case PurseScript.Authorised shown:
                return shown.Attempt.BalanceBefore <= this[Card]
                    && shown.Attempt.Counter >= operation.KnownCounter
                    && (operation.Kind == ModelKind.Unload || TryMove(Reserve, InTransit, amount));
            case BookingPoint.Confirmed when operation.Kind == ModelKind.Unload:
                Move(Card, Quota, amount);
                return true;
            case BookingPoint.Confirmed done:
                Move(done.AfterRelease ? Reserve : InTransit, Card, amount);
                return true;
            case BookingPoint.Released:
                if (operation.Kind != ModelKind.Unload)
                {
                    Move(InTransit, Reserve, amount);
                }

                return true;
            default:
                throw new InvalidOperationException($"A purse operation does not book {point.GetType().Name}.");
        }
    }

    public override string ToString() => string.Join(", ", balances.Select(b => $"{b.Key} {b.Value}"));
}

internal enum ModelKind
{
    Load,
    Unload,

    /// <summary>Paid when it begins.</summary>
    Recharge,

    /// <summary>Paid with the first that is heard of the card, as a bearer card's first recharge.</summary>
    RechargePaidFirst,
}

/// <summary>A card operation's row, as the engine keeps it.</summary>
internal sealed class ModelOperation(ModelKind kind, long amount, ScriptStep.Send start, int knownCounter)
{
    internal ModelKind Kind => kind;

    internal long Amount => amount;

    /// <summary>The highest online counter that the card has proved.</summary>
    internal int KnownCounter => knownCounter;

    internal string Script { get; set; } = Counter.Scripts.Store(start.State);

    /// <summary>The round that the agent sends next, and the reply to the one before.</summary>
    internal int Round { get; set; } = 1;

    internal ModelReply Reply { get; set; } = new(start.Commands, null);

    /// <summary>How it was settled while its card was away; null when it was not.</summary>
    internal CardOutcomeState? SettledAs { get; set; }
}

/// <summary>What the agent gets: commands, or the end.</summary>
internal sealed record ModelReply(IReadOnlyList<CardCommand> Commands, CardOutcome? End);
