using FluentValidation;
using Platform.CardOperations;

namespace Funding.Recharges;

/// <summary>A payment into the quota account, and what of it is loaded at once.</summary>
/// <param name="Payment">What is received.</param>
/// <param name="Load">What goes onto the chip; left out: all that the payment brings, bonus and points with it.</param>
public sealed record RechargeAndLoadRequest(CollectPaymentRequest Payment, LoadShare? Load = null);

/// <summary>The part of the quota account that a recharge loads.</summary>
/// <param name="Amount" example="30000">Fen, 1 to 100,000,000: no more than the quota account holds after the payment.</param>
/// <param name="Points" example="0">Points of the quota account, 0 to 1,000,000,000; none go onto a card of another province (FC-15.3).</param>
public sealed record LoadShare(long Amount, long Points = 0);

/// <summary>A payment is booked into the quota account and about to be loaded: hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="SerialNumber" example="00030150224112025607">The payment's number, on the receipt; allocation and load get their own.</param>
/// <param name="CardNumber" example="0000019000000000">The card that must be in the reader.</param>
/// <param name="CustomerCode" example="1900000009">The card's customer.</param>
/// <param name="Amount" example="50000">Fen that were received.</param>
/// <param name="Bonus" example="500">Fen that the contract gives on top.</param>
/// <param name="Points" example="500">Points that the contract gives.</param>
/// <param name="QuotaBalance" example="150500">The quota account after the payment and before the load, in fen.</param>
/// <param name="Load">What will be set aside for the card and loaded.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's date it was booked on.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When it was booked.</param>
/// <param name="Documents">What can be printed now; the load slip belongs to the load's transaction.</param>
public sealed record RechargeAndLoadStarted(
    CardOperationTicket Operation,
    string SerialNumber,
    string CardNumber,
    string CustomerCode,
    long Amount,
    long Bonus,
    long Points,
    long QuotaBalance,
    LoadShare Load,
    DateOnly BusinessDate,
    DateTime BookedAt,
    IReadOnlyList<DocumentLink> Documents
);

internal sealed class RechargeAndLoadBodyValidator : AbstractValidator<RechargeAndLoadRequest>
{
    public RechargeAndLoadBodyValidator()
    {
        RuleFor(b => b.Payment).NotNull().SetValidator(new CollectPaymentBodyValidator());
        When(
            b => b.Load is not null,
            () =>
            {
                RuleFor(b => b.Load!.Amount).InclusiveBetween(1, Limits.CollectionFen);
                RuleFor(b => b.Load!.Points).InclusiveBetween(0, Limits.Points);
            }
        );
    }
}
