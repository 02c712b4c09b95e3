using Platform.Approvals;
using Platform.Languages;

namespace Issuance.Cards;

/// <summary>What an approver is told about a card, its customer, and the amounts of issuing one (PL-02.6).</summary>
public static class CardSubject
{
    public static ApprovalSubject Of(CardView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Of(view.Card, view.Customer);
    }

    public static ApprovalSubject Of(Card card, Customer customer)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(customer);
        return new ApprovalSubject
        {
            CustomerCode = customer.Code,
            CustomerName = customer.Name,
            CardNumber = card.Number,
        };
    }

    /// <summary>An amount that is received beside the one that is set.</summary>
    internal static ApprovalFact Fee(string en, string zh, long received, long set) =>
        new(en, zh, $"{Figures.Yuan(received)} (set: {Figures.Yuan(set)})", $"{Figures.Yuan(received)}（标准：{Figures.Yuan(set)}）");
}
