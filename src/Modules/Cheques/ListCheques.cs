using Access.Branches;
using FluentValidation;
using Issuance.Cards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cheques;

/// <summary>支票查询 (FC-34): the branch's cheques, or those of a branch below it, oldest first.</summary>
internal static class ListCheques
{
    internal sealed record Query(
        string? BranchCode,
        DateOnly? From,
        DateOnly? To,
        string? CardNumber,
        string? ChequeNumber,
        string? Standing,
        PageRequest Page
    ) : IQuery<Page<ChequeItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/cheques",
                    (
                        string? branchCode,
                        DateOnly? from,
                        DateOnly? to,
                        string? cardNumber,
                        string? chequeNumber,
                        string? standing,
                        int? limit,
                        string? after,
                        Sender send,
                        CancellationToken ct
                    ) => send.Query(new Query(branchCode, from, to, cardNumber, chequeNumber, standing, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListCheques))
                .WithSummary("List a branch's cheques")
                .WithDescription(
                    "Filters: date of receipt (from, to), card number, cheque number, and standing (received, cleared, used or bounced). "
                        + "A higher branch selects a lower one with branchCode."
                )
                .RequireRight(ChequeRights.See)
                .Reads<Page<ChequeItem>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(ChequeOfOtherBranch));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.BranchCode).BranchCode();
            RuleFor(q => q.CardNumber!).CardNumber().When(q => q.CardNumber is not null);
            RuleFor(q => q.ChequeNumber).PlainText(Limits.Number);
            RuleFor(q => q.Standing).NameOf<Query, ChequeStanding>();
        }
    }

    internal sealed class Handler(AppDb db, BranchTree branches, RequestContext request) : QueryHandler<Query, Page<ChequeItem>>
    {
        protected override async Task<Outcome<Page<ChequeItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var branch = await Branch(query.BranchCode, ct);
            if (branch.Refusal is { } refusal)
            {
                return refusal;
            }

            var (branchId, after) = (branch.Value, query.Page.AfterId);
            var rows = db.Rows(Found(query, db.Set<Cheque>().Where(c => c.BranchId == branchId && c.Id > after)).OrderBy(c => c.Id));
            return await query.Page.Read(rows, r => r.Cheque.Id, ChequeItems.Item, ct);
        }

        private async Task<Outcome<long>> Branch(string? code, CancellationToken ct)
        {
            if (code is null)
            {
                return request.Caller.BranchId;
            }

            return await branches.FindByCode(code, ct) is not { } place ? new NotFound("branch")
                : await branches.IsSameOrSuperior(request.Caller.BranchId, place.Id, ct) ? place.Id
                : new ChequeOfOtherBranch();
        }

        private IQueryable<Cheque> Found(Query query, IQueryable<Cheque> cheques)
        {
            if (query.From is { } from)
            {
                cheques = cheques.Where(c => c.ReceivedOn >= from);
            }

            if (query.To is { } to)
            {
                cheques = cheques.Where(c => c.ReceivedOn <= to);
            }

            if (query.ChequeNumber is { } number)
            {
                cheques = cheques.Where(c => c.Number == number);
            }

            if (query.CardNumber is { } card)
            {
                // By any card of the customer: a cheque is the customer's, whichever card it was received for.
                var customers = db.Set<Card>().Where(c => c.Number == card).Select(c => c.CustomerId);
                cheques = cheques.Where(c => customers.Contains(c.CustomerId));
            }

            return Json.Value<ChequeStanding>(query.Standing) is { } standing ? cheques.Of(db, standing) : cheques;
        }
    }
}
