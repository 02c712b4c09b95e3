using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>A refund in a list.</summary>
/// <param name="SerialNumber" example="00030150224112025701">Its serial number.</param>
/// <param name="Kind">After closing, special or small.</param>
/// <param name="State" example="sent">Where it stands.</param>
/// <param name="Way" example="transfer">The way.</param>
/// <param name="CustomerCode" example="1900000009">The customer code.</param>
/// <param name="Amount" example="15000">Fen.</param>
/// <param name="ReferenceNumber" example="TK-20261122-0003">The number of the refund.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking.</param>
public sealed record RefundItem(
    string SerialNumber,
    RefundKind Kind,
    RefundState State,
    RefundWay Way,
    string CustomerCode,
    long Amount,
    string? ReferenceNumber,
    DateOnly BusinessDate
);

/// <summary>Lists the refunds of the caller's branch, so that those under way are found (FC-26.7).</summary>
internal static class ListRefunds
{
    internal sealed record Query(string? State, PageRequest Page) : IQuery<Page<RefundItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/refunds",
                    (string? refundState, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(refundState, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListRefunds))
                .WithSummary("List refunds")
                .WithDescription("Lists the refunds of your branch, oldest first.")
                .RequireRight(RefundRights.See)
                .Reads<Page<RefundItem>>()
                .ProducesRefusals<PageInvalid, ValidationFailed>();
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator() => RuleFor(q => q.State).NameOf<Query, RefundState>();
    }

    internal sealed class Handler(AppDb db, RequestContext request) : QueryHandler<Query, Page<RefundItem>>
    {
        protected override async Task<Outcome<Page<RefundItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var (branch, after, state) = (request.Caller.BranchId, query.Page.AfterId, Json.Value<RefundState>(query.State));
            var refunds = db.Set<Refund>().Where(r => r.BranchId == branch && r.Id > after && (state == null || r.State == state));
            return await query.Page.Read(Rows(db, refunds), r => r.Refund.Id, Item, ct);
        }
    }

    internal sealed record Row(Refund Refund, string CustomerCode, DateOnly BusinessDate);

    internal static IQueryable<Row> Rows(AppDb db, IQueryable<Refund> refunds) =>
        from refund in refunds
        join customer in db.Set<Customer>() on refund.CustomerId equals customer.Id
        join head in db.Set<Transaction>() on refund.Id equals head.Id
        orderby refund.Id
        select new Row(refund, customer.Code, head.BusinessDate);

    internal static RefundItem Item(Row row) =>
        new(
            SerialNumber.Of(row.Refund.Id),
            row.Refund.Kind,
            row.Refund.State,
            row.Refund.Way,
            row.CustomerCode,
            row.Refund.Amount,
            row.Refund.ReferenceNumber,
            row.BusinessDate
        );
}
