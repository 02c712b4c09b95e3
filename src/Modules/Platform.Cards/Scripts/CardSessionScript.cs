namespace Platform.Cards.Scripts;

/// <summary>The state of <see cref="CardSessionScript"/>: our challenge, 8 bytes hex; and what the chip is, once it has answered.</summary>
public sealed record CardSessionState(string Challenge, CardFacts? Facts = null) : ScriptState;

/// <summary>
/// "Card present": the chip answers our challenge under its own diversified key, which a typed card number or a copy of its files cannot.
/// Ends confirmed with the card's facts, or not done. It moves no money; that the card was there is booked, so that other operations can lean on it.
/// </summary>
public sealed class CardSessionScript() : CardScript<CardSessionState>("session")
{
    /// <summary>The only round.</summary>
    public static ScriptStep Start(ScriptContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var profile = context.Keys.Profile;
        return new ScriptStep.Send(
            new CardSessionState(context.Challenge),
            [
                new(CardApdus.SelectMaster(profile)),
                new(CardApdus.Read(profile.ChipSerialFile, IssueCommands.ChipSerialLength)),
                new(CardApdus.Select(profile.Money)),
                new(CardApdus.ReadPublic(profile.Money)),
                new(CardApdus.GetBalance(profile.Money)),
                new(CardApdus.InternalAuthenticate(profile.Money, context.Challenge)),
            ]
        );
    }

    protected internal override ScriptStep Next(CardSessionState state, ScriptContext context, CardReport report)
    {
        var chipSerial = report.Data(1, IssueCommands.ChipSerialLength);
        if (chipSerial is null || report.Data(3, PublicFile.Size) is not { } file || report.Data(5, atLeast: 8) is not { } answer)
        {
            return new ScriptStep.Finish(state, CardRefusals.Stopped(report));
        }

        var read = PublicFile.Decode(file)!;
        if (PublicFile.IsBlank(file))
        {
            return new ScriptStep.Finish(state, CardRefusals.NotDone("card-not-issued", "The card is blank."));
        }

        if (!IssueCommands.Proves(CardApplication.Money, read.ApplicationSerial, state.Challenge, context, answer))
        {
            return new ScriptStep.Finish(state, CardRefusals.NotDone("card-not-genuine", "The card could not prove its key."));
        }

        var facts = new CardFacts(CardKind.Issued)
        {
            ChipSerial = Convert.ToHexString(chipSerial),
            Public = read,
            Balance = ReadCardScript.Amount(report.Data(4, atLeast: 4)),
        };
        return new ScriptStep.Book(state with { Facts = facts }, new Present(facts));
    }

    protected internal override ScriptStep Resume(CardSessionState state, ScriptContext context) =>
        new ScriptStep.Finish(state, CardRefusals.Confirmed("card-present", "The card is present.") with { Facts = state.Facts });

    /// <summary>This chip has proved its key just now; nothing is written on it.</summary>
    public sealed record Present(CardFacts Facts) : BookingPoint;
}
