using Platform.Parameters;

namespace Platform.Requests;

/// <summary>Where a word counts.</summary>
public enum ApiPlace
{
    /// <summary>In addresses, headers and bodies.</summary>
    Anywhere,

    /// <summary>In addresses and headers, where the name means something else than in bodies.</summary>
    Parameter,

    /// <summary>In paths, where the name means something else than in queries.</summary>
    Path,
}

/// <summary>
/// What the description of the API says of a name, declared by the module that brings it: what a parameter of that name means, and an example for the
/// parameters and fields that have none of their own. A name means the same wherever it stands, so that it is declared once.
/// </summary>
/// <param name="Name">As it stands in JSON and addresses.</param>
/// <param name="Place">Where it counts. The narrowest place wins.</param>
public sealed record ApiWord(string Name, ApiPlace Place = ApiPlace.Anywhere)
{
    /// <summary>What a parameter of that name means.</summary>
    public string? Meaning { get; init; }

    /// <summary>An example where it is a text.</summary>
    public string? Text { get; init; }

    /// <summary>An example where it is a number.</summary>
    public long? Number { get; init; }

    /// <summary>Is the example <c>true</c>, where it is a truth value?</summary>
    public bool True { get; init; }
}
