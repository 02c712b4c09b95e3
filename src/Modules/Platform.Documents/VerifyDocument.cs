using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Ledger.Requests;

namespace Platform.Documents;

/// <summary>
/// The result of a verification. If the document is not genuine, the other fields are null. A preview has kind and serial number only.
/// </summary>
/// <param name="Genuine">Whether this system printed the document; false for a preview.</param>
/// <param name="Kind" example="advance-receipt">The kind's stable name.</param>
/// <param name="TitleZh" example="预收款凭证">The Chinese title.</param>
/// <param name="TransactionType" example="collection">The transaction type. A void has the same kind of document as its collection.</param>
/// <param name="SerialNumber" example="00000000000000000018">业务流水号.</param>
/// <param name="Amount" example="50000">Fen.</param>
/// <param name="BusinessDate">营业日.</param>
/// <param name="BranchName" example="东城网点">The branch that printed the document.</param>
/// <param name="Corrected">Whether the transaction has been voided or reversed. The document is then no longer valid.</param>
/// <param name="Printings" example="1">The number of printings. The first is the original, and the others are reprints.</param>
/// <param name="Printing" example="1">The number of this printing; null if the paper does not state it.</param>
/// <param name="Preview">Whether this is a preview and not a valid document.</param>
/// <param name="Test">Whether a test environment made it. It is then not a valid document.</param>
/// <param name="CompanyName" example="示范能源有限公司">The company that made it.</param>
/// <param name="CompanyPhone" example="028-5555 0100">The telephone number for questions.</param>
public sealed record DocumentVerificationResponse(
    bool Genuine,
    string? Kind = null,
    string? TitleZh = null,
    string? TransactionType = null,
    string? SerialNumber = null,
    long? Amount = null,
    DateOnly? BusinessDate = null,
    string? BranchName = null,
    bool? Corrected = null,
    int? Printings = null,
    int? Printing = null,
    bool? Preview = null,
    bool? Test = null,
    string? CompanyName = null,
    string? CompanyPhone = null
);

/// <summary>Tells whoever scans a document's QR code whether it is genuine, and no personal data (PL-05.4).</summary>
internal static class VerifyDocument
{
    internal sealed record Query(string Token) : IQuery<DocumentVerificationResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet(
                    "/verify/{token}",
                    (string token, Sender send, DocumentPaper paper, CancellationToken ct) =>
                        send.Query(new Query(token), verification => new Page(paper, verification), ct)
                )
                .WithName(nameof(VerifyDocument))
                .WithSummary("Verify a printed document")
                .WithDescription(
                    "The target of the QR code on a document. Returns JSON, or a page for browsers. Returns 200 with `genuine: "
                        + "false` for a document this system did not issue."
                )
                .AllowEverybody("the token cannot be guessed, and the response has no personal data")
                .Produces<DocumentVerificationResponse>(StatusCodes.Status200OK, DocumentFormat.Json, DocumentFormat.Html);
    }

    internal sealed class Handler(AppDb db, DocumentDesk desk, DocumentVerification verification, DocumentPaper paper)
        : QueryHandler<Query, DocumentVerificationResponse>
    {
        protected override async Task<Outcome<DocumentVerificationResponse>> Read(Query query, CancellationToken ct)
        {
            // Nothing is looked up for a token that was not made here.
            if (
                await verification.Read(query.Token, ct) is not { } token
                || await desk.ForVerification(token.TransactionId, token.Kind, ct) is not { } found
            )
            {
                return new DocumentVerificationResponse(Genuine: false);
            }

            var (id, company) = (found.Transaction.Id, found.Data.Head.Company);
            if (token.Printing == 0)
            {
                return new DocumentVerificationResponse(
                    Genuine: false,
                    found.Kind.Name,
                    found.Kind.Zh,
                    SerialNumber: SerialNumber.Of(id),
                    Preview: true,
                    CompanyName: company?.Name,
                    CompanyPhone: company?.Phone
                );
            }

            return new DocumentVerificationResponse(
                Genuine: true,
                found.Kind.Name,
                found.Kind.Zh,
                found.Transaction.Type,
                SerialNumber.Of(id),
                found.Data.Amount,
                found.Transaction.BusinessDate,
                found.Data.Head.BranchName,
                await db.Set<Transaction>().AnyAsync(t => t.CorrectsId == id, ct),
                await db.Set<DocumentPrinting>().CountAsync(p => p.TransactionId == id && p.Kind == found.Kind.Name, ct),
                token.Printing,
                Preview: false,
                Test: paper.Sandbox,
                company?.Name,
                company?.Phone
            );
        }
    }

    private sealed class Page(DocumentPaper paper, DocumentVerificationResponse verification) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Response.Headers.Vary = "Accept";
            if (DocumentFormat.Of(httpContext.Request, DocumentFormat.Json) == DocumentFormat.Html)
            {
                await DocumentFormat.WriteHtml(httpContext.Response, await paper.Verification(verification), httpContext.RequestAborted);
                return;
            }

            await Results.Json(verification, Json.Options).ExecuteAsync(httpContext);
        }
    }
}
