using FluentValidation;
using Funding.Collections;
using Funding.Invoices;
using Issuance.Issuing;
using Platform.Cards.Operations;

namespace Funding.Bearer;

/// <summary>Bearer cards to sell.</summary>
/// <param name="Count" example="1">1 to 500 cards, with a range of numbers.</param>
/// <param name="Fees">The fees for each card, without its first recharge.</param>
/// <param name="FirstRecharge">The first recharge of each card, written into its purse. An invoice is possible for a single card
/// only.</param>
public sealed record SellBearerCardsRequest(int Count, IssueFees Fees, CollectPaymentRequest FirstRecharge);

/// <summary>A sale of bearer cards.</summary>
/// <param name="SaleId">Decimal digits.</param>
/// <param name="Count">The number of cards to issue.</param>
/// <param name="Issued">The number of issued cards.</param>
/// <param name="FirstCardNumber">The first number of the range.</param>
/// <param name="LastCardNumber">The last number of the range. A later number replaces a chip that could not be written.</param>
/// <param name="CardFee">工本费 of each card, fen.</param>
/// <param name="Deposit">押金 of each card, fen.</param>
/// <param name="FirstRecharge">Fen paid into each card.</param>
/// <param name="Cards">The started cards.</param>
public sealed record BearerSaleView(
    string SaleId,
    int Count,
    int Issued,
    string FirstCardNumber,
    string LastCardNumber,
    long CardFee,
    long Deposit,
    long FirstRecharge,
    IReadOnlyList<BearerSaleCardView> Cards
);

/// <summary>One card of a sale.</summary>
/// <param name="Number">From 1, in the order of the sale.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="OperationId">The card operation that issues it.</param>
/// <param name="State">The state of the issue.</param>
/// <param name="RechargeSerialNumber">The serial number of the first recharge; null before it is booked.</param>
public sealed record BearerSaleCardView(
    int Number,
    string CardNumber,
    string OperationId,
    CardOperationState State,
    string? RechargeSerialNumber
);

/// <summary>The next card of a sale is ready to be issued and recharged. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket. The first recharge runs under the same ticket.</param>
/// <param name="SaleId">Decimal digits.</param>
/// <param name="Number">From 1, in the order of the sale.</param>
/// <param name="CardNumber">The future card number.</param>
/// <param name="CustomerCode">The code of its account.</param>
/// <param name="ServiceFee">The service fee that is charged with it, fen.</param>
/// <param name="LoadAmount">Fen that will be in the purse: the first recharge and its bonus.</param>
public sealed record BearerCardStarted(
    CardOperationTicket Operation,
    string SaleId,
    int Number,
    string CardNumber,
    string CustomerCode,
    long ServiceFee,
    long LoadAmount
);

internal sealed class SellBearerCardsRequestValidator : AbstractValidator<SellBearerCardsRequest>
{
    public SellBearerCardsRequestValidator()
    {
        RuleFor(b => b.Count).InclusiveBetween(1, BearerSale.MaxCards);
        RuleFor(b => b.Fees).NotNull().SetValidator(new IssueFeesValidator());
        RuleFor(b => b.FirstRecharge).NotNull().SetValidator(new CollectPaymentBodyValidator());
        RuleFor(b => b.FirstRecharge.Invoice).Null().When(b => b is { Count: > 1, FirstRecharge: not null });
    }
}
