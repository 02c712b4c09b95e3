using System.Net;
using Api.Tests.Funding;
using Counter.Payments;
using Customers;
using Funding;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Profiles;

namespace Api.Tests.Refunds;

/// <summary>One customer's life at a counter, beside coins that know what was paid and what was given.</summary>
internal sealed partial class CustomerLife
{
    private static readonly string[] s_methods = ["cash", "bankCard", "transfer", "voucher", "credit"];

    private readonly TestCounter _counter;
    private readonly IReadOnlyList<IssuedCard> _cards;
    private readonly Random _random;
    private readonly Coins _coins = new();
    private readonly Dictionary<long, (long Reserve, long Purse, int Fills)> _onCards;
    private readonly List<(string Serial, long Fen, long Bonus, string Method)> _collected = [];
    private readonly List<string> _sent = [];
    private bool _onSight;

    private CustomerLife(TestCounter counter, IReadOnlyList<IssuedCard> cards, Random random)
    {
        (_counter, _cards, _random) = (counter, cards, random);
        _onCards = cards.ToDictionary(c => c.Id, _ => (0L, 0L, 0));
    }

    public List<string> Log { get; } = [];

    public long PaidIn { get; private set; }

    public long Given { get; private set; }

    public long TakenBack { get; private set; }

    public long Consumed { get; private set; }

    public long PaidOut { get; private set; }

    public long Lapsed { get; private set; }

    public long Forfeited { get; private set; }

    private IssuedCard Main => _cards[0];

    public static async Task<CustomerLife> New(TestCounter counter, Random random)
    {
        var many = random.Next(3) == 0;
        var organisation = random.Next(3) == 0;
        var main = await counter.IssuedCard(
            (many, organisation) switch
            {
                (true, true) => CardType.OrganisationMain,
                (true, false) => CardType.PersonalMain,
                (false, true) => CardType.OrganisationSingle,
                _ => CardType.PersonalSingle,
            },
            change: Own
        );
        var sub = organisation ? CardType.OrganisationSub : CardType.PersonalSub;
        var life = new CustomerLife(counter, many ? [main, await counter.AnotherCard(main, sub, Own)] : [main], random);
        await life.PayDeposits();
        return life;
    }

    /// <summary>A customer who has money from a unit's list.</summary>
    public static async Task<CustomerLife> Listed(TestCounter counter, ListedCard listed, int fen, Random random)
    {
        await using var db = await counter.Host.OpenDatabase();
        var code = (await db.Set<Customer>().SingleAsync(c => c.Id == listed.CustomerId)).Code;
        var life = new CustomerLife(counter, [new IssuedCard(listed.CardId, listed.Number, listed.CustomerId, code)], random);
        life._coins.Collect(fen, given: 0);
        life.PaidIn = fen;
        await life.PayDeposits();
        return life;
    }

