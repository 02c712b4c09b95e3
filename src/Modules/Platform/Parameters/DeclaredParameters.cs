using Platform.Requests;

namespace Platform.Parameters;

/// <summary>Every parameter that a module declares, in the order of the modules. A value that is set for any other name is not read.</summary>
public sealed class DeclaredParameters
{
    private readonly Dictionary<string, Parameter> _byName;

    /// <summary>Refuses the start when two parameters have one name: a value that is set would hold for both.</summary>
    public DeclaredParameters(IEnumerable<Parameter> parameters)
    {
        All = [.. parameters];
        if (All.Twice(p => p.Name) is { } twice)
        {
            throw new StartRefusedException(
                $"The parameter {twice.Key} is declared twice; give one of the two another name.",
                $"参数 {twice.Key} 被重复声明，请为其中一个改名。"
            );
        }

        _byName = All.ToDictionary(p => p.Name, StringComparer.Ordinal);
    }

    /// <summary>In the order of the modules, and within a module in its own order.</summary>
    public IReadOnlyList<Parameter> All { get; }

    /// <summary>Null for a name that nobody declares.</summary>
    public Parameter? Find(string name) => _byName.GetValueOrDefault(name);
}
