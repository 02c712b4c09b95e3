using Microsoft.Extensions.Hosting;

namespace Platform.Settings;

/// <summary>
/// The environments that mean something. Whatever is for demonstration (keys, operators) runs in those for trying things and nowhere else: a
/// misspelt <c>Production</c> must not be a demonstration (PL-08.4).
/// </summary>
public static class KnownEnvironments
{
    public const string Testing = "Testing";
    public const string Sandbox = "Sandbox";

    private static readonly string[] s_forTrying = [Environments.Development, Testing, Sandbox];
    private static readonly string[] s_real = [Environments.Production, Environments.Staging];

    public static bool IsForTrying(string name) => s_forTrying.Contains(name, StringComparer.OrdinalIgnoreCase);

    public static bool IsKnown(string name) => IsForTrying(name) || s_real.Contains(name, StringComparer.OrdinalIgnoreCase);
}
