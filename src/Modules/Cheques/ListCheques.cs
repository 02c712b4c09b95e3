using Access;
using FluentValidation;
using Issuance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;

namespace Cheques;

/// <summary>What cheques are looked for; each part may be left out.</summary>
/// <param name="BranchCode">A branch below the caller's; left out: the caller's own.</param>
internal sealed record ChequeFilter(
    string? BranchCode,
    DateOnly? From,
    DateOnly? To,
    string? CardNumber,
    string? ChequeNumber,
    string? Standing
);

/// <summary>支票查询 (FC-34): the branch's cheques, or those of a branch below it, oldest first.</summary>
internal static class ListCheques
{
    internal sealed record Query(ChequeFilter Filter, PageRequest Page) : IQuery<Page<ChequeItem>>;

    internal sealed class Endpoint : IEndpointModule
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
                    ) =>
                        send.Query(
                            new Query(
                                new ChequeFilter(branchCode, from, to, cardNumber, chequeNumber, standing),
                                new PageRequest(limit, after)
                            ),
                            ct
                        )
                )
                .WithName(nameof(ListCheques))
                .WithSummary("List a branch's cheques")
                .WithDescription(
                    "By date of receipt (from, to), card number, cheque number, and standing: received, cleared, used or bounced. A branch above may name "
                        + "a lower one by branchCode."
                )
                .RequireRight(ChequeRights.See)
                .Reads<Page<ChequeItem>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed), typeof(NotFound), typeof(ChequeOfOtherBranch));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.Filter.BranchCode).BranchCode();
            RuleFor(q => q.Filter.CardNumber!).CardNumber().When(q => q.Filter.CardNumber is not null);
            RuleFor(q => q.Filter.ChequeNumber).PlainText(Limits.Number);
            RuleFor(q => q.Filter.Standing).Must(s => s is null || Parse(s) is not null).WithMessage("received, cleared, used or bounced.");
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

            var branch = await Branch(query.Filter.BranchCode, ct);
            if (branch.Refusal is { } refusal)
            {
                return refusal;
            }

            var (branchId, after) = (branch.Value, query.Page.AfterId);
            var rows = db.Rows(Found(query.Filter, db.Set<Cheque>().Where(c => c.BranchId == branchId && c.Id > after)).OrderBy(c => c.Id));
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

        private IQueryable<Cheque> Found(ChequeFilter filter, IQueryable<Cheque> cheques)
        {
            if (filter.From is { } from)
            {
                cheques = cheques.Where(c => c.ReceivedOn >= from);
            }

            if (filter.To is { } to)
            {
                cheques = cheques.Where(c => c.ReceivedOn <= to);
            }

            if (filter.ChequeNumber is { } number)
            {
                cheques = cheques.Where(c => c.Number == number);
            }

            if (filter.CardNumber is { } card)
            {
                // By any card of the customer: a cheque is the customer's, whichever card it was received for.
                var customers = db.Set<Card>().Where(c => c.Number == card).Select(c => c.CustomerId);
                cheques = cheques.Where(c => customers.Contains(c.CustomerId));
            }

            return filter.Standing is { } standing ? cheques.Of(db, Parse(standing)!.Value) : cheques;
        }
    }

    private static ChequeStanding? Parse(string name) =>
        Enum.GetValues<ChequeStanding>().Cast<ChequeStanding?>().FirstOrDefault(s => Json.Name(s!.Value) == name);
}
