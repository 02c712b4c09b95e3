using Customers.Reach;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;

namespace Issuance.Replacing;

/// <summary>A replacement of a card.</summary>
/// <param name="OldCardNumber">The old card.</param>
/// <param name="NewCardNumber">The new card.</param>
/// <param name="Reason">The state of the old card: lost, damaged or expired.</param>
/// <param name="ReplacedAt">When the new card was issued; null while its chip is written.</param>
/// <param name="TransferDueAt">When the old purse moves and the new card can load.</param>
/// <param name="TransferredAt">When the old purse moved; null before.</param>
/// <param name="Amount">The amount in fen that moved from the old purse to the new card's reserve account.</param>
/// <param name="Points">The points that moved.</param>
/// <param name="SerialNumber">The serial number of the transfer; null if nothing moved.</param>
public sealed record ReplacementView(
    string OldCardNumber,
    string NewCardNumber,
    CardState Reason,
    ReplacementState State,
    DateTimeOffset? ReplacedAt,
    DateTimeOffset? TransferDueAt,
    DateTimeOffset? TransferredAt,
    long Amount,
    long Points,
    string? SerialNumber
);

/// <summary>Shows the replacement of a card, by the old card's number or the new one's (FC-36.3).</summary>
internal static class GetReplacement
{
    internal sealed record Query(string CardNumber) : IQuery<ReplacementView>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/cards/{cardNumber}/replacement",
                    (string cardNumber, Sender send, CancellationToken ct) => send.Query(new Query(cardNumber), ct)
                )
                .WithName(nameof(GetReplacement))
                .WithSummary("Get a card's replacement")
                .WithDescription("Gets a replacement by the number of the old card or of the new one.")
                .RequireRight(CustomerRights.ShowCustomer)
                .Reads<ReplacementView>()
                .ProducesRefusals<CardNotFound, NotFound, TooManyLookUps>();
    }

    internal sealed class Handler(AppDb db, CustomerReach reach) : QueryHandler<Query, ReplacementView>
    {
        protected override async Task<Outcome<ReplacementView>> Read(Query query, CancellationToken ct)
        {
            var view = await db.CardView(query.CardNumber, ct);
            if ((await reach.LookUp(view?.Customer, ct)).Refusal is { } tooMany)
            {
                return tooMany;
            }

            if (view is not { Card: var card })
            {
                return new CardNotFound();
            }

            var found = await db.Set<CardReplacement>()
                .Where(r => r.OldCardId == card.Id || r.NewCardId == card.Id)
                .OrderByDescending(r => r.Id)
                .ToListAsync(ct);
            var shown = found.Find(r => r.OldCardId == card.Id) ?? found.FirstOrDefault();
            return shown is null ? new NotFound("replacement") : await View(shown, ct);
        }

        private async Task<ReplacementView> View(CardReplacement row, CancellationToken ct)
        {
            var numbers = await db.Set<Card>()
                .Where(c => c.Id == row.OldCardId || c.Id == row.NewCardId)
                .ToDictionaryAsync(c => c.Id, c => c.Number, ct);
            return new ReplacementView(
                numbers[row.OldCardId],
                numbers[row.NewCardId],
                row.Reason,
                row.State,
                row.ReplacedAt.AtUtc(),
                row.TransferDueAt.AtUtc(),
                row.TransferredAt.AtUtc(),
                row.Amount,
                row.Points,
                row.TransactionId is { } id ? SerialNumber.Of(id) : null
            );
        }
    }
}
