using System.Text.RegularExpressions;

namespace Platform.Ledger;

/// <summary>The types of account that the modules declare. The start is refused where two share a number or a name.</summary>
public sealed partial class AccountTypes
{
    // By number: the numbers are small, and each line of a booking is held against this.
    private readonly AccountType?[] _byNumber;

    /// <summary>Collects what the modules declare.</summary>
    public AccountTypes(IEnumerable<AccountType> declared)
    {
        ArgumentNullException.ThrowIfNull(declared);
        All = [.. declared.OrderBy(t => t.Number)];
        foreach (var type in All)
        {
            MustBeUsable(type);
        }

        if (All.Twice(t => t.Number) is { } number)
        {
            throw new StartRefusedException(
                $"The account types {string.Join(" and ", number)} have the same number {number.Key}; give one of them another.",
                $"账户类型 {string.Join(" 与 ", number)} 的编号同为 {number.Key}，请更换其一。"
            );
        }

        if (All.Twice(t => t.Name) is { } name)
        {
            throw new StartRefusedException(
                $"Two account types have the name {name.Key}; rename one of them.",
                $"有两个账户类型同名 {name.Key}，请更换其一。"
            );
        }

        _byNumber = new AccountType?[All.Count == 0 ? 0 : All[^1].Number + 1];
        foreach (var type in All)
        {
            _byNumber[type.Number] = type;
        }
    }

    /// <summary>All types, by number.</summary>
    public IReadOnlyList<AccountType> All { get; }

    /// <summary>The type with this number; null where nobody declares it.</summary>
    public AccountType? Numbered(short number) => (uint)number < (uint)_byNumber.Length ? _byNumber[number] : null;

    /// <summary>The type of a row's account. A row of the books has one: only declared types are booked.</summary>
    public AccountType Of(short number) =>
        Numbered(number) ?? throw new InvalidOperationException($"No module declares an account type with the number {number}.");

    /// <summary>The numbers of the types that are so.</summary>
    internal short[] Numbers(Func<AccountType, bool> are) => [.. All.Where(are).Select(t => t.Number)];

    /// <summary>Throws when a booking moves an account of a type that no module declares: that is a bug, and nothing is booked.</summary>
    internal void MustDeclare(AccountType type)
    {
        if (!ReferenceEquals(Numbered(type.Number), type))
        {
            throw new InvalidOperationException($"No module declares the account type {type} ({type.Number}), so nothing is booked to it.");
        }
    }

    private static void MustBeUsable(AccountType type)
    {
        if (type.Number < 1 || !Names().IsMatch(type.Name))
        {
            throw new StartRefusedException(
                $"The account type {type} ({type.Number}) needs a number above zero and a name in camelCase.",
                $"账户类型 {type}（{type.Number}）的编号必须大于零，名称必须为 camelCase 形式。"
            );
        }
    }

    [GeneratedRegex("^[a-z][a-zA-Z]*$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Names();
}
