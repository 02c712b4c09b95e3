using Access;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Issuance;

/// <summary>A card in a list.</summary>
/// <param name="CardNumber" example="1000110000000013">16 digits.</param>
/// <param name="CustomerCode" example="1000000016">Whose card it is.</param>
/// <param name="ValidFrom" example="2026-11-22">The first day of its validity.</param>
/// <param name="ValidTo" example="2031-11-22">The last day of its validity.</param>
/// <param name="Plate" example="京A12345">The vehicle it is for; null: any.</param>
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

/// <summary>Finds cards of the own branch and those below by number, state, kind, customer and branch (FC-43).</summary>
internal static class ListCards
{
    internal sealed record Query(string? Number, string? State, string? Type, string? CustomerCode, string? BranchCode, PageRequest Page)
        : IQuery<Page<CardItem>>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/cards",
                    (
                        string? number,
                        string? state,
                        string? type,
                        string? customerCode,
                        string? branchCode,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(number, state, type, customerCode, branchCode, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListCards))
                .WithSummary("List cards")
                .WithDescription(
                    "Those that your own branch or one below it issued, or the one branch `branchCode`; by the start of the `number`, by "
                        + "`state`, `type` and `customerCode`; oldest first. Reservations that were given up are left out."
                )
                .RequireRight(IssuanceRights.ShowCustomer)
                .Reads<Page<CardItem>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(BranchOutOfReach));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Number).Matches("^[0-9]{1,16}$");
            RuleFor(q => q.State).NameOf<Query, CardState>();
            RuleFor(q => q.Type).NameOf<Query, CardType>();
            RuleFor(q => q.CustomerCode!).CustomerCode().When(q => q.CustomerCode is not null);
            RuleFor(q => q.BranchCode).BranchCode();
        }
    }

    internal sealed class Handler(AppDb db, BranchScope scope) : QueryHandler<Query, Page<CardItem>>
    {
        protected override async Task<Outcome<Page<CardItem>>> Read(Query query, CancellationToken ct)
        {
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

        private static IQueryable<Card> Matching(Query query, IQueryable<Card> cards)
        {
            if (query.Number is { } number)
            {
                cards = cards.Where(c => c.Number.StartsWith(number));
            }

            if (Json.Value<CardState>(query.State) is { } state)
            {
                cards = cards.Where(c => c.State == state);
            }

            return Json.Value<CardType>(query.Type) is { } type ? cards.Where(c => c.Type == type) : cards;
        }
    }
}
