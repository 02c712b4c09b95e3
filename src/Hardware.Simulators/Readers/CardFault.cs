namespace Hardware.Simulators.Readers;

/// <summary>A fault at the card, as a hand or a bad contact would cause.</summary>
public enum CardFaultKind
{
    /// <summary>The card is pulled before it has done the command.</summary>
    TearBefore,

    /// <summary>The card is pulled after it has done the command and before it answers.</summary>
    TearAfter,

    /// <summary>The card hangs before it has done the command, until it is removed.</summary>
    SilentBefore,

    /// <summary>The card does the command and hangs before it answers, until it is removed.</summary>
    SilentAfter,
}

/// <summary>A fault that happens once, at the n-th command from when it was arranged. Not safe for several threads.</summary>
public sealed class ArrangedFault
{
    private CardFaultKind kind;
    private int commandsLeft;

    /// <summary>Lets something go wrong at the n-th command from now, 1 the next; 0 takes it back.</summary>
    public void Arrange(CardFaultKind fault, int atCommand) => (kind, commandsLeft) = (fault, atCommand);

    /// <summary>Counts a command; what goes wrong at it, or null.</summary>
    public CardFaultKind? Next() => commandsLeft > 0 && --commandsLeft == 0 ? kind : null;
}
