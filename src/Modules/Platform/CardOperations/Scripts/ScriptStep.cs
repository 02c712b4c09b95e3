using System.Text.Json.Serialization;
using Platform.CardCryptography.Profiles;

namespace Platform.CardOperations.Scripts;

/// <summary>What a script wants next. The engine stores <c>State</c> in the same transaction as what it does about the step.</summary>
public abstract record ScriptStep
{
    private ScriptStep() { }

    /// <summary>Send these commands to the card; their answers go to <see cref="CardScript.Next"/>.</summary>
    public sealed record Send(ScriptState State, IReadOnlyList<CardCommand> Commands) : ScriptStep;

    /// <summary>
    /// Book now, in one transaction with the new state, then call <see cref="CardScript.Resume"/>. When the booking is refused the operation is
    /// over: the script never asks to book after a commit but for what the chip has already done.
    /// </summary>
    public sealed record Book(ScriptState State, BookingPoint Point) : ScriptStep;

    /// <summary>The operation is over.</summary>
    public sealed record Finish(ScriptState State, CardOutcome Outcome) : ScriptStep;
}

/// <summary>What can be said for sure at the moment of a booking.</summary>
public abstract record BookingPoint
{
    private BookingPoint() { }

    /// <summary>Issue: the card is blank; nothing is written on it yet.</summary>
    public sealed record Reserved(string ChipSerial) : BookingPoint;

    /// <summary>Issue: the card has accepted its identity; it is not read back yet.</summary>
    public sealed record Written(string ChipSerial) : BookingPoint;

    /// <summary>Recharge: whatever the chip says, the customer has paid; book the payment.</summary>
    public sealed record Received : BookingPoint;

    /// <summary>
    /// Load and unload: MAC1 is verified; take the hold now, before MAC2 leaves the server. Amounts in fen or points.
    /// </summary>
    public sealed record Authorised(PurseOrder Order, PurseAttempt Attempt) : BookingPoint;

    /// <summary>Card session: this chip has proved its key just now; nothing is written on it.</summary>
    public sealed record Present(CardFacts Facts) : BookingPoint;

    /// <summary>
    /// Grey unlock: the card names this fill and MAC1 is verified; hold the fill's record now, so that nobody else books it. Without a
    /// record its amount is 0.
    /// </summary>
    public sealed record Unlocking(GreyFill Fill, bool HasRecord) : BookingPoint;

    /// <summary>
    /// The chip has done it, and <c>By</c> says how that is known. For a purse <c>BalanceAfter</c> and the online <c>Counter</c> (after) are set,
    /// with the application they are of. <c>AfterRelease</c>: the hold was given back before the chip showed it, so the money is taken anew.
    /// </summary>
    public sealed record Confirmed(
        ConfirmedBy By,
        long? BalanceAfter = null,
        int? Counter = null,
        string? Proof = null,
        CardApplication Application = CardApplication.Money,
        bool AfterRelease = false
    ) : BookingPoint;

    /// <summary>The chip has not done it and never will; give the hold or the reservation back.</summary>
    public sealed record Released(string Code) : BookingPoint;
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

    /// <summary>The card is away: a person settled it by what its later consumption shows (FC-35.3).</summary>
    Settlement,
}

/// <summary>A script's memory between rounds. JSON by the stable name in <c>kind</c>; holds no key and no PIN.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PurseState), "purse")]
[JsonDerivedType(typeof(PurseRecoveryState), "purse-recovery")]
[JsonDerivedType(typeof(IssueState), "issue")]
[JsonDerivedType(typeof(IssueRecoveryState), "issue-recovery")]
[JsonDerivedType(typeof(RestrictState), "restrict")]
[JsonDerivedType(typeof(GreyUnlockState), "grey-unlock")]
[JsonDerivedType(typeof(ReadCardState), "read")]
[JsonDerivedType(typeof(CardSessionState), "session")]
public abstract record ScriptState;
