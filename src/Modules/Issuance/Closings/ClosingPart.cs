using Microsoft.Extensions.DependencyInjection;

namespace Issuance.Closings;

/// <summary>Something that keeps a customer from being closed (FC-25.2, FC-25.8).</summary>
/// <param name="Code">A stable code.</param>
/// <param name="En">What it is, in English.</param>
/// <param name="Zh">The same in Chinese.</param>
/// <param name="Method">The method of the call that removes it; <c>WAIT</c> where only time does, and the path shows it.</param>
/// <param name="Path">The path of that call.</param>
/// <param name="CardNumber">The card it is about; null for others.</param>
public sealed record ClosingObstacle(string Code, string En, string Zh, string Method, string Path, string? CardNumber = null)
{
    public const string Wait = "WAIT";
}

/// <summary>What a module has to do with the closing of a customer: what stands against it, and what ends with it.</summary>
public interface IClosingPart
{
    /// <summary>At most 100 of what the module knows.</summary>
    Task<IReadOnlyList<ClosingObstacle>> Obstacles(AppDb db, Customer customer, CancellationToken ct);

    /// <summary>Adds rows to the booking that closes the customer, where something of the module ends with it.</summary>
    Task Add(Booking booking, AppDb db, Customer customer, CancellationToken ct) => Task.CompletedTask;
}

/// <summary>Brings a module's part of closings.</summary>
public static class ClosingPartRegistration
{
    public static IServiceCollection AddClosingPart<T>(this IServiceCollection services)
        where T : class, IClosingPart => services.AddSingleton<IClosingPart, T>();
}
