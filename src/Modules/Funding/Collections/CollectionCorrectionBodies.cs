using Counter.Documents;
using Counter.Payments;
using FluentValidation;
using Platform.Documents;

namespace Funding.Collections;

/// <summary>Repeats the details of the collection. They protect against a mistyped serial number.</summary>
/// <param name="CardNumber" example="0000019000000000">The card of the payment.</param>
/// <param name="PaymentMethod" example="cash">The payment method.</param>
/// <param name="Amount" example="50000">The received amount in fen.</param>
public sealed record CorrectCollectionRequest(string CardNumber, PaymentMethod PaymentMethod, long Amount);

/// <summary>A booked void or reversal.</summary>
/// <param name="SerialNumber" example="00030150224112025607">The serial number of the correction.</param>
/// <param name="CorrectsSerialNumber" example="00030150224112025508">The corrected collection.</param>
/// <param name="CardNumber" example="0000019000000000">The card.</param>
/// <param name="CustomerCode" example="1900000009">The customer.</param>
/// <param name="Amount" example="50000">The amount in fen given back to the customer.</param>
/// <param name="Bonus" example="500">Fen of bonus taken back.</param>
/// <param name="Points" example="500">Points taken back.</param>
/// <param name="QuotaBalance" example="100000">The new quota balance in fen.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When it was booked.</param>
/// <param name="Documents">The printable documents.</param>
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
