using Hardware.Simulators.Stations;
using Platform.Cards.Cryptography.Keys;
using Platform.Cards.Cryptography.Layouts;

namespace Simulation.CardHistories;

/// <summary>
/// A card's life from one seed: payments, loads, unloads, recharges, purchases, uploads that come late, out of order and twice, and every kind of
/// trouble on the way. The same seed is the same life.
/// </summary>
internal sealed class CardHistory
{
    private const int Events = 7;
    private const int PurchasesBeforeReading = 8;
    private const string Terminal = "000001000050";
    private static readonly DateTime Noon = new(2026, 5, 1, 12, 0, 0);

    private readonly Random random;
    private readonly VirtualChip chip;
    private readonly ModelBooks books = new();
    private readonly ModelServer server;
    private readonly ModelAgent agent;
    private readonly SimulatedStation station;
    private readonly string serial;
    private readonly List<StationRecord> toCome = [];
    private readonly List<StationRecord> all = [];
    private readonly HashSet<int> booked = [];
    private int purchasesWhileOpen;

    internal CardHistory(int seed, VirtualChip issued, string cardNumber, CardKeys keys)
    {
        random = new Random(seed);
        chip = issued;
        serial = PublicFile.SerialOf(keys.Profile, cardNumber);
        server = new ModelServer(new ScriptContext(keys, Noon, "0102030405060708"), books);
        agent = new ModelAgent(server, chip);
        station = new SimulatedStation(keys, "000000000001");
    }

    /// <summary>How the operations ended, to see that every kind of end occurs.</summary>
    internal Dictionary<string, int> Ends { get; } = [];

    /// <summary>What happened, for a person who looks into a failure.</summary>
    internal List<string> Log { get; } = [];

    internal void Live()
    {
        books.Move(ModelBooks.Paid, ModelBooks.Quota, 50_000);
        for (var i = 0; i < Events; i++)
        {
            Happen();
            Check();
        }

        while (server.Open is { } pending)
        {
            Settle(pending, new Trouble(Fault.None, 0, LosesReplies: false));
        }

        Check();
        Upload(toCome.Count);
        Require(toCome.Count == 0, "consumption is left that cannot be booked");
        Require(Balance() == books[ModelBooks.Card], "chip and card account differ at the end");
        Require(books[ModelBooks.InTransit] == 0, "money is still in transit");
    }

    private void Happen()
    {
        var amount = random.Next(1, 20_000);
        switch (random.Next(10))
        {
            case 0:
                Note($"allocate {amount}: {books.TryMove(ModelBooks.Quota, ModelBooks.Reserve, amount)}");
                break;
            case 1 or 2:
                Buy(random.Next(1, 4));
                break;
            case 3:
                Upload(random.Next(1, 4));
                break;
            case 4 when server.Open is { } pending && random.Next(4) == 0:
                StayAway(pending);
                break;
            case 5 or 6:
                Operate(ModelKind.Load, amount);
                break;
            case 7:
                Operate(ModelKind.Unload, amount);
                break;
            default:
                Operate(random.Next(4) == 0 ? ModelKind.RechargePaidFirst : ModelKind.Recharge, amount);
                break;
        }
    }

    private void Operate(ModelKind kind, long amount)
    {
        var trouble = NextTrouble();
        if (server.Open is { } pending)
        {
            // The card is busy: the counter reads it again first.
            Settle(pending, trouble);
            return;
        }

        var direction = kind == ModelKind.Unload ? PurseDirection.Unload : PurseDirection.Load;
        var operation = server.Begin(kind, amount, new PurseOrder(direction, CardApplication.Money, serial, amount, Terminal));
        var end = agent.Carry(operation, trouble);
        purchasesWhileOpen = 0;
        Count(end);
        Note($"{kind} {amount} with {trouble}: {end.State} {end.Code}");
        Require(end.State != CardOutcomeState.Exception, "an operation ended in an exception");
    }

