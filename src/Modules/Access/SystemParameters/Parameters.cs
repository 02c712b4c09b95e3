using Microsoft.EntityFrameworkCore;
using Platform.Parameters;

namespace Access.SystemParameters;

/// <summary>
/// The values of parameters as they hold at a branch: its own, else the nearest set above it, else the default (FC-42.1). Read each time, so that a
/// change works at once on every instance.
/// </summary>
public sealed class Parameters(AppDb db, BranchTree tree)
{
    /// <summary>One parameter's value at a branch, in the parameter's unit.</summary>
    public async Task<long> Number(Parameter parameter, long branchId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return (await Numbers([parameter], branchId, ct))[parameter];
    }

    /// <summary>Several parameters' values at a branch, in one round trip.</summary>
    public async Task<IReadOnlyDictionary<Parameter, long>> Numbers(
        IReadOnlyList<Parameter> parameters,
        long branchId,
        CancellationToken ct
    )
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var values = await Values(parameters, branchId, ct);
        return values.ToDictionary(v => v.Parameter, v => v.Value);
    }

    /// <summary>The same, with the branch each value comes from; null where it is the default.</summary>
    internal async Task<IReadOnlyList<EffectiveValue>> Values(IReadOnlyList<Parameter> parameters, long branchId, CancellationToken ct)
    {
        var upToTop = (await tree.Get(branchId, ct)).UpToTop.ToList();
        var names = parameters.Select(p => p.Name).ToList();
        var set = await db.Set<SystemParameter>()
            .Where(p => upToTop.Contains(p.BranchId) && names.Contains(p.Name) && p.Value != null)
            .Select(p => new
            {
                p.Name,
                p.BranchId,
                p.Value,
            })
            .ToListAsync(ct);
        var values = new List<EffectiveValue>(parameters.Count);
        foreach (var parameter in parameters)
        {
            var nearest = set.Where(s => s.Name == parameter.Name).MinBy(s => upToTop.IndexOf(s.BranchId));
            values.Add(new EffectiveValue(parameter, nearest?.Value ?? parameter.Default, nearest?.BranchId));
        }

        return values;
    }

    internal sealed record EffectiveValue(Parameter Parameter, long Value, long? SetAtBranchId);
}
