using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;

namespace Platform.Documents;

/// <summary>
/// The page of one printing (PL-05.2): the first without a mark, later ones marked 重打, and any of them marked 副本 when it is older than ten minutes,
/// since otherwise an old address would print unmarked originals for ever.
/// </summary>
internal static class GetPrinting
{
    internal sealed record Query(string SerialNumber, string Kind, int Number) : IQuery<Found>;

    internal sealed record Found(FoundDocument Document, DocumentPrinting Printing);

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/transactions/{serialNumber}/documents/{kind}/printings/{number}",
                    (string serialNumber, string kind, int number, Sender send, CancellationToken ct) =>
                        send.Query(new Query(serialNumber, kind, number), f => new DocumentAnswer(f.Document, f.Printing), ct)
                )
                .WithName(nameof(GetPrinting))
                .WithSummary("Get a printing of a document")
                .WithDescription("Returns the page for the printer. The Accept header selects the format, as for the document.")
                .RequireRight(DocumentRights.Print)
                .ShowsDocument();
    }

    internal sealed class Handler(AppDb db, DocumentDesk desk, PersonalDataReads reads) : QueryHandler<Query, Found>
    {
        protected override async Task<Outcome<Found>> Read(Query query, CancellationToken ct)
        {
            var found = await desk.One(query.SerialNumber, query.Kind, ct);
            if (found.Refusal is { } refusal)
            {
                return refusal;
            }

            var id = found.Value.Transaction.Id;
            var printing = await db.Set<DocumentPrinting>()
                .SingleOrDefaultAsync(p => p.TransactionId == id && p.Kind == query.Kind && p.Number == query.Number, ct);
            if (printing is null)
            {
                return new NotFound("printing");
            }

            return await reads.RecordShown(found.Value) is { } notRecorded ? notRecorded : new Found(found.Value, printing);
        }
    }
}
