using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Platform.Ledger;

/// <summary>The types of transaction that the modules declare. The start is refused where two share a name.</summary>
public sealed partial class TransactionTypes
{
    private readonly FrozenDictionary<string, TransactionType> _byName;

    /// <summary>Collects what the modules declare.</summary>
    public TransactionTypes(IEnumerable<TransactionType> declared)
    {
        ArgumentNullException.ThrowIfNull(declared);
        All = [.. declared];
        if (All.FirstOrDefault(t => !Names().IsMatch(t.Name)) is { } misnamed)
        {
            throw new StartRefusedException(
                $"The transaction type {misnamed} needs a name in kebab-case of at most 30 characters.",
                $"交易类型 {misnamed} 的名称必须为 kebab-case 形式，且不超过 30 个字符。"
            );
        }

        if (All.Twice(t => t.Name) is { } twice)
        {
            throw new StartRefusedException(
                $"Two transaction types have the name {twice.Key}; rename one of them.",
                $"有两个交易类型同名 {twice.Key}，请更换其一。"
            );
        }

        _byName = All.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>All types, in the modules' order.</summary>
    public IReadOnlyList<TransactionType> All { get; }

    /// <summary>The type with this name; null where nobody declares it.</summary>
    public TransactionType? Named(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What a transaction's type is called in Chinese; its name where nobody declares it.</summary>
    public string Zh(string name) => Named(name)?.Zh ?? name;

    /// <summary>Throws when a booking's head is of a type that no module declares: that is a bug, and nothing is booked.</summary>
    internal void MustDeclare(string name)
    {
        if (Named(name) is null)
        {
            throw new InvalidOperationException($"No module declares the transaction type {name}, so none is booked.");
        }
    }

    [GeneratedRegex("^(?=.{1,30}$)[a-z]+(-[a-z]+)*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
