namespace Platform.Cards.Scripts;

/// <summary>
/// What goes onto a blank card: the application serial number (20 hex digits) and the files as hex: EF15 of the money and of the points
/// application, EF16, EF1C.
/// </summary>
public sealed record IssueOrder(string Serial, string MoneyFile, string PointsFile, string HolderFile, string RestrictionFile)
{
    internal string PublicFile(CardApplication application) => application == CardApplication.Money ? MoneyFile : PointsFile;
}

/// <summary>How far the issuing of a card has come.</summary>
public enum IssuePhase
{
    Identify,

    /// <summary>Waits for the reservation to be booked.</summary>
    Reserve,

    /// <summary>Keys, PIN and files, item by item; the card stays blank.</summary>
    Personalise,

    /// <summary>The commit was handed out: EF15 of the money application makes the card an issued one.</summary>
    Commit,

    /// <summary>Waits for "written" to be booked.</summary>
    Write,

    ReadBack,

    /// <summary>The chip refused the commit; it is read again.</summary>
    Recheck,
    Confirm,
    Release,
    Over,
}

/// <summary>
/// The state of <see cref="IssueScript"/>. <c>Item</c> counts along <see cref="IssuePlan"/>; <c>Transport</c> says whether the current application
/// still takes the transport key (a card torn in an earlier attempt may not); <c>Challenge</c> is ours, for the authentication at the end.
/// </summary>
public sealed record IssueState(
    IssueOrder Order,
    IssuePhase Phase,
    string? ChipSerial = null,
    int Item = 0,
    bool Transport = true,
    string? Challenge = null,
    CardOutcome? Refusal = null
) : ScriptState;

/// <summary>One step of writing a blank card.</summary>
internal abstract record IssueItem(CardApplication Application)
{
    internal sealed record Enter(CardApplication Application) : IssueItem(Application);

    internal sealed record Authenticate(CardApplication Application) : IssueItem(Application);

    internal sealed record Key(CardApplication Application, KeyProfile Slot) : IssueItem(Application);

    internal sealed record Pin(CardApplication Application) : IssueItem(Application);

    internal sealed record File(CardApplication Application, byte ShortFileId, string Content) : IssueItem(Application);
}

/// <summary>
/// The order of writing. The money application's EF15 is the commit and comes last of all, so a card torn before it is still blank; the control
/// key comes last of an application's keys and is diversified by the chip's own serial number, so a torn card can be issued again under any
/// card number.
/// </summary>
internal static class IssuePlan
{
    internal static List<IssueItem> Of(IssueOrder order, IssuerProfile profile)
    {
        List<IssueItem> items = [];
        foreach (var application in new[] { profile.Money, profile.Points })
        {
            var kind = application.Kind;
            items.Add(new IssueItem.Enter(kind));
            items.Add(new IssueItem.Authenticate(kind));
            items.AddRange(application.Keys.OrderBy(k => k.Usage == KeyUsage.Control).Select(slot => new IssueItem.Key(kind, slot)));
            items.Add(new IssueItem.Pin(kind));
            items.Add(new IssueItem.File(kind, application.HolderFile, order.HolderFile));
            items.Add(new IssueItem.File(kind, application.RestrictionFile, order.RestrictionFile));
        }

        items.Add(new IssueItem.File(CardApplication.Points, profile.Points.PublicFile, order.PointsFile));
        items.Add(new IssueItem.Enter(CardApplication.Money));
        return items;
    }
}
