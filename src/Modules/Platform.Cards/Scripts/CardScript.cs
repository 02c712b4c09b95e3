using Platform.Cards.Operations;

namespace Platform.Cards.Scripts;

/// <summary>
/// A card script: what to say to a card, step by step. Scripts are pure: the same state, context and report give the same step, so a lost reply is
/// answered by running the round again. A module registers its scripts (<see cref="CardScriptRegistration.AddCardScript"/>); each operation begins
/// with the <c>Start</c> of its script. Derive from <see cref="CardScript{TState}"/>.
/// </summary>
public abstract class CardScript
{
    private protected CardScript(string name, Type state) => (Name, State) = (name, state);

    /// <summary>Stands in the operation's row beside the state, so it never changes.</summary>
    public string Name { get; }

    /// <summary>The type of its state, by which the script is found.</summary>
    public Type State { get; }

    internal abstract ScriptStep AnyNext(ScriptState state, ScriptContext context, CardReport report);

    internal abstract ScriptStep AnyResume(ScriptState state, ScriptContext context);

    internal abstract ScriptStep AnyRecover(ScriptState unfinished, ScriptContext context);

    internal abstract ChipAttempt? AnyAttempt(ScriptState state);

    internal abstract BookingPoint.Confirmed AnySettled(ScriptState state, bool afterRelease);
}

/// <summary>A card script with its state.</summary>
/// <param name="name">The script's stable name; in lower case with hyphens.</param>
public abstract class CardScript<TState>(string name) : CardScript(name, typeof(TState))
    where TState : ScriptState
{
    /// <summary>The step after a round's answers.</summary>
    protected internal abstract ScriptStep Next(TState state, ScriptContext context, CardReport report);

    /// <summary>The step after a <see cref="ScriptStep.Book"/> was booked.</summary>
    protected internal virtual ScriptStep Resume(TState state, ScriptContext context) =>
        throw new InvalidOperationException($"The script {Name} waits for no booking.");

    /// <summary>
    /// The first step of settling an operation that was left in this state, when its card is in a reader again. It writes nothing to the card but
    /// what may be written twice.
    /// </summary>
    protected internal virtual ScriptStep Recover(TState unfinished, ScriptContext context) =>
        throw new InvalidOperationException($"The script {Name} leaves nothing to settle.");

    /// <summary>What was tried on a purse, as far as it has come to that.</summary>
    protected internal virtual ChipAttempt? Attempt(TState state) => null;

    /// <summary>What is booked when a person settles the operation as done while its card is away.</summary>
    protected internal virtual BookingPoint.Confirmed Settled(TState state, bool afterRelease) =>
        new BookingPoint.Done(ConfirmedBy.Settlement, afterRelease);

    internal sealed override ScriptStep AnyNext(ScriptState state, ScriptContext context, CardReport report) =>
        Next((TState)state, context, report);

    internal sealed override ScriptStep AnyResume(ScriptState state, ScriptContext context) => Resume((TState)state, context);

    internal sealed override ScriptStep AnyRecover(ScriptState unfinished, ScriptContext context) => Recover((TState)unfinished, context);

    internal sealed override ChipAttempt? AnyAttempt(ScriptState state) => Attempt((TState)state);

    internal sealed override BookingPoint.Confirmed AnySettled(ScriptState state, bool afterRelease) =>
        Settled((TState)state, afterRelease);
}
