using Hardware.Simulators.Chip;
using Hardware.Simulators.Meters;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;
using Platform.Cards.Cryptography.Keys;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Scripts;
using TestRuns;

namespace Api.Tests.Meters;

/// <summary>
/// Random lives of a user, cards, a counter and meters, with the script, the plan and the meter as they are, and books of plain numbers: without a
/// database, so that thousands of lives are quick.
/// </summary>
public sealed class LivesTests
{
    [Fact]
    [Trait("Requirement", "PM-05.5"), Trait("Requirement", "PM-07.1"), Trait("Requirement", "PM-12.1")]
    public void What_is_on_meters_is_what_was_sold_and_each_purchase_is_taken_at_most_once()
    {
        for (var seed = 0; seed < RandomRuns.Times(500); seed++)
        {
            var life = new Life(new Random(seed));
            for (var step = 0; step < 12; step++)
            {
                life.Step();
            }

            life.End();
            Assert.True(life.OnMeters == life.Sold, $"Life {seed}: {life.OnMeters} on meters, {life.Sold} sold.");
            Assert.True(life.Money == life.Worth, $"Life {seed}: {life.Money} fen paid for {life.Worth} fen of purchases.");
        }
    }

    private sealed class Life
    {
        private static readonly MeterCardKeys s_keys = MeterCardKeys.Of(new DemoKeyVault());
        private static readonly CardScripts s_scripts = new([new MeterCardScript()]);
        private static readonly ScriptContext s_context = new(
            new CardKeys(new DemoKeyVault(), IssuerProfile.Demo),
            new DateTime(2026, 7, 1, 9, 0, 0),
            "0000000000000000"
        );
        private static readonly Tariff s_tariff = Tariff.Of([new(5_000, 5_380), new(12_000, 5_880), new(null, 8_380)])!;
        private static readonly uint s_domain = s_keys.Domain("88001234");
        private static readonly DateOnly s_date = new(2026, 7, 1);

        private readonly Random _random;
        private readonly List<PricedPart> _sold = [];
        private List<PricedPart> _last = [];
        private uint _serial;
        private ushort _seq;
        private byte _revision;
        private long _onCard;
        private int _meterNumber;
        private long _usedBefore;
        private VirtualMemoryCard _card = null!;
        private SimulatedMeter _meter = null!;
        private DateTime _clock = new(2026, 7, 1, 9, 0, 0);

        public Life(Random random)
        {
            _random = random;
            NewMeter();
            NewCard();
            _seq = 1;
            Sell(PurchaseKind.Opening, header: true);
        }

        public long Sold => _sold.Sum(p => p.Quantity) + _last.Sum(p => p.Quantity);

        /// <summary>Fen, as they were collected and given back sale by sale.</summary>
        public long Money { get; private set; }

        /// <summary>Fen, computed anew from what stands.</summary>
        public long Worth => _worth + Tariff.Amount(_last);

        private long _worth;

        public long OnMeters => _usedBefore + _meter.State.Total + _meter.State.Remaining;

        private string Meter => $"2026{_meterNumber:D8}";

        private MeterSection Section => new MeterCardImage(_card.Bytes()).Section(1, s_keys);

        public void Step()
        {
            switch (_random.Next(10))
            {
                case 0 or 1 or 2:
                    Swipe();
                    break;
                case 3:
                    _meter.Use(_random.Next(4_000));
                    break;
                case 4 or 5 when !Section.Waits:
                    _seq++;
                    Sell(PurchaseKind.Recharge, header: false);
                    break;
                case 6
                    when Section is { Waits: true, IsReturnTorn: false, Purchase.Kind: PurchaseKind.Opening or PurchaseKind.Recharge }
                        && _revision < 250:
                    Correct();
                    break;
                case 7 when _random.Next(3) == 0:
                    Replace();
                    break;
                case 8 when _random.Next(3) == 0 && Section.Purchase?.Kind != PurchaseKind.Replacement:
                    ChangeMeter();
                    break;
            }
        }

