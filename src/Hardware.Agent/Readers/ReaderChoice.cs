using Hardware.Agent.Cards;
using Hardware.Agent.Problems;

namespace Hardware.Agent.Readers;

/// <summary>Finds the reader a request means: the one it names, or the only one with a card.</summary>
internal sealed class ReaderChoice(ICardTransport transport)
{
    internal (ICardReader? Reader, Refusal? Refusal) Choose(string? name)
    {
        if (ReaderEndpoints.Trouble(transport) is { } trouble)
        {
            return (null, trouble);
        }

        if (name is not null)
        {
            return transport.Find(name) is { } named ? (named, null) : (null, Refusals.ReaderNotFound(name));
        }

        var all = transport.Readers();
        var filled = all.Where(r => r.State != ReaderState.Empty).ToList();
        return filled switch
        {
            [] when all.Count == 0 => (null, Refusals.NoReader),
            [] => (null, Refusals.NoCard),
            [var only] => transport.Find(only.Name) is { } reader ? (reader, null) : (null, Refusals.ReaderNotFound(only.Name)),
            _ => (null, Refusals.ReaderAmbiguous),
        };
    }
}
