using Microsoft.Extensions.DependencyInjection;

namespace Platform.Requests;

/// <summary>Finds what two modules declare under one number or name, which refuses the start.</summary>
public static class Declared
{
    /// <summary>The first key that several of them share, with those that share it; null where each has its own.</summary>
    public static IGrouping<TKey, T>? Twice<T, TKey>(this IEnumerable<T> declared, Func<T, TKey> key) =>
        declared.GroupBy(key).FirstOrDefault(g => g.Skip(1).Any());

    /// <summary>Was one registered before of which this is true?</summary>
    public static bool Holds<T>(this IServiceCollection services, Func<T, bool> which) =>
        services.Any(s => s.ImplementationInstance is T known && which(known));
}
