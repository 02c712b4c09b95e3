namespace Platform.CardOperations.Scripts;

/// <summary>
/// Settles an operation whose end is unknown, when its card is in a reader again (FC-35.2). It writes nothing to the card, but for
/// restrictions, which are written again. It ends confirmed, not done (released), exception, or still unknown where the card could
/// not be read or is another one.
/// </summary>
public static class RecoverScript
{
    /// <summary>
    /// The first step for the state in which an operation was left. One whose commit was never handed out is released without its card.
    /// </summary>
    public static ScriptStep Start(ScriptState unfinished, ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return unfinished switch
        {
            PurseState { Phase: < PursePhase.Commit } or IssueState { Phase: < IssuePhase.Commit } => CardScript.Next(
                unfinished,
                context,
                CardReport.TimedOut
            ),
            GreyUnlockState { Phase: < GreyPhase.Commit } => CardScript.Next(unfinished, context, CardReport.TimedOut),
            GreyUnlockState { Attempt: not null } grey => GreyRecovery.Start(grey, context),
            PurseState { Attempt: not null } purse => PurseRecovery.Start(purse.Order, purse.Attempt, context),
            PurseRecoveryState recovery => PurseRecovery.Start(recovery.Order, recovery.Attempt, context),
            IssueState { ChipSerial: not null } issue => IssueRecovery.Start(issue.Order, issue.ChipSerial, context),
            IssueRecoveryState recovery => IssueRecovery.Start(recovery.Order, recovery.ChipSerial, context),
            RestrictState restrict => RestrictScript.Start(restrict.Serial, restrict.File, context, settling: true),
            _ => throw new ArgumentException($"A {unfinished?.GetType().Name} leaves nothing to settle.", nameof(unfinished)),
        };
    }
}
