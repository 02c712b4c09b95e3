using Platform.Requests;

namespace Platform.Parameters;

/// <summary>The unit of a parameter.</summary>
public enum ParameterUnit
{
    /// <summary>An amount of money, 分.</summary>
    Fen,

    /// <summary>天.</summary>
    Days,

    /// <summary>年.</summary>
    Years,

    /// <summary>A count.</summary>
    Count,

    /// <summary>0 is no, 1 is yes.</summary>
    Switch,
}

/// <summary>
/// A system parameter (FC-42), declared by the module that reads it: what it is called and counts, its value until somebody sets another, and its
/// limits.
/// </summary>
public sealed record Parameter(string Name, ParameterUnit Unit, long Default, long Min, long Max, string En, string Zh)
{
    /// <summary>Money is at stake: a change needs a second operator.</summary>
    public bool NeedsApproval => Unit == ParameterUnit.Fen;
}
