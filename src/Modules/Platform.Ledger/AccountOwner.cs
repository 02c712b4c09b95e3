namespace Platform.Ledger;

/// <summary>What kind of thing accounts belong to: a customer, a card, a branch. Ids of two kinds may be the same number.</summary>
/// <param name="Name">One English word, as descriptions say it.</param>
public sealed record AccountOwner(string Name);
