using Counter.Documents;
using FluentValidation;
using Funding.Collections;
using Platform.Cards.Operations;
using Platform.Documents;

namespace Funding.Recharges;

/// <summary>A payment into the quota account, and the part of it to load immediately.</summary>
/// <param name="Payment">The payment.</param>
/// <param name="Load">The part to load onto the chip. The default is the whole payment with bonus and points.</param>
public sealed record RechargeAndLoadRequest(CollectPaymentRequest Payment, LoadShare? Load = null);

/// <summary>The part of the quota account that a recharge loads.</summary>
/// <param name="Amount" example="30000">Amount in fen, 1 to 100,000,000; at most the quota balance after the payment.</param>
/// <param name="Points" example="0">Quota points, 0 to 1,000,000,000; 0 for a card of another province.</param>
public sealed record LoadShare(long Amount, long Points = 0);

/// <summary>A payment is booked into the quota account and ready to load. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="SerialNumber" example="00030150224112025607">The payment's serial number on the receipt. Allocation and load have their
/// own.</param>
/// <param name="CardNumber" example="0000019000000000">The card that must be in the reader.</param>
/// <param name="CustomerCode" example="1900000009">The card's customer.</param>
/// <param name="Amount" example="50000">The received amount in fen.</param>
/// <param name="Bonus" example="500">The bonus of the contract in fen.</param>
/// <param name="Points" example="500">The points of the contract.</param>
/// <param name="QuotaBalance" example="150500">The quota balance in fen after the payment and before the load.</param>
/// <param name="Load">The part to allocate to the card and load.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When it was booked.</param>
/// <param name="Documents">The printable documents. The load slip belongs to the load's transaction.</param>
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