        /// <summary>Everything comes to rest: the card is swiped with nobody in the way.</summary>
        public void End()
        {
            _meter.LosePowerAt = null;
            _meter.PowerOn();
            Assert.True(Insert() is MeterResult.Taken or MeterResult.WrittenBack);
            Insert();
            Assert.False(Section.Waits);
        }

        private void NewCard()
        {
            _card = VirtualMemoryCard.CreateBlank(MemoryCardFace.CpuFile);
            _serial++;
            var header = new MeterCardHeader(MeterCardKind.New, 0, _serial, MeterCardHeader.NoUser);
            Write(new MeterCardTask(_serial) { MakesNew = true, Header = header }, () => true);
        }

        private void NewMeter()
        {
            _meterNumber++;
            _meter = new SimulatedMeter(new MeterState(Meter), s_keys);
            Tool(MeterCardKind.Zero, new(0, 0, 0, 0, 0));
            Tool(MeterCardKind.Setting, new(0, 0, 500, 400, 1));
        }

        private void Tool(MeterCardKind kind, MeterSettings settings)
        {
            var card = VirtualMemoryCard.CreateBlank();
            var header = new MeterCardHeader(kind, s_domain, 1_000_000, MeterCardHeader.NoUser);
            card.Write(0, MeterCardImage.Encode(header));
            card.Write(MeterCardLayout.SettingsOffset, MeterCardImage.Encode(settings, header, s_keys));
            Assert.Equal(MeterResult.Taken, _meter.Insert(new MemoryCardSlot(card), _clock));
        }

        private void Sell(PurchaseKind kind, bool header)
        {
            var priced = s_tariff.Buy(Sold, 1 + _random.NextInt64(3_000), 100_000);
            var before = Sold;
            (_revision, _onCard) = (0, priced.Quantity);
            if (Put(kind, header, Meter))
            {
                _worth += Tariff.Amount(_last);
                _sold.AddRange(_last);
                _last = [.. s_tariff.Cost(before, priced.Quantity).Parts];
                Money += priced.Amount;
            }
            else
            {
                // Nothing was sold. An opening is tried until it is done.
                _seq -= (ushort)(header ? 0 : 1);
                _onCard = Section.Purchase?.Quantity ?? 0;
                _revision = Section.Purchase?.Revision ?? 0;
                if (header)
                {
                    Sell(kind, header);
                }
            }
        }

        private void Correct()
        {
            var before = _sold.Sum(p => p.Quantity);
            var (was, revision) = (_onCard, _revision);
            var priced = s_tariff.Cost(before, _random.NextInt64(3_000));
            (_revision, _onCard) = ((byte)(_revision + 1), priced.Quantity);
            if (Put(Section.Purchase!.Kind, header: false, Meter))
            {
                Money += priced.Amount - Tariff.Amount(_last);
                _last = [.. priced.Parts];
            }
            else
            {
                (_revision, _onCard) = (revision, was);
            }
        }

        /// <summary>The old card is lost; it is put into the meter once more, by whoever finds it.</summary>
        private void Replace()
        {
            var lost = _card;
            NewCard();
            while (!Put(PurchaseKind.Replacement, header: true, Meter)) { }
            if (_random.Next(2) == 0)
            {
                _meter.Insert(new MemoryCardSlot(lost), Later());
            }
        }

        private void ChangeMeter()
        {
            if (Section.IsReturnTorn)
            {
                Insert(); // else only the operator could say what the meter took
            }

            // What the meter began to take and did not credit is read off it when it has power again.
            Settle();
            var waits = Section.Waits ? _onCard : 0;
            var left = _meter.State.Remaining + waits;
            if (left < 0)
            {
                return; // a shortfall is a matter of the books, and tested there
            }

            _usedBefore += _meter.State.Total;
            NewMeter();
            (_seq, _revision, _onCard) = ((ushort)(_seq + 1), 0, left);
            while (!Put(PurchaseKind.MeterChange, header: false, Meter)) { }
        }

