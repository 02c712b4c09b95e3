namespace Platform;

/// <summary>The process does not start: a setting is missing or wrong (PL-08.4). One sentence in each language says what to do.</summary>
public sealed class StartRefusedException(string en, string? zh = null) : Exception(en)
{
    /// <summary>The same in Chinese.</summary>
    public string? Zh => zh;
}