    private void Settle(ModelOperation pending, Trouble trouble)
    {
        var end = agent.Carry(server.Reread(pending), trouble);
        Count(end);
        Note($"re-read with {trouble}: {end.State} {end.Code}");
        Require(end.State != CardOutcomeState.Exception, "reading again ended in an exception");
        Require(trouble.Fault != Fault.None || end.State != CardOutcomeState.Unknown, "reading again settled nothing");
    }

    /// <summary>Settled without its card; then it comes back after all, and what it has done is decided by a person.</summary>
    private void StayAway(ModelOperation pending)
    {
        server.SettleWithoutCard(pending);
        var end = agent.Carry(server.Reread(pending), new Trouble(Fault.None, 0, LosesReplies: true));
        Count(end);
        Note($"settled without the card, which came back: {end.State} {end.Code}");
        if (end.State == CardOutcomeState.Exception)
        {
            server.DecideDone(pending);
        }
    }

    private void Buy(int purchases)
    {
        for (var i = 0; i < purchases && (server.Open is null || purchasesWhileOpen < PurchasesBeforeReading); i++)
        {
            chip.PowerOn();
            try
            {
                var record = station.Buy(chip, (uint)random.Next(1, 3_000), Noon);
                purchasesWhileOpen++;
                toCome.Add(record);
                all.Add(record);
                Note($"bought {record.Amount}");
            }
            catch (StationRefusedException refused) when (refused.StatusWord == "9401")
            {
                Note("could not buy: too little");
            }

            chip.PowerOff();
        }
    }

    /// <summary>Some records arrive, in any order, some of them again; each is booked once, and what the account cannot pay yet waits.</summary>
    private void Upload(int count)
    {
        var arriving = Enumerable.Range(0, Math.Min(count, toCome.Count)).Select(_ => toCome[random.Next(toCome.Count)]).ToList();
        arriving = count >= toCome.Count ? [.. toCome] : arriving;
        if (all.Count > 0)
        {
            arriving.Add(all[random.Next(all.Count)]);
        }

        foreach (var record in arriving)
        {
            if (!booked.Contains(record.OfflineCounter) && books.TryMove(ModelBooks.Card, ModelBooks.Consumed, record.Amount))
            {
                booked.Add(record.OfflineCounter);
                toCome.Remove(record);
                Note($"consumption {record.Amount} arrived");
            }
        }
    }

    /// <summary>Where nothing is open, the chip is the card account less what is still to come.</summary>
    private void Check()
    {
        Require(books.IsConserved, "money is lost");
        if (server.Open is null)
        {
            Require(
                Balance() == books[ModelBooks.Card] - toCome.Sum(r => r.Amount),
                "chip and card account less consumption to come differ"
            );
            Require(books[ModelBooks.InTransit] == 0, "money is in transit without an operation");
        }
    }

    private Trouble NextTrouble()
    {
        var fault = random.Next(3) == 0 ? Fault.None : (Fault)random.Next(1, 5);
        return new Trouble(fault, random.Next(1, fault == Fault.Gone ? 4 : 8), random.Next(4) == 0);
    }

    private long Balance()
    {
        var money = IssuerProfile.Demo.Money;
        chip.PowerOn();
        chip.Transmit(Convert.FromHexString($"00A40400{money.Aid.Length / 2:X2}{money.Aid}"));
        var answer = chip.Transmit(Convert.FromHexString($"805C00{money.Purse:X2}04"));
        chip.PowerOff();
        return Convert.ToInt64(Convert.ToHexString(answer.AsSpan()[..4]), 16);
    }

    private void Note(string happened) => Log.Add(happened);

    private void Count(CardOutcome end) => Ends[end.Code] = Ends.GetValueOrDefault(end.Code) + 1;

    private void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(
                $"{otherwise}. The chip holds {Balance()}; the books: {books}; to come: {toCome.Sum(r => r.Amount)}."
            );
        }
    }
}
