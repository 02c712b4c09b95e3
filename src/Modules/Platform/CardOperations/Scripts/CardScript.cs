using System.Text.Json;
using System.Text.Json.Serialization;

namespace Platform.CardOperations.Scripts;

/// <summary>
/// Every card script by its state. Scripts are pure: the same state, context and report give the same step, so a lost reply is answered by
/// running the round again. Each operation begins with the <c>Start</c> of its script.
/// </summary>
public static class CardScript
{
    private static readonly JsonSerializerOptions Format = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The step after a round's answers.</summary>
    public static ScriptStep Next(ScriptState state, ScriptContext context, CardReport report) =>
        state switch
        {
            PurseState purse => PurseScript.Next(purse, context, report),
            PurseRecoveryState recovery => PurseRecovery.Next(recovery, context, report),
            IssueState issue => IssueScript.Next(issue, context, report),
            IssueRecoveryState recovery => IssueRecovery.Next(recovery, context, report),
            RestrictState restrict => RestrictScript.Next(restrict, context, report),
            GreyUnlockState grey => GreyUnlockScript.Next(grey, context, report),
            ReadCardState read => ReadCardScript.Next(read, context, report),
            CardSessionState session => CardSessionScript.Next(session, context, report),
            _ => throw new ArgumentException($"No script has the state {state.GetType().Name}.", nameof(state)),
        };

    /// <summary>The step after a <see cref="ScriptStep.Book"/> was booked.</summary>
    public static ScriptStep Resume(ScriptState state, ScriptContext context) =>
        state switch
        {
            PurseState purse => PurseScript.Resume(purse, context),
            PurseRecoveryState recovery => PurseRecovery.Resume(recovery),
            IssueState issue => IssueScript.Resume(issue, context),
            IssueRecoveryState recovery => IssueRecovery.Resume(recovery),
            RestrictState restrict => RestrictScript.Resume(restrict),
            GreyUnlockState grey => GreyUnlockScript.Resume(grey, context),
            CardSessionState session => CardSessionScript.Resume(session),
            _ => throw new ArgumentException($"The state {state.GetType().Name} waits for no booking.", nameof(state)),
        };

    /// <summary>The state as it stands in the operation's row.</summary>
    public static string Store(ScriptState state) => JsonSerializer.Serialize(state, Format);

    /// <summary>Reads what <see cref="Store"/> wrote.</summary>
    public static ScriptState Restore(string stored) =>
        JsonSerializer.Deserialize<ScriptState>(stored, Format) ?? throw new InvalidDataException("The card operation has no state.");
}
