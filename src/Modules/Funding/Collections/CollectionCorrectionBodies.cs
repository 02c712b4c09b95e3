using FluentValidation;
using Platform;

namespace Funding;

/// <summary>Says again what was collected, so that no other collection is taken back by a mistyped serial number (FC-17.1).</summary>
/// <param name="CardNumber" example="0000019000000000">The card the payment was taken by.</param>
/// <param name="PaymentMethod" example="cash">How it was paid.</param>
/// <param name="Amount" example="50000">Fen that were received.</param>
public sealed record CorrectCollectionRequest(string CardNumber, PaymentMethod PaymentMethod, long Amount);

/// <summary>A booked void or reversal.</summary>
/// <param name="SerialNumber" example="00030150224112025607">Its own serial number.</param>
/// <param name="CorrectsSerialNumber" example="00030150224112025508">The collection it takes back.</param>
/// <param name="CardNumber" example="0000019000000000">The card.</param>
/// <param name="CustomerCode" example="1900000009">The customer.</param>
/// <param name="Amount" example="50000">Fen given back to the customer.</param>
/// <param name="Bonus" example="500">Fen of bonus taken back.</param>
/// <param name="Points" example="500">Points taken back.</param>
/// <param name="QuotaBalance" example="100000">The quota account after it, in fen.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's date it was booked on.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When it was booked.</param>
/// <param name="Documents">What can be printed.</param>
public sealed record CollectionCorrectionResponse(
    string SerialNumber,
    string CorrectsSerialNumber,
    string CardNumber,
    string CustomerCode,
    long Amount,
    long Bonus,
    long Points,
    long QuotaBalance,
    DateOnly BusinessDate,
    DateTime BookedAt,
    IReadOnlyList<DocumentLink> Documents
);

/// <summary>A command that takes a collection back.</summary>
internal abstract record CorrectCollectionCommand(string SerialNumber, CorrectCollectionRequest Body)
    : IBookingCommand<CollectionCorrectionResponse>;

internal abstract class CorrectCollectionValidator<TCommand> : AbstractValidator<TCommand>
    where TCommand : CorrectCollectionCommand
{
    protected CorrectCollectionValidator()
    {
        RuleFor(c => c.SerialNumber).SerialNumber();
        RuleFor(c => c.Body.CardNumber).CardNumber();
        RuleFor(c => c.Body.Amount).InclusiveBetween(1, Limits.CollectionFen);
    }
}