    public async Task Live(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            await (
                _random.Next(14) switch
                {
                    < 3 => Collect(),
                    3 => CollectByCheque(),
                    4 or 5 => Allocate(),
                    6 => Load(),
                    7 => Fill(),
                    8 => Unload(),
                    9 => ReturnReserve(),
                    10 => Refund(),
                    11 => TakeBack(),
                    12 => PayCredit(),
                    _ => Small(),
                }
            );
            Assert.Equal(_coins.Quota, await _counter.Quota(Main));
        }
    }

    private async Task PayDeposits()
    {
        foreach (var card in _cards.Where(_ => _random.Next(2) == 0))
        {
            await RefundAfterClosingTests.Deposit(_counter, card, 1_000);
            PaidIn += 1_000;
        }
    }

    private async Task Collect()
    {
        var (fen, bonus) = (_random.Next(1, 600), _random.Next(2) == 0 ? _random.Next(1, 60) : 0);
        var method = s_methods[_random.Next(s_methods.Length)];
        Log.Add($"collect {fen} + {bonus} by {method}");
        var serial = bonus > 0 ? await _counter.GiveBy(Main, method, fen, bonus) : await _counter.Collected(Main, fen, method);
        _collected.Add((serial, fen, bonus, method));
        Received(fen, bonus);
    }

    /// <summary>By a cheque that is cleared, or that was used on sight and bounces: then its debt is paid.</summary>
    private async Task CollectByCheque()
    {
        var (fen, bounces) = (_random.Next(1, 600), _random.Next(2) == 0);
        Log.Add($"collect {fen} by a cheque{(bounces ? " that bounces" : "")}");
        if (bounces && !_onSight)
        {
            (await _counter.CreditOnSight(Main)).Is(HttpStatusCode.OK);
            _onSight = true;
        }

        var cheque = await _counter.Cheque(Main, fen);
        if (!bounces)
        {
            (await _counter.Clear(cheque)).Is(HttpStatusCode.Created);
        }

        (await _counter.PayBy(cheque, Main, fen)).Is(HttpStatusCode.Created);
        Received(fen, bonus: 0);
        if (bounces)
        {
            (await _counter.Bounce(cheque)).Is(HttpStatusCode.Created);
            Assert.Equal(0, (await Shown())["refundable"]!.GetValue<long>());
            var pay = new { amount = fen, paymentMethod = "cash" };
            (await _counter.Cashier.Post($"/v1/cheques/{cheque}/claim-payments", pay)).Is(HttpStatusCode.Created);
        }
    }

    private async Task Allocate()
    {
        if (_coins.Quota == 0)
        {
            return;
        }

        var (card, fen) = (Any(), _random.Next(1, _coins.Quota + 1));
        Log.Add($"allocate {fen}");
        (await _counter.Allocate(card, fen)).Is(HttpStatusCode.Created);
        _coins.Allocate(fen);
        Change(card, reserve: fen);
    }

    private async Task Load()
    {
        if (_cards.FirstOrDefault(c => _onCards[c.Id].Reserve > 0) is { } card)
        {
            var fen = _random.NextInt64(1, _onCards[card.Id].Reserve + 1);
            Log.Add($"load {fen}");
            await ClosingTests.OntoCard(_counter, card, fen);
            Change(card, reserve: -fen, purse: fen);
        }
    }

    private async Task Fill()
    {
        if (_cards.FirstOrDefault(c => _onCards[c.Id].Purse > 0) is { } card)
        {
            var (fen, number) = ((int)_random.NextInt64(1, _onCards[card.Id].Purse + 1), _onCards[card.Id].Fills + 1);
            Log.Add($"fill {fen}");
            var answer = await _counter.Upload([StationUploads.Made(card.Number, number, fen)]);
            Assert.Equal((1, 0, 0, 0), StationUploads.Counts(answer.Is(HttpStatusCode.OK)));
            _coins.Consume(fen);
            Consumed += fen;
            Change(card, purse: -fen, fills: 1);
        }
    }

    private async Task Unload()
    {
        if (_cards.FirstOrDefault(c => _onCards[c.Id].Purse > 0) is { } card)
        {
            await Unload(card, _random.NextInt64(1, _onCards[card.Id].Purse + 1));
        }
    }

    private async Task ReturnReserve()
    {
        if (_cards.FirstOrDefault(c => _onCards[c.Id].Reserve > 0) is { } card)
        {
            var fen = _random.NextInt64(1, _onCards[card.Id].Reserve + 1);
            Log.Add($"return {fen}");
            (await _counter.Cashier.Post($"/v1/cards/{card.Number}/returns", new { amount = fen })).Is(HttpStatusCode.Created);
            _coins.Return((int)fen);
            Change(card, reserve: -fen);
        }
    }

    /// <summary>As the chip would give it up.</summary>
    private async Task Unload(IssuedCard card, long fen)
    {
        Log.Add($"unload {fen}");
        var booking = new SilentBooking(Ids.Next(), new Actor(_counter.BranchId, _counter.Cashier.Id), new AuditNote("test", "unload"));
        booking
            .WithHead(
                new Transaction(booking.Id, FundingTransactions.Unload, booking.Actor)
                {
                    CustomerId = card.CustomerId,
                    CardId = card.Id,
                    Amount = fen,
                }
            )
            .Move(new AccountRef(IssuanceAccounts.Card, card.Id), new AccountRef(IssuanceAccounts.Quota, card.CustomerId), fen);
        Assert.IsType<BookingResult.Answered>(await _counter.Host.Services.GetRequiredService<Books>().Post(booking));
        _coins.Return((int)fen);
        Change(card, purse: -fen);
    }

    private void Received(int fen, int bonus)
    {
        _coins.Collect(fen, bonus);
        PaidIn += fen;
        Given += bonus;
    }

    private IssuedCard Any() => _cards[_random.Next(_cards.Count)];

    private void Change(IssuedCard card, long reserve = 0, long purse = 0, int fills = 0)
    {
        var has = _onCards[card.Id];
        _onCards[card.Id] = (has.Reserve + reserve, has.Purse + purse, has.Fills + fills);
    }

    private Task<System.Text.Json.Nodes.JsonNode> Shown() => _counter.Refundable(Main.CustomerCode);

    private static void Own(Card card) => typeof(Card).GetProperty(nameof(Card.IssuerCode))!.SetValue(card, IssuerProfile.Demo.IssuerCode);
}
