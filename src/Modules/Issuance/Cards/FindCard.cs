using Customers.Reach;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Documents;
using Platform.Languages;

namespace Issuance.Cards;

/// <summary>A card by its number: whose it is, and its state.</summary>
/// <param name="CustomerCode">The customer code.</param>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Type">The card type.</param>
/// <param name="State">The state of the card.</param>
/// <param name="CustomerName">The holder's name, masked for a customer of another branch.</param>
/// <param name="ValidTo">The last day of its validity.</param>
public sealed record CardSummary(
    string CardNumber,
    CardType Type,
    CardState State,
    string CustomerCode,
    string CustomerName,
    DateOnly ValidTo
);

/// <summary>Finds a card by the number that was typed or read.</summary>
internal static class FindCard
{
    internal sealed record Query(string CardNumber) : IQuery<CardSummary>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/cards/{cardNumber}",
                    (string cardNumber, Sender send, CancellationToken ct) => send.Query(new Query(cardNumber), ct)
                )
                .WithName(nameof(FindCard))
                .WithSummary("Get a card by number")
                .WithDescription("A card of another branch shows its state and the masked name of its holder.")
                .RequireRight(CustomerRights.ShowCustomer)
                .Reads<CardSummary>()
                .ProducesRefusals<CardNotFound, TooManyLookUps>();
    }

    internal sealed class Handler(AppDb db, CustomerReach reach) : QueryHandler<Query, CardSummary>
    {
        protected override async Task<Outcome<CardSummary>> Read(Query query, CancellationToken ct)
        {
            var view = await db.CardView(query.CardNumber, ct);
            var whole = await reach.LookUp(view?.Customer, ct);
            if (whole.Refusal is { } refusal)
            {
                return refusal;
            }

            if (view is not var (card, customer))
            {
                return new CardNotFound();
            }

            var name = whole.Value ? customer.Name : Mask.Name(customer.Name);
            return new CardSummary(card.Number, card.Type, card.State, customer.Code, name, card.ValidTo);
        }
    }
}
