using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Issuance.Replacing;

/// <summary>How a replacement stands.</summary>
/// <param name="OldCardNumber">The card that was replaced.</param>
/// <param name="NewCardNumber">The card in its place.</param>
/// <param name="Reason">What the old card was: lost, damaged or expired.</param>
/// <param name="ReplacedAt">When the new card was issued; null while its chip is being written.</param>
/// <param name="TransferDueAt">From when the old purse moves, and the new card loads.</param>
/// <param name="TransferredAt">When the old purse moved; null while it waits.</param>
/// <param name="Amount">Fen that moved from the old purse into the new card's reserve account.</param>
/// <param name="Points">Points that moved with it.</param>
/// <param name="SerialNumber">Of the transfer; null where nothing was left to move.</param>
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
                .WithSummary("Show a card's replacement")
                .WithDescription("By the number of the old card, else by that of the new one.")
                .RequireRight(IssuanceRights.ShowCustomer)
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
