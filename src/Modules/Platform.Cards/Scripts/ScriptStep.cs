namespace Platform.Cards.Scripts;

/// <summary>What a script wants next. The engine stores <c>State</c> in the same transaction as what it does about the step.</summary>
public abstract record ScriptStep
{
    private ScriptStep() { }

    /// <summary>Send these commands to the card; their answers go to <see cref="CardScripts.Next"/>.</summary>
    public sealed record Send(ScriptState State, IReadOnlyList<CardCommand> Commands) : ScriptStep;

    /// <summary>
    /// Book now, in one transaction with the new state, then call <see cref="CardScripts.Resume"/>. When the booking is refused the operation is
    /// over: the script never asks to book after a commit but for what the chip has already done.
    /// </summary>
    public sealed record Book(ScriptState State, BookingPoint Point) : ScriptStep;

    /// <summary>The operation is over.</summary>
    public sealed record Finish(ScriptState State, CardOutcome Outcome) : ScriptStep;
}

/// <summary>
/// What can be said for sure at the moment of a booking. Every script ends with one of the two here; what it books on the way is a point of its own.
/// </summary>
public abstract record BookingPoint
{
    /// <summary>Is the chip's part over? Then the books cannot refuse it any more.</summary>
    public virtual bool IsOver => false;

    /// <summary>The chip's own serial number, hex, where this point has learned it.</summary>
    public virtual string? Chip => null;

    /// <summary>
    /// The chip has done it, and <c>By</c> says how that is known. <c>AfterRelease</c>: the hold was given back before the chip showed it, so the
    /// money is taken anew.
    /// </summary>
    public abstract record Confirmed(ConfirmedBy By, bool AfterRelease) : BookingPoint
    {
        public override bool IsOver => true;
    }

    /// <summary>Confirmed, with nothing more to say than how that is known.</summary>
    public sealed record Done(ConfirmedBy By, bool AfterRelease = false) : Confirmed(By, AfterRelease);

    /// <summary>The chip has not done it and never will; give the hold or the reservation back.</summary>
    public sealed record Released(string Code) : BookingPoint
    {
        public override bool IsOver => true;
    }
}

/// <summary>How the end of a card operation became known.</summary>
public enum ConfirmedBy
{
    /// <summary>The chip's answer to the commit carried a right TAC or MAC3.</summary>
    Answer,

    /// <summary>GET TRANSACTION PROVE gave it later.</summary>
    Proof,

    /// <summary>Only the chip's log shows it; there is no TAC.</summary>
    Log,

    /// <summary>What was written was read back.</summary>
    ReadBack,

    /// <summary>The card is away: a person settled it by what it did later shows (FC-35.3).</summary>
    Settlement,
}

/// <summary>A script's memory between rounds. Stored as JSON with the script's name in <c>kind</c>; holds no key and no PIN.</summary>
public abstract record ScriptState;
