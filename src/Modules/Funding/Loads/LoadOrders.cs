using Funding.Collections;
using Funding.Recharges;
using Platform.Cards.Cryptography.Layouts;
using Platform.Cards.Cryptography.Profiles;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Funding.Loads;

/// <summary>
/// What a load remembers. Of a recharge that has still to book what was paid, the payment; of one that takes its amount from the quota account first,
/// what else it takes from there.
/// </summary>
internal sealed record LoadOrder(
    long CardId,
    long CustomerId,
    string CardNumber,
    string CardIssuer,
    long Amount,
    CollectPaymentRequest? Payment = null,
    QuotaShare? FromQuota = null
)
{
    /// <summary>Something is booked before anything is asked of the chip, whatever becomes of the load.</summary>
    public bool BooksFirst => Payment is not null || FromQuota is not null;
}

/// <summary>What a recharge sets aside for the card before it loads: the load's amount, and these points.</summary>
/// <param name="PaymentId">The transaction of the payment it belongs to.</param>
internal sealed record QuotaShare(long PaymentId, long Points);

/// <summary>Makes the card operations of loads: money first, then points.</summary>
internal sealed class LoadOrders(CardKeyRing keys, TimeProvider clock)
{
    /// <summary>The terminal a counter's card operations name: 12 hex digits, in the chip's log and under its MACs.</summary>
    public const string Terminal = "000000000001";

    public long Maximum(CardApplication application) => keys.Profile.Application(application).MaximumBalance;

    /// <summary>A card of another province (异地卡) takes no points (FC-15.3).</summary>
    public bool TakesPoints(string cardIssuer) => cardIssuer == keys.Profile.IssuerCode;

    /// <summary>Of these reserve points, those that go onto the card with a load.</summary>
    public long PointsOf(Card card, long reserve) => TakesPoints(card.IssuerCode) ? Math.Min(reserve, Maximum(CardApplication.Points)) : 0;

    public NewCardOperation Money(Card card, long amount)
    {
        ArgumentNullException.ThrowIfNull(card);
        return Make(LoadFlow.Money, CardApplication.Money, Of(card, amount));
    }

    public NewCardOperation Points(LoadOrder money, long points) =>
        Make(LoadFlow.Points, CardApplication.Points, money with { Amount = points, Payment = null, FromQuota = null });

    public NewCardOperation PointsAlone(Card card, long points)
    {
        ArgumentNullException.ThrowIfNull(card);
        return Points(Of(card, 0), Math.Min(points, Maximum(CardApplication.Points)));
    }

    /// <summary>Loads what a recharge has put into the reserve account; with a payment, that is booked first, as the operation begins.</summary>
    public NewCardOperation Recharge(LoadOrder order) => Make(RechargeFlow.Name, CardApplication.Money, order);

    /// <summary>Sets aside for the card what was paid into the quota account, and loads it.</summary>
    public NewCardOperation RechargeAndLoad(LoadOrder order) => Make(RechargeAndLoadFlow.Name, CardApplication.Money, order);

    public static LoadOrder Of(Card card, long amount)
    {
        ArgumentNullException.ThrowIfNull(card);
        return new LoadOrder(card.Id, card.CustomerId, card.Number, card.IssuerCode, amount);
    }

    private NewCardOperation Make(string kind, CardApplication application, LoadOrder order)
    {
        var serial = PublicFile.SerialOf(keys.Profile, order.CardNumber);
        var purse = new PurseOrder(PurseDirection.Load, application, serial, order.Amount, Terminal);
        var start = (ScriptStep.Send)PurseScript.Start(purse, keys.Context(clock), paysFirst: order.BooksFirst);
        return new NewCardOperation(kind, order.CardId, order.CustomerId, order.CardNumber, order.Amount, order, start);
    }
}
