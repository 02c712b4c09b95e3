using Customers.Reach;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Cryptography.Layouts;
using Platform.Documents;

namespace Issuance.Restrictions;

/// <summary>The restrictions last written onto the chip. Null means no limit.</summary>
/// <param name="CardNumber">16 digits.</param>
/// <param name="OilTypes">Allowed oil types as bits 0 to 15; null allows all.</param>
/// <param name="AreaType">The type of the area codes.</param>
/// <param name="Areas">Area codes of 8 digits.</param>
/// <param name="VolumePerFill">Litres.</param>
/// <param name="FillsPerDay">Number.</param>
/// <param name="AmountPerDay">Fen.</param>
/// <param name="AmountPerFill">Fen.</param>
/// <param name="Plate">The vehicle's plate.</param>
public sealed record CardRestrictions(
    string CardNumber,
    int? OilTypes,
    AreaType AreaType,
    IReadOnlyList<string> Areas,
    int? VolumePerFill,
    int? FillsPerDay,
    long? AmountPerDay,
    long? AmountPerFill,
    string? Plate
);

/// <summary>Shows what a card may be used for (FC-40.1), from what is kept of it: the card need not be there.</summary>
internal static class GetRestrictions
{
    internal sealed record Query(string CardNumber) : IQuery<CardRestrictions>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/cards/{cardNumber}/restrictions",
                    (string cardNumber, Sender send, CancellationToken ct) => send.Query(new Query(cardNumber), ct)
                )
                .WithName(nameof(GetRestrictions))
                .WithSummary("Get a card's restrictions")
                .RequireRight(CustomerRights.ShowCustomer)
                .Reads<CardRestrictions>()
                .ProducesRefusals<CardNotFound, CustomerOutOfReach, TooManyLookUps>();
    }

    internal sealed class Handler(AppDb db, CustomerReach reach) : QueryHandler<Query, CardRestrictions>
    {
        protected override async Task<Outcome<CardRestrictions>> Read(Query query, CancellationToken ct)
        {
            var view = await db.CardView(query.CardNumber, ct);
            if (await reach.Whole(view?.Customer, ct) is { } refusal)
            {
                return refusal;
            }

            if (view is not { Card: var card })
            {
                return new CardNotFound();
            }

            var kept = await db.Set<CardRestriction>().SingleOrDefaultAsync(r => r.CardId == card.Id, ct);
            var file = (kept is null ? null : RestrictionFile.Decode(Convert.FromHexString(kept.File))) ?? RestrictionFile.None;
            return new CardRestrictions(
                card.Number,
                file.OilTypes == 0xFFFF ? null : file.OilTypes,
                file.AreaType,
                file.Areas,
                file.VolumePerFill,
                file.FillsPerDay,
                file.AmountPerDay,
                file.AmountPerFill,
                file.Plate
            );
        }
    }
}
