using System.Globalization;

namespace Demo;

/// <summary>What the demo was asked for.</summary>
/// <param name="Serve">Leave API and agent running after the counter day.</param>
/// <param name="Port">The API's port, the agent's is the next; null takes free ones.</param>
/// <param name="Keep">Leave the folder with database, logs and documents.</param>
/// <param name="Pcsc">By the machine's PC/SC service, which eng/demo.sh has started, instead of the agent's own virtual reader.</param>
/// <param name="Loads">For eng/bench.sh: no counter day, but so many loads, whose times are the last line as JSON.</param>
/// <param name="Sales">As loads: so many sales to a meter card.</param>
/// <param name="Provider">The database's provider; SQLite in a temporary folder where none is named.</param>
/// <param name="Connection">An empty database of that provider.</param>
/// <param name="Api">For eng/bench.sh: an API that runs already, with the demonstration's people.</param>
internal sealed record Options(
    bool Serve,
    int? Port,
    bool Keep,
    bool Pcsc,
    int? Loads = null,
    Uri? Api = null,
    string? Provider = null,
    string? Connection = null,
    int? Sales = null
)
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
                case "--loads"
                    when i + 1 < arguments.Count
                        && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var loads):
                    options = options with { Loads = loads };
                    i++;
                    break;
                case "--sales"
                    when i + 1 < arguments.Count
                        && int.TryParse(arguments[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var sales):
                    options = options with { Sales = sales };
                    i++;
                    break;
                case "--api" when i + 1 < arguments.Count && Uri.TryCreate(arguments[i + 1], UriKind.Absolute, out var api):
                    options = options with { Api = api };
                    i++;
                    break;
                case "--provider" when i + 1 < arguments.Count && arguments[i + 1] is "Sqlite" or "PostgreSql" or "SqlServer":
                    options = options with { Provider = arguments[++i] };
                    break;
                case "--connection" when i + 1 < arguments.Count:
                    options = options with { Connection = arguments[++i] };
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

        // One without the other is a mistake: the demo would fill a database that nobody meant.
        return (options.Provider is null) == (options.Connection is null) ? options : null;
    }
}
