using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;

namespace Platform.Documents;

/// <summary>A document that a transaction has.</summary>
/// <param name="Kind" example="advance-receipt">The kind's stable name.</param>
/// <param name="TitleZh" example="预收款凭证">The Chinese title.</param>
/// <param name="TitleEn" example="Advance receipt">The title in English.</param>
/// <param name="Paper">The paper size.</param>
/// <param name="Printings" example="1">The number of printings.</param>
/// <param name="Address" example="/v1/transactions/00000000000000000018/documents/advance-receipt">The URL of the document.</param>
public sealed record DocumentItem(string Kind, string TitleZh, string TitleEn, Paper Paper, int Printings, string Address);

/// <summary>The documents of a transaction.</summary>
/// <param name="SerialNumber" example="00000000000000000018">业务流水号.</param>
/// <param name="Items">At most one of each kind.</param>
public sealed record DocumentList(string SerialNumber, IReadOnlyList<DocumentItem> Items);

/// <summary>Tells which documents a transaction has (PL-05.1).</summary>
internal static class ListDocuments
{
    internal sealed record Query(string SerialNumber) : IQuery<DocumentList>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/transactions/{serialNumber}/documents",
                    (string serialNumber, Sender send, CancellationToken ct) => send.Query(new Query(serialNumber), ct)
                )
                .WithName(nameof(ListDocuments))
                .WithSummary("List a transaction's documents")
                .WithDescription(
                    "Lists the documents of a transaction. The transaction belongs to the caller's branch, or to a customer "
                        + "whose full data the caller may see."
                )
                .RequireRight(DocumentRights.Print)
                .Reads<DocumentList>()
                .RefusesOutOfReach()
                .ProducesRefusals<NotFound>();
    }

    internal sealed class Handler(AppDb db, DocumentDesk desk) : QueryHandler<Query, DocumentList>
    {
        protected override async Task<Outcome<DocumentList>> Read(Query query, CancellationToken ct)
        {
            var seen = await desk.Transaction(query.SerialNumber, ct);
            if (seen.Refusal is { } refusal)
            {
                return refusal;
            }

            var transaction = seen.Value;
            var printed = await db.Set<DocumentPrinting>()
                .Where(p => p.TransactionId == transaction.Id)
                .GroupBy(p => p.Kind)
                .Select(g => new { Kind = g.Key, Count = g.Max(p => p.Number) })
                .ToDictionaryAsync(g => g.Kind, g => g.Count, ct);
            var found = await desk.All(transaction, ct);
            return new DocumentList(
                query.SerialNumber,
                [
                    .. found.Select(f => new DocumentItem(
                        f.Kind.Name,
                        f.Kind.Zh,
                        f.Kind.En,
                        f.Kind.Paper,
                        printed.GetValueOrDefault(f.Kind.Name),
                        $"/v1/transactions/{query.SerialNumber}/documents/{f.Kind.Name}"
                    )),
                ]
            );
        }
    }
}
