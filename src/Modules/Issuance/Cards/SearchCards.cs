using Access;
using Access.Branches;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Issuance.Cards;

/// <summary>A card in a list.</summary>
/// <param name="CardNumber" example="1000110000000013">16 digits.</param>
/// <param name="CustomerCode" example="1000000016">The code of the card's customer.</param>
/// <param name="ValidFrom" example="2026-11-22">The first day of its validity.</param>
/// <param name="ValidTo" example="2031-11-22">The last day of its validity.</param>
/// <param name="Plate" example="京A12345">The plate of the card's vehicle; null for any vehicle.</param>
/// <param name="BranchCode" example="10000001">The branch that issued it.</param>
public sealed record CardItem(
    string CardNumber,
    CardType Type,
    CardState State,
    string CustomerCode,
    string BranchCode,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    string? Plate
);

/// <summary>The search criteria. An omitted criterion does not filter.</summary>
/// <param name="Number" example="100011">The first 1 to 16 digits of the card number.</param>
/// <param name="State" example="active">The state of the card.</param>
/// <param name="Type" example="personalSingle">The card type.</param>
/// <param name="CustomerCode" example="1000000016">The customer of the cards.</param>
/// <param name="BranchCode" example="10000001">One branch. The default is your own and those below it.</param>
/// <param name="Limit" example="100">1 to 1,000; the default is 100.</param>
/// <param name="After" example="AAAAAAAAAAE">The cursor of the previous page.</param>
public sealed record SearchCardsRequest(
    string? Number = null,
    CardState? State = null,
    CardType? Type = null,
    string? CustomerCode = null,
    string? BranchCode = null,
    int? Limit = null,
    string? After = null
)
{
    internal PageRequest Page => new(Limit, After);
}

/// <summary>Finds cards of the own branch and those below by number, state, kind, customer and branch (FC-43).</summary>
internal static class SearchCards
{
    internal sealed record Query(SearchCardsRequest Body) : IQuery<Page<CardItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/cards/searches", (SearchCardsRequest body, Sender send, CancellationToken ct) => send.Query(new Query(body), ct))
                .WithName(nameof(SearchCards))
                .WithSummary("Search cards")
                .WithDescription("Finds cards issued by your own branch or one below it, oldest first. Abandoned reservations are omitted.")
                .RequireRight(CustomerRights.ShowCustomer)
                .Reads<Page<CardItem>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Body.Number).Matches("^[0-9]{1,16}$");
            RuleFor(q => q.Body.State).IsInEnum();
            RuleFor(q => q.Body.Type).IsInEnum();
            RuleFor(q => q.Body.CustomerCode!).CustomerCode().When(q => q.Body.CustomerCode is not null);
            RuleFor(q => q.Body.BranchCode).BranchCode();
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope) : QueryHandler<Query, Page<CardItem>>
    {
        protected override async Task<Outcome<Page<CardItem>>> Read(Query sent, CancellationToken ct)
        {
            var query = sent.Body;
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var found = await scope.Find(query.BranchCode, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var branches = db.Set<Branch>().Within(found.Value, query.BranchCode);
            var after = query.Page.AfterId;
            var rows =
                from card in Matching(query, db.Set<Card>()).Where(c => c.Id > after && c.State != CardState.Released)
                join branch in branches on card.BranchId equals branch.Id
                join customer in db.Set<Customer>() on card.CustomerId equals customer.Id
                where query.CustomerCode == null || customer.Code == query.CustomerCode
                orderby card.Id
                select new
                {
                    Card = card,
                    Branch = branch.Code,
                    Customer = customer.Code,
                };
            return await query.Page.Read(
                rows,
                r => r.Card.Id,
                r => new CardItem(
                    r.Card.Number,
                    r.Card.Type,
                    r.Card.State,
                    r.Customer,
                    r.Branch,
                    r.Card.ValidFrom,
                    r.Card.ValidTo,
                    r.Card.Plate
                ),
                ct
            );
        }

        private static IQueryable<Card> Matching(SearchCardsRequest query, IQueryable<Card> cards)
        {
            if (query.Number is { } number)
            {
                cards = cards.Where(c => c.Number.StartsWith(number));
            }

            if (query.State is { } state)
            {
                cards = cards.Where(c => c.State == state);
            }

            return query.Type is { } type ? cards.Where(c => c.Type == type) : cards;
        }
    }
}
