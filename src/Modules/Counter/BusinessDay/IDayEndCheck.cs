using Microsoft.Extensions.DependencyInjection;
using Platform;
using Platform.Approvals;

namespace Counter.BusinessDay;

/// <summary>
/// Something that can hold a branch's business date open (PL-04.2). The module that knows it brings the check; whoever closes the date asks them all.
/// </summary>
public interface IDayEndCheck
{
    /// <summary>What holds the date open, as the description of the API begins its sentence: <c>Card operations that are not settled</c>.</summary>
    string What { get; }

    /// <summary>The refusal that it answers with: its code, a sentence in both languages, and where to look.</summary>
    Type Refusal { get; }

    /// <summary>What an approver approves who lets the date close although only this check holds it.</summary>
    ApprovalAction CarryOver { get; }

    /// <summary>Looks at a branch while nobody else can book there.</summary>
    Task<DayEndFinding> Find(AppDb db, long branchId, CancellationToken ct);
}

/// <summary>What a check found.</summary>
/// <param name="Fact">What an approver of the day-end must know of it, also when it holds nothing.</param>
/// <param name="Refusal">Why the date stays open; null when it may close.</param>
public sealed record DayEndFinding(ApprovalFact Fact, Refusal? Refusal);

/// <summary>What a module does when a branch closes its business date.</summary>
public interface IDayEndStep
{
    /// <summary>
    /// Adds rows, money and events to the booking that closes the date. It runs while nobody else can book at the branch, and before anything is
    /// written. A refusal ends the day-end, and nothing is booked.
    /// </summary>
    Task<Refusal?> Add(Booking booking, AppDb db, BranchDay day, CancellationToken ct);
}

/// <summary>Brings what a module has to do with the day-end.</summary>
public static class DayEndRegistration
{
    public static IServiceCollection AddDayEndCheck<T>(this IServiceCollection services)
        where T : class, IDayEndCheck => services.AddSingleton<IDayEndCheck, T>();

    public static IServiceCollection AddDayEndStep<T>(this IServiceCollection services)
        where T : class, IDayEndStep => services.AddSingleton<IDayEndStep, T>();

    /// <summary>Says where the module's types of transaction stand on the day-end sheet. A type that has a place already refuses the start.</summary>
    public static IServiceCollection AddDayEndLines(this IServiceCollection services, IReadOnlyList<DayEndLineType> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        foreach (var line in lines)
        {
            if (services.Holds<DayEndLineType>(l => l.Transaction == line.Transaction))
            {
                throw new StartRefusedException(
                    $"The type of transaction {line.Transaction} has two places on the day-end sheet; give it one.",
                    $"业务类型 {line.Transaction} 在日结单上有两处位置，请只保留一处。"
                );
            }

            services.AddSingleton(line);
        }

        return services;
    }
}