        private void Swipe()
        {
            if (_random.Next(4) == 0)
            {
                _meter.LosePowerAt = (MeterMoment)_random.Next(3);
            }

            if (_random.Next(4) == 0)
            {
                _card.TearAfter(_random.Next(40));
            }

            Insert();
            _card.TearAfter(null);
            _meter.LosePowerAt = null;
            if (_random.Next(2) == 0)
            {
                _meter.PowerOn();
            }
        }

        /// <summary>The card is in the meter without trouble, so that nothing is under way.</summary>
        private void Settle()
        {
            _meter.PowerOn();
            if (_meter.State.Intent is not null)
            {
                Insert();
            }
        }

        private MeterResult Insert()
        {
            try
            {
                return _meter.Insert(new MemoryCardSlot(_card), Later());
            }
            catch (MeterPowerLostException)
            {
                return MeterResult.WrongMac;
            }
        }

        private DateTime Later() => _clock = _clock.AddMinutes(1);

        private bool Put(PurchaseKind kind, bool header, string meter)
        {
            var task = new MeterCardTask(_serial)
            {
                Header = header ? new MeterCardHeader(MeterCardKind.User, s_domain, _serial, "000000000042") : null,
                Sections = [new(1, meter, new MeterPurchase(_seq, _revision, kind, (uint)_onCard, s_date))],
            };
            return Write(task, () => true);
        }

        /// <summary>Runs the operation, torn or not, and settles it by reading the card again; true when it was done.</summary>
        private bool Write(MeterCardTask task, Func<bool> allowed)
        {
            if (_random.Next(3) == 0)
            {
                _card.TearAfter(_random.Next(60));
            }

            var outcome = Run(MeterCardScript.Start(task), allowed);
            _card.TearAfter(null);
            for (var tries = 0; outcome.Outcome.State == CardOutcomeState.Unknown; tries++)
            {
                Assert.InRange(tries, 0, 20);
                // Between the tear and the counter the user may try the card at the meter.
                if (_random.Next(3) == 0)
                {
                    Insert();
                }

                if (_random.Next(4) == 0)
                {
                    _card.TearAfter(_random.Next(60));
                }

                outcome = Run((ScriptStep.Send)s_scripts.Recover(outcome.State, s_context), allowed);
                _card.TearAfter(null);
            }

            return outcome.Outcome.State == CardOutcomeState.Confirmed;
        }

        private ScriptStep.Finish Run(ScriptStep.Send start, Func<bool> allowed)
        {
            _card.PowerOn();
            ScriptStep step = start;
            for (var i = 0; i < 20; i++)
            {
                switch (step)
                {
                    case ScriptStep.Send send:
                        step = s_scripts.Next(send.State, s_context, Report(send));
                        break;
                    case ScriptStep.Book book:
                        Assert.True(allowed());
                        step = s_scripts.Resume(s_scripts.Restore(s_scripts.Store(book.State)), s_context);
                        break;
                    case ScriptStep.Finish finish:
                        _card.PowerOff();
                        return finish;
                }
            }

            throw new InvalidOperationException("The script does not end.");
        }

        private CardReport Report(ScriptStep.Send send)
        {
            var answers = new List<CardAnswer>();
            foreach (var (command, i) in send.Commands.Select((c, i) => (c, i)))
            {
                byte[] answer;
                try
                {
                    answer = _card.Transmit(Convert.FromHexString(command.Apdu));
                }
                catch (CardTornException)
                {
                    answer = [];
                }

                if (answer.Length < 2)
                {
                    return new CardReport(answers, new CardFailure("card-removed", i));
                }

                var status = Convert.ToHexString(answer.AsSpan()[^2..]);
                answers.Add(new(Convert.ToHexString(answer.AsSpan()[..^2]), status));
                if (status != "9000")
                {
                    break;
                }
            }

            return new CardReport(answers);
        }
    }
}
