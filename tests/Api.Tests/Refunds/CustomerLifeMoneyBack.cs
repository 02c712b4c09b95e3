using System.Net;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;
using Refunds;

namespace Api.Tests.Refunds;

/// <summary>Money that goes back to the customer, and the end.</summary>
internal sealed partial class CustomerLife
{
    private const int MostRounds = 20;

    /// <summary>Cards, quota, reserve, purse and deposit are empty, and every fen that came in went out by a road that is known.</summary>
    public async Task End()
    {
        var lost = await LoseOne();
        foreach (var card in _cards.Where(c => c != lost && _onCards[c.Id].Purse > 0))
        {
            await Unload(card, _onCards[card.Id].Purse);
        }

        await Close(lost);
        for (var round = 0; ; round++)
        {
            Assert.InRange(round, 0, MostRounds);
            var shown = await Shown();
            Assert.Equal(_coins.Refundable, shown["refundable"]!.GetValue<long>());
            if (_coins.Refundable == 0)
            {
                break;
            }

            await RefundOnce(RefundDesk.Ways(shown).Keys.First());
        }

        foreach (var refund in _sent)
        {
            (await _counter.Confirm(refund)).Is(HttpStatusCode.OK);
        }

        await SettleDeposits();
        await IsEmpty();
        Assert.Equal(PaidIn + Given, PaidOut + Lapsed + Forfeited + Consumed + TakenBack);
    }

    private async Task Refund()
    {
        var ways = RefundDesk.Ways(await Shown());
        if (ways.Count == 0)
        {
            return;
        }

        var (way, carries) = ways.ElementAt(_random.Next(ways.Count));
        var amount = _random.NextInt64(1, carries + 1);
        Log.Add($"special refund of {amount} by {way}");
        var body = RefundDesk.By(way, amount);
        var path = $"/v1/cards/{Main.Number}/special-refunds";
        var tried = (await _counter.Cashier.Post($"{path}?dryRun=true", body)).Is(HttpStatusCode.OK);
        var done = (await _counter.Special(Main, body)).Is(HttpStatusCode.Created);
        Assert.Equal((amount, tried.Body["lines"]!.ToJsonString()), (done.Number("amount"), done.Body["lines"]!.ToJsonString()));
        _coins.TakeBack((int)amount, given: 0);
        PaidOut += amount;
        if (_random.Next(4) == 0)
        {
            Log.Add("cancel it");
            (await _counter.Cancel(done.SerialNumber)).Is(HttpStatusCode.OK);
            CameBack(amount);
        }
        else if (done["state"] == "sent")
        {
            await ConfirmOrReturn(done.SerialNumber, amount);
        }
    }

    private async Task RefundOnce(string way)
    {
        var done = (await _counter.RefundClosed(Main, way)).Is(HttpStatusCode.Created);
        var amount = done.Number("amount");
        Log.Add($"refund {amount} by {way}");
        _coins.TakeBack((int)amount, given: 0);
        PaidOut += amount;
        if (done["state"] == "sent")
        {
            await ConfirmOrReturn(done.SerialNumber, amount);
        }
    }

    private async Task ConfirmOrReturn(string refund, long amount)
    {
        switch (_random.Next(3))
        {
            case 0:
                Log.Add("it comes back");
                (await _counter.Return(refund)).Is(HttpStatusCode.OK);
                CameBack(amount);
                break;
            case 1:
                (await _counter.Confirm(refund)).Is(HttpStatusCode.OK);
                break;
            default:
                _sent.Add(refund);
                break;
        }
    }

    private void CameBack(long amount)
    {
        _coins.Collect((int)amount, given: 0);
        PaidOut -= amount;
    }

    /// <summary>A void on the collection's date, a reversal later; refused where the money is not there any more, or was refunded or paid.</summary>
    private async Task TakeBack()
    {
        if (_collected.Count == 0)
        {
            return;
        }

        var which = _random.Next(_collected.Count);
        var (serial, fen, bonus, method) = _collected[which];
        Log.Add($"take back {fen} + {bonus}");
        var correction = TestCounter.Correction(Main, fen, method);
        var voided = await _counter.Cashier.PostApproved($"/v1/transactions/{serial}/void", correction, _counter.Second);
        var done =
            voided.Status == HttpStatusCode.Created
                ? voided
                : await _counter.Cashier.PostApproved($"/v1/transactions/{serial}/reversal", correction, _counter.Second);
        if (done.Status != HttpStatusCode.Created)
        {
            Assert.True(done.Status is HttpStatusCode.Conflict or HttpStatusCode.Forbidden, done.Text);
            return;
        }

        _collected.RemoveAt(which);
        _coins.TakeBack((int)fen, (int)bonus);
        TakenBack += fen + bonus;
    }

    private async Task PayCredit()
    {
        var owed = (await Shown())["creditOwed"]!.GetValue<long>();
        if (owed > 0)
        {
            var amount = _random.NextInt64(1, owed + 1);
            Log.Add($"pay {amount} of the credit");
            var body = new { amount, paymentMethod = "cash" };
            (await _counter.Cashier.Post($"/v1/customers/{Main.CustomerCode}/credit-payments", body)).Is(HttpStatusCode.Created);
        }
    }

