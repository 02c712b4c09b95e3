using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Ledger;

/// <summary>What an owner is called: a branch's code, a card's number.</summary>
public sealed record OwnerName(long Id, string Name);

/// <summary>How owners of one kind are called, brought by the module that keeps them.</summary>
/// <param name="Kind">What kind of owner.</param>
/// <param name="Rows">Reads the names of those with these ids; null where the id itself says the name.</param>
/// <param name="Text">The name of one whose row is not there, or that has none.</param>
public sealed record OwnerNaming(AccountOwner Kind, Func<AppDb, long[], IQueryable<OwnerName>>? Rows, Func<long, string> Text);

/// <summary>Finds what owners are called, whichever module keeps them.</summary>
public sealed class OwnerNames(IEnumerable<OwnerNaming> namings)
{
    private readonly Dictionary<AccountOwner, OwnerNaming> _namings = namings.ToDictionary(n => n.Kind);

    /// <summary>Reads the names of these owners, one query for each kind of them. An id means something else in each kind.</summary>
    public async Task<NamedOwners> Find(AppDb db, IEnumerable<(AccountOwner Kind, long? Id)> owners, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(owners);
        var names = new Dictionary<(AccountOwner Kind, long Id), string>();
        foreach (var kind in owners.Where(o => o.Id is not null).GroupBy(o => o.Kind, o => o.Id!.Value))
        {
            var ids = kind.Distinct().ToArray();
            if (_namings.GetValueOrDefault(kind.Key)?.Rows is { } rows)
            {
                (await rows(db, ids).ToListAsync(ct)).ForEach(n => names[(kind.Key, n.Id)] = n.Name);
            }
        }

        return new NamedOwners(names, _namings);
    }
}

/// <summary>Owners with what they are called.</summary>
public sealed class NamedOwners
{
    private readonly Dictionary<(AccountOwner Kind, long Id), string> _names;
    private readonly Dictionary<AccountOwner, OwnerNaming> _namings;

    internal NamedOwners(Dictionary<(AccountOwner Kind, long Id), string> names, Dictionary<AccountOwner, OwnerNaming> namings) =>
        (_names, _namings) = (names, namings);

    /// <summary>The name; the id as a text where nobody names owners of that kind.</summary>
    public string Of(AccountOwner kind, long id) =>
        _names.TryGetValue((kind, id), out var name) ? name : _namings.GetValueOrDefault(kind)?.Text(id) ?? IdText.Of(id);
}

/// <summary>Brings the names of a module's owners.</summary>
public static class OwnerNamesRegistration
{
    /// <summary>Owners that are rows.</summary>
    public static IServiceCollection AddOwnerNames(
        this IServiceCollection services,
        AccountOwner kind,
        Func<AppDb, long[], IQueryable<OwnerName>> rows
    ) => services.Add(new OwnerNaming(kind, rows, IdText.Of));

    /// <summary>Owners whose id says their name.</summary>
    public static IServiceCollection AddOwnerNames(this IServiceCollection services, AccountOwner kind, Func<long, string> text) =>
        services.Add(new OwnerNaming(kind, null, text));

    private static IServiceCollection Add(this IServiceCollection services, OwnerNaming naming) =>
        services.Holds<OwnerNaming>(n => n.Kind == naming.Kind)
            ? throw new StartRefusedException(
                $"Two modules name owners of the kind {naming.Kind.Name}; leave it to one.",
                $"有两个模块为 {naming.Kind.Name} 类账户所有者命名，请只由一个模块命名。"
            )
            : services.AddSingleton(naming);
}
