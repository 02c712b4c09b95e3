using Platform.Cards.Cryptography.Keys;
using Platform.Cards.Cryptography.Layouts;

namespace Simulation.CardOperations;

/// <summary>
/// A counter with a card in its reader: plays the agent (runs commands, resolves 61xx and 6Cxx, stops at a status word or a torn card) and the engine
/// (stores the state as JSON, books, resumes), and keeps the few accounts that a card operation moves.
/// </summary>
internal sealed class Counter
{
    internal const string Terminal = "000001000050";
    internal const string CardNumber = "1000110000000018";
    internal static readonly CardScripts Scripts = new(PurseCard.Scripts);
    private const int RoundLimit = 100;
    private readonly string[] secrets;

    internal Counter(VirtualChip chip, IssuerProfile? profile = null)
    {
        Chip = chip;
        Profile = profile ?? IssuerProfile.Demo;
        Context = new(new CardKeys(new DemoKeyVault(), Profile), new DateTime(2026, 5, 1, 10, 30, 0), "0102030405060708");
        Chip.PowerOn();
        secrets = [.. Profile.Money.Keys.Select(k => Key(k.Usage, k.Usage == KeyUsage.Control ? Chip.ChipSerial : Serial))];
    }

    internal VirtualChip Chip { get; }

    internal IssuerProfile Profile { get; }

    internal ScriptContext Context { get; set; }

    internal Ledger Ledger { get; } = new();

    /// <summary>Every commit command that left the server, to see that none leaves twice.</summary>
    internal List<string> Commits { get; } = [];

    internal ScriptState? Last { get; private set; }

    internal static Counter WithBlankCard(IssuerProfile? profile = null, bool protocol0 = false) =>
        new(VirtualChip.CreateBlank(profile ?? IssuerProfile.Demo, new() { TransmissionProtocol0 = protocol0 }), profile);

    internal static Counter WithIssuedCard(bool protocol0 = false)
    {
        var counter = WithBlankCard(protocol0: protocol0);
        Assert.Equal(CardOutcomeState.Confirmed, counter.Issue().State);
        return counter;
    }

    internal string Serial => PublicFile.SerialOf(Profile, CardNumber);

    internal IssueOrder IssueOrder(string cardNumber = CardNumber)
    {
        var file = new PublicFile
        {
            IssuerId = Profile.IssuerId,
            ApplicationType = 1,
            ApplicationVersion = 1,
            ApplicationSerial = PublicFile.SerialOf(Profile, cardNumber),
            Start = new(2026, 5, 1),
            Expiry = new(2031, 5, 1),
        };
        var hex = Convert.ToHexString(file.Encode());
        var holder = new HolderFile(1, false, "王小明", "11010519491231002X", 1);
        return new(
            file.ApplicationSerial,
            hex,
            hex,
            Convert.ToHexString(holder.Encode()),
            Convert.ToHexString(new RestrictionFile { Plate = "京A12345", AmountPerFill = 50_000 }.Encode())
        );
    }

    internal CardOutcome Issue(string cardNumber = CardNumber) => Run(IssueScript.Start(IssueOrder(cardNumber), Context));

    internal CardOutcome Load(long amount, CardApplication application = CardApplication.Money) =>
        Run(PurseScript.Start(new(PurseDirection.Load, application, Serial, amount, Terminal), Context));

    internal CardOutcome Unload(long amount) =>
        Run(PurseScript.Start(new(PurseDirection.Unload, CardApplication.Money, Serial, amount, Terminal), Context));

    internal CardOutcome Recover()
    {
        Chip.PowerOn();
        return Run(Scripts.Recover(Last!, Context));
    }

    internal CardFacts Read()
    {
        Chip.Hooks.Arm();
        Chip.PowerOn();
        var outcome = Run(ReadCardScript.Start(Context));
        return outcome.Facts!;
    }

    internal CardOutcome Run(ScriptStep step)
    {
        for (var round = 0; round < RoundLimit; round++)
        {
            switch (step)
            {
                case ScriptStep.Send send:
                    Last = Stored(send.State);
                    step = Scripts.Next(Last, Context, Carry(send.Commands));
                    break;
                case ScriptStep.Book book:
                    Ledger.Book(book.Point);
                    Last = Stored(book.State);
                    step = Scripts.Resume(Last, Context);
                    break;
                case ScriptStep.Finish finish:
                    Last = Stored(finish.State);
                    return finish.Outcome;
            }
        }

        throw new InvalidOperationException("The script does not come to an end.");
    }

    /// <summary>What the agent does with one round.</summary>
    internal CardReport Carry(IReadOnlyList<CardCommand> commands)
    {
        Assert.True(commands.Count <= 32, "A round has at most 32 commands.");
        var answers = new List<CardAnswer>();
        foreach (var command in commands)
        {
            if (command.Commit)
            {
                Commits.Add(command.Apdu);
            }

            var answer = Transmit(Convert.FromHexString(command.Apdu));
            if (answer is null)
            {
                return new(answers, new("no-answer", answers.Count));
            }

            answers.Add(answer);
            if (!(command.ContinueOn ?? ["9000"]).Contains(answer.StatusWord))
            {
                break;
            }
        }

        return new(answers);
    }

    private CardAnswer? Transmit(byte[] apdu)
    {
        try
        {
            var answer = Chip.Transmit(apdu);
            if (answer.Length >= 2 && answer[^2] == 0x6C)
            {
                answer = Chip.Transmit([.. apdu[..4], answer[^1]]);
            }
            else if (answer.Length >= 2 && answer[^2] == 0x61)
            {
                answer = Chip.Transmit([0x00, 0xC0, 0x00, 0x00, answer[^1]]);
            }

            return answer.Length < 2 ? null : new(Convert.ToHexString(answer.AsSpan()[..^2]), Convert.ToHexString(answer.AsSpan()[^2..]));
        }
        catch (CardTornException)
        {
            return null;
        }
    }

    private string Key(KeyUsage usage, string serial)
    {
        var key = new byte[16];
        Context.Keys.Diversify(CardApplication.Money, usage, Convert.FromHexString(serial), key);
        return Convert.ToHexString(key);
    }

    // No key may ever stand in an operation's row.
    private ScriptState Stored(ScriptState state)
    {
        var stored = Scripts.Store(state);
        Assert.DoesNotContain(secrets, secret => stored.Contains(secret, StringComparison.OrdinalIgnoreCase));
        return Scripts.Restore(stored);
    }
}

/// <summary>The books of one card, as far as its operations move them.</summary>
internal sealed class Ledger
{
    internal List<BookingPoint> Points { get; } = [];

    internal bool Reserved { get; private set; }

    internal bool Issued { get; private set; }

    internal PurseAttempt? Hold { get; private set; }

    internal long CardAccount { get; private set; }

    internal void Book(BookingPoint point)
    {
        Points.Add(point);
        switch (point)
        {
            case IssueScript.Reserved:
                Assert.False(Reserved, "Reserved twice.");
                Reserved = true;
                break;
            case PurseScript.Authorised authorised:
                Assert.Null(Hold);
                Hold = authorised.Attempt;
                break;
            case PurseScript.Done { BalanceAfter: { } balance, Counter: > 0 }:
                Assert.NotNull(Hold);
                (Hold, CardAccount) = (null, balance);
                break;
            case BookingPoint.Confirmed:
                (Issued, Reserved) = (Reserved || Issued, false);
                break;
            case BookingPoint.Released:
                Assert.True(Reserved || Hold is not null, "Released what was not held.");
                (Hold, Reserved) = (null, false);
                break;
        }
    }
}
