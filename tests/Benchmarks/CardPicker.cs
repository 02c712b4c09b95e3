using System.Security.Cryptography;

namespace Benchmarks;

/// <summary>Picks the card of the next request, by its place in the list.</summary>
internal sealed class CardPicker
{
    private const double Exponent = 0.99;

    private readonly CardChoice _choice;
    private readonly int _cards;
    private readonly double[] _upTo;
    private readonly Random _random = new(RandomNumberGenerator.GetInt32(int.MaxValue));
    private int _last = -1;

    public CardPicker(CardChoice choice, int cards)
    {
        (_choice, _cards) = (choice, cards);
        _upTo = choice == CardChoice.Zipf ? Distribution(cards) : [];
    }

    public int Next() =>
        _choice switch
        {
            CardChoice.RoundRobin => _last = (_last + 1) % _cards,
            CardChoice.Zipf => Ranked(_random.NextDouble()),
            _ => 0,
        };

    private int Ranked(double at)
    {
        var found = Array.BinarySearch(_upTo, at);
        return Math.Min(found < 0 ? ~found : found, _cards - 1);
    }

    /// <summary>For each rank the probability that a request is for it or for one before it.</summary>
    private static double[] Distribution(int cards)
    {
        var upTo = new double[cards];
        var sum = 0.0;
        for (var i = 0; i < cards; i++)
        {
            upTo[i] = sum += Math.Pow(i + 1, -Exponent);
        }

        for (var i = 0; i < cards; i++)
        {
            upTo[i] /= sum;
        }

        return upTo;
    }
}
