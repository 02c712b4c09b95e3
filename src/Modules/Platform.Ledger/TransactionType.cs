namespace Platform.Ledger;

/// <summary>
/// A type of transaction, declared by the module that books it (<see cref="ILedgerModule.TransactionTypes"/>). Its name is what the database and
/// the API keep.
/// </summary>
/// <param name="name">The stable name, kebab-case, at most 30 characters.</param>
/// <param name="en">What it is called, in English.</param>
/// <param name="zh">What it is called, in Chinese: papers and exports print it.</param>
/// <param name="papers">The names of the documents that a transaction of this type may have.</param>
public sealed class TransactionType(string name, string en, string zh, params IReadOnlyList<string> papers)
{
    /// <summary>The stable name.</summary>
    public string Name { get; } = name;

    /// <summary>What it is called, in English.</summary>
    public string En { get; } = en;

    /// <summary>What it is called, in Chinese.</summary>
    public string Zh { get; } = zh;

    /// <summary>The names of its documents.</summary>
    public IReadOnlyList<string> Papers { get; } = papers;

    /// <summary>May it be voided or reversed (PL-03.5)?</summary>
    public bool IsCorrectable { get; init; }

    /// <summary>Does it book what a chip did, so that it may move the accounts that mirror one?</summary>
    public bool MovesChip { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
