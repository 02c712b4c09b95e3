using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Ledger.Requests;

namespace Platform.Documents;

/// <summary>
/// Shows a document without printing it: HTML and PDF are marked 预览, so that what is handed over was printed under a number (PL-05.1, PL-05.2).
/// </summary>
internal static class GetDocument
{
    internal sealed record Query(string SerialNumber, string Kind) : IQuery<FoundDocument>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/transactions/{serialNumber}/documents/{kind}",
                    (string serialNumber, string kind, Sender send, CancellationToken ct) =>
                        send.Query(new Query(serialNumber, kind), found => new DocumentAnswer(found, null), ct)
                )
                .WithName(nameof(GetDocument))
                .WithSummary("Get a document")
                .WithDescription(
                    "The Accept header selects the format. `text/html`, the default, is a print-ready page marked 预览. "
                        + "`application/pdf` is the same page, and `application/json` is the data."
                )
                .RequireRight(DocumentRights.Print)
                .ShowsDocument();
    }

    /// <summary>Says what routes that show a document answer with.</summary>
    internal static RouteHandlerBuilder ShowsDocument(this RouteHandlerBuilder route) =>
        route
            .Produces<DocumentResponse>(StatusCodes.Status200OK, DocumentFormat.Json, DocumentFormat.Html, DocumentFormat.Pdf)
            .RefusesOutOfReach()
            .ProducesRefusals<NotFound, PdfNotAvailable, Overloaded, TooManyRequests>();

    internal sealed class Handler(DocumentDesk desk, PersonalDataReads reads) : QueryHandler<Query, FoundDocument>
    {
        protected override async Task<Outcome<FoundDocument>> Read(Query query, CancellationToken ct)
        {
            var found = await desk.One(query.SerialNumber, query.Kind, ct);
            return found.Refusal is null && await reads.RecordShown(found.Value) is { } notRecorded ? notRecorded : found;
        }
    }
}
