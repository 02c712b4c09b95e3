using System.Globalization;

namespace Benchmarks;

/// <summary>Which card each request is for.</summary>
internal enum CardChoice
{
    RoundRobin,
    OneHot,

    /// <summary>The card of rank r with a probability that goes by r to the power of -0.99: a few are busy, most are not.</summary>
    Zipf,
}

/// <summary>When requests arrive in an open loop.</summary>
internal enum Arrivals
{
    Fixed,
    Poisson,
}

/// <summary>What the command line says could not be understood.</summary>
internal sealed class WrongUsageException(string message) : Exception(message);

/// <summary>What to send where, how long and how fast; see <see cref="Help"/>.</summary>
internal sealed record LoadOptions(
    Uri Url,
    string Token,
    string[] Cards,
    int Connections,
    double Seconds,
    double? Rate,
    Arrivals Arrivals,
    CardChoice Choice
)
{
    public const string Help = """
        Usage: Benchmarks --url URL --token-file FILE --cards-file FILE [options]

        Sends collections (POST /v1/cards/{cardNumber}/collections) over kept connections, each with an Idempotency-Key of its own (128 random bits),
        from one thread, and prints one line of JSON.

          --connections N         1 to 1000 (32)
          --seconds S             how long it sends, 0.1 to 600 (10); then it waits up to 5 s for the last answers
          --choice CHOICE         round-robin, one-hot or zipf (exponent 0.99) over the cards of the file, one number a line
          --rate R                open loop: R requests a second arrive, whether the earlier ones are answered or not. An arrival that finds
                                  no connection free waits for one; its latency counts from the instant it was due.
                                  Without it a closed loop: every connection sends again as soon as it is answered.
          --arrivals SCHEDULE     of the open loop: poisson (the default) or fixed

        answers: all with 201; perSecond: answers until the time was over, per second; refused: other answers; lost: not answered;
        waited: arrivals that found no connection free. Latencies in milliseconds. cpuMicroseconds: the generator's own, per answer.
        Exit code: 0 sent; 1 something failed; 2 wrong usage.
        """;

    public static LoadOptions Parse(string[] args)
    {
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < args.Length; i += 2)
        {
            given[args[i]] = i + 1 < args.Length ? args[i + 1] : throw new WrongUsageException($"{args[i]} needs a value.");
        }

        var options = new LoadOptions(
            Uri.TryCreate(Take("--url"), UriKind.Absolute, out var url) ? url : throw new WrongUsageException("--url is no address."),
            File.ReadAllText(Take("--token-file")).Trim(),
            [.. File.ReadLines(Take("--cards-file")).Where(l => l.Length > 0).Take(1_000_000)],
            (int)Number("--connections", "32", 1, 1_000),
            Number("--seconds", "10", 0.1, 600),
            given.ContainsKey("--rate") ? Number("--rate", "", 1, 1_000_000) : null,
            Choose("--arrivals", "poisson", ("poisson", Arrivals.Poisson), ("fixed", Arrivals.Fixed)),
            Choose(
                "--choice",
                "round-robin",
                ("round-robin", CardChoice.RoundRobin),
                ("one-hot", CardChoice.OneHot),
                ("zipf", CardChoice.Zipf)
            )
        );
        return given.Count > 0 ? throw new WrongUsageException($"{given.Keys.First()} is no option.")
            : options.Cards.Length == 0 ? throw new WrongUsageException("--cards-file holds no card.")
            : options;

        string Take(string name, string? otherwise = null) =>
            given.Remove(name, out var value) ? value : otherwise ?? throw new WrongUsageException($"{name} is missing.");

        double Number(string name, string otherwise, double least, double most) =>
            double.TryParse(Take(name, otherwise), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
                ? number
                : throw new WrongUsageException(string.Create(CultureInfo.InvariantCulture, $"{name} is a number from {least} to {most}."));

        T Choose<T>(string name, string otherwise, params (string Name, T Value)[] choices)
        {
            var value = Take(name, otherwise);
            var found = Array.FindIndex(choices, c => c.Name == value);
            return found >= 0
                ? choices[found].Value
                : throw new WrongUsageException($"{name} is one of {string.Join(", ", choices.Select(c => c.Name))}.");
        }
    }
}
