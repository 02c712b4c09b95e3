using System.Globalization;

namespace Demo;

/// <summary>What the demo was asked for.</summary>
/// <param name="Serve">Leave API and agent running after the counter day.</param>
/// <param name="Port">The API's port, the agent's is the next; null takes free ones.</param>
/// <param name="Keep">Leave the folder with database, logs and documents.</param>
/// <param name="Pcsc">By the machine's PC/SC service, which eng/demo.sh has started, instead of the agent's own virtual reader.</param>
internal sealed record Options(bool Serve, int? Port, bool Keep, bool Pcsc)
{
    /// <summary>Null when something is not understood.</summary>
    public static Options? Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options(false, null, false, false);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--serve":
                    options = options with { Serve = true };
                    break;
                case "--keep":
                    options = options with { Keep = true };
                    break;
                case "--pcsc":
                    options = options with { Pcsc = true };
                    break;
                case "--port"
                    when i + 1 < arguments.Count
                        && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                        && port is >= 1 and < ushort.MaxValue:
                    options = options with { Port = port };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
