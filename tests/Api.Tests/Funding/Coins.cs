namespace Api.Tests.Funding;

/// <summary>
/// A customer's money as single coins of one fen, each paid or given: what the rows say of bonus, played out by hand. Paid coins go first, wherever
/// coins go (FC-26.1, FC-27.4); coins that come back from a card are what they were.
/// </summary>
internal sealed class Coins
{
    private readonly List<bool> _quota = [];
    private readonly List<bool> _cards = [];

    public int Quota => _quota.Count;

    public int OnCards => _cards.Count;

    /// <summary>Given coins in the quota account: what is never paid back.</summary>
    public int Bonus => _quota.Count(paid => !paid);

    public int BonusOnCards => _cards.Count(paid => !paid);

    /// <summary>Paid coins in the quota account: what could be paid back.</summary>
    public int Refundable => _quota.Count(paid => paid);

    public void Collect(int paid, int given) => Put(_quota, paid, given);

    public void RechargePurse(int paid, int given) => Put(_cards, paid, given);

    public void Allocate(int coins) => Carry(_quota, _cards, coins);

    public void Return(int coins) => Carry(_cards, _quota, coins);

    public void Consume(int coins) => Carry(_cards, [], coins);

    /// <summary>
    /// The given coins vanish and the paid ones are paid out, all from the quota account. Where those that lie there are of the other sort, they
    /// change places with coins on the cards, and what a station has taken cannot change places any more.
    /// </summary>
    public void TakeBack(int paid, int given)
    {
        for (var i = 0; i < given; i++)
        {
            TakeFromQuota(paid: false);
        }

        for (var i = 0; i < paid; i++)
        {
            TakeFromQuota(paid: true);
        }
    }

    private void TakeFromQuota(bool paid)
    {
        if (!_quota.Remove(paid))
        {
            Assert.True(_quota.Remove(!paid), "the quota account is empty");
            if (_cards.Remove(paid))
            {
                _cards.Add(!paid);
            }
        }
    }

    private static void Put(List<bool> place, int paid, int given)
    {
        place.AddRange(Enumerable.Repeat(true, paid));
        place.AddRange(Enumerable.Repeat(false, given));
    }

    private static void Carry(List<bool> from, List<bool> to, int coins)
    {
        for (var i = 0; i < coins; i++)
        {
            var paid = from.Contains(true);
            from.Remove(paid);
            to.Add(paid);
        }
    }
}
