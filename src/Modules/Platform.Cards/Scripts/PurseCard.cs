namespace Platform.Cards.Scripts;

/// <summary>The card with an electronic purse for money and one for points (JR/T 0025): its scripts.</summary>
public static class PurseCard
{
    public static IReadOnlyList<CardScript> Scripts =>
        [
            new PurseScript(),
            new PurseRecovery(),
            new IssueScript(),
            new IssueRecovery(),
            new RestrictScript(),
            new GreyUnlockScript(),
            new ReadCardScript(),
            new CardSessionScript(),
        ];
}
