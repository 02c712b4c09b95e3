using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Ledger.Requests;

namespace Counter.BlankInvoices;

/// <summary>Lists the branch's blank invoices.</summary>
internal static class ListBlanks
{
    internal sealed record Query(string? State, string? InvoiceCode, PageRequest Page) : IQuery<Page<BlankItem>>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/blank-invoices",
                    (string? state, string? invoiceCode, int? limit, string? after, Sender send, CancellationToken ct) =>
                        send.Query(new Query(state, invoiceCode, new PageRequest(limit, after)), ct)
                )
                .WithName(nameof(ListBlanks))
                .WithSummary("List blank invoices")
                .WithDescription("Lists the branch's numbers with their state. Filter by state and invoice code.")
                .RequireRight(BlankRights.Hold)
                .Reads<Page<BlankItem>>()
                .Refuses(typeof(PageInvalid), typeof(ValidationFailed));
    }

    internal sealed class Validator : AbstractValidator<Query>
    {
        public Validator()
        {
            RuleFor(q => q.State).NameOf<Query, BlankState>();
            RuleFor(q => q.InvoiceCode).Matches("^[0-9]{12}$");
        }
    }

    internal sealed class Handler(AppDb db, RequestContext request) : QueryHandler<Query, Page<BlankItem>>
    {
        protected override async Task<Outcome<Page<BlankItem>>> Read(Query query, CancellationToken ct)
        {
            if (!query.Page.IsValid)
            {
                return new PageInvalid();
            }

            var (branch, after) = (request.Caller.BranchId, query.Page.AfterId);
            var blanks = db.Set<BlankInvoice>().Where(b => b.BranchId == branch && b.Id > after);
            if (Json.Value<BlankState>(query.State) is { } state)
            {
                blanks = blanks.Where(b => b.State == state);
            }

            if (query.InvoiceCode is { } code)
            {
                blanks = blanks.Where(b => b.Code == code);
            }

            return await query.Page.Read(blanks.OrderBy(b => b.Id), b => b.Id, BlankItem.Of, ct);
        }
    }
}
