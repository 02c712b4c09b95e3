namespace Platform.Settings;

/// <summary>
/// A setting that the API reads, declared once: the start holds its value against its form (PL-08.4), <c>--help</c> prints it, and a test holds the
/// documentation and the code against the declaration.
/// </summary>
/// <param name="Name">As it stands in a settings file: <c>Books:Writers</c>; in the environment with two underscores for the colon.</param>
/// <param name="Default">What holds when it is not set; in words where it is no value.</param>
/// <param name="Form">What a value looks like.</param>
public sealed record Setting(string Name, string Default, SettingForm Form, string En, string Zh)
{
    /// <summary>Nothing starts without it: the default stands in the appsettings.json that comes with the program.</summary>
    public bool Required { get; init; }

    /// <summary>The name in the environment.</summary>
    public string Variable => Name.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>The part before the colon; null for a name without one, which is not ours alone.</summary>
    public string? Section => Name.Contains(':', StringComparison.Ordinal) ? Name[..Name.IndexOf(':', StringComparison.Ordinal)] : null;
}