    private async Task Small()
    {
        var path = $"/v1/card-sessions/{await _counter.Present(Main)}/small-refunds";
        if (_onCards.Values.Any(c => c.Purse > 0))
        {
            return;
        }

        var asked = await _counter.Cashier.Post($"{path}?dryRun=true", new { });
        if (asked.Status != HttpStatusCode.OK)
        {
            Assert.True(asked.Code is "small-refund-too-large" or "nothing-to-refund" or "card-of-other-province", asked.Text);
            return;
        }

        var reserve = _onCards.Values.Sum(c => c.Reserve);
        _coins.Return((int)reserve);
        var (paid, bonus) = (_coins.Refundable, _coins.Bonus);
        Log.Add($"small refund of {paid}");
        var done = (await _counter.Cashier.PostApproved(path, new { }, _counter.Second)).Is(HttpStatusCode.Created).Body["refund"]!;
        Assert.Equal(
            (paid, bonus),
            (done["amount"]!.GetValue<long>() + done["toUnits"]!.GetValue<long>(), done["bonusLapsed"]!.GetValue<long>())
        );
        Assert.Equal((asked.Number("amount"), asked.Number("bonusLapsed")), (done["amount"]!.GetValue<long>(), (long)bonus));
        _coins.TakeBack(paid, bonus);
        PaidOut += paid;
        Lapsed += bonus;
        foreach (var card in _cards)
        {
            Change(card, reserve: -_onCards[card.Id].Reserve);
        }
    }

    /// <summary>Of some customers with several cards, one that holds money is lost.</summary>
    private async Task<IssuedCard?> LoseOne()
    {
        var lost = _random.Next(2) == 0 ? _cards.Skip(1).FirstOrDefault(c => _onCards[c.Id].Purse > 0) : null;
        if (lost is not null)
        {
            Log.Add("lose a card");
            await _counter.Host.Change<Card>(c => c.Id == lost.Id, c => c.State = CardState.Lost);
        }

        return lost;
    }

    private async Task Close(IssuedCard? lost)
    {
        Log.Add("close");
        var closing = (await _counter.OpenClosing(Main)).Is(HttpStatusCode.Created)["closingId"];
        foreach (var card in _cards.Where(c => c != lost))
        {
            (await _counter.TakeCard(closing, card)).Is(HttpStatusCode.OK);
        }

        var (path, body) = ($"/v1/closings/{closing}/end", new { feeWaived = true });
        var tried = (await _counter.Cashier.Post($"{path}?dryRun=true", body)).Is(HttpStatusCode.OK);
        var done = (await _counter.Cashier.PostApproved(path, body, _counter.Second)).Is(HttpStatusCode.Created);
        _coins.Return((int)_onCards.Values.Sum(c => c.Reserve));
        Assert.Equal((_coins.Bonus, tried.Number("bonusLapsed")), (done.Number("bonusLapsed"), done.Number("bonusLapsed")));
        LapseBonus();
        var view = await Eventually.Holds(
            async () => (await _counter.Cashier.Get($"/v1/closings/{closing}")).Body,
            v => lost is null || v["purseSwept"]!.GetValue<long>() > 0
        );
        if (lost is not null)
        {
            Assert.Equal(_onCards[lost.Id].Purse, view["purseSwept"]!.GetValue<long>());
            _coins.Return((int)_onCards[lost.Id].Purse);
            LapseBonus();
        }

        Assert.Equal(_lapsedAtEnd, view["bonusLapsed"]!.GetValue<long>());
        _closing = closing;
    }

    private string _closing = "";
    private long _lapsedAtEnd;

    private void LapseBonus()
    {
        var bonus = _coins.Bonus;
        _coins.TakeBack(0, bonus);
        Lapsed += bonus;
        _lapsedAtEnd += bonus;
    }

    private async Task SettleDeposits()
    {
        var path = $"/v1/closings/{_closing}/deposit-refunds";
        var done = await _counter.Cashier.PostApproved(path, new { way = "cash" }, _counter.Second);
        if (done.Status == HttpStatusCode.Created)
        {
            PaidOut += done.Number("refund");
            Forfeited += done.Number("forfeit");
        }
        else
        {
            done.IsRefused(HttpStatusCode.Conflict, "no-deposits");
        }
    }

    private async Task IsEmpty()
    {
        await using var db = await _counter.Host.OpenDatabase();
        long[] owners = [Main.CustomerId, .. _cards.Select(c => c.Id)];
        short[] kinds =
        [
            IssuanceAccounts.Quota.Number,
            IssuanceAccounts.Reserve.Number,
            IssuanceAccounts.Card.Number,
            IssuanceAccounts.Deposit.Number,
        ];
        var transit = db.Set<Transaction>().Where(t => t.CustomerId == Main.CustomerId).Select(t => t.Id);
        var left = await db.Set<Account>()
            .Where(a => a.Balance != 0)
            .Where(a =>
                (owners.Contains(a.Owner) && kinds.Contains(a.Kind))
                || (a.Kind == RefundAccounts.InTransit.Number && transit.Contains(a.Owner))
            )
            .ToListAsync();
        Assert.True(left.Count == 0, string.Join(", ", left.Select(a => $"{a.Kind} {a.Balance}")));
    }
}
