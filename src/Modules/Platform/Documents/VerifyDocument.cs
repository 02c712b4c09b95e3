using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Platform;

/// <summary>What a paper's address says about it. When it is not genuine, all else is null; of a preview, kind and serial number are given.</summary>
/// <param name="Genuine">Whether this system printed the document; false for a preview.</param>
/// <param name="Kind" example="advance-receipt">The kind's stable name.</param>
/// <param name="TitleZh" example="预收款凭证">The title on the paper.</param>
/// <param name="TransactionType" example="collection">What was booked: a void has the same kind of document as its collection.</param>
/// <param name="SerialNumber" example="00000000000000000018">业务流水号.</param>
/// <param name="Amount" example="50000">Fen.</param>
/// <param name="BusinessDate">营业日.</param>
/// <param name="BranchName" example="东城网点">Where it was made.</param>
/// <param name="Corrected">Whether it has been voided or reversed since: the paper is then no longer good.</param>
/// <param name="Printings" example="1">How often it has been printed: the first is the original, the others are reprints of it.</param>
/// <param name="Printing" example="1">Which of them this is; null on paper that does not say.</param>
/// <param name="Preview">Whether it is a preview: no valid document.</param>
/// <param name="Test">Whether it was made in an environment for trials: no valid document.</param>
/// <param name="CompanyName" example="示范能源有限公司">The company that made it.</param>
/// <param name="CompanyPhone" example="028-5555 0100">Where to ask about it.</param>
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
                .WithDescription("What the QR code on a document opens: JSON, or a page for browsers. 200 also for what is not genuine.")
                .AllowEverybody("whoever holds the paper may ask; the token cannot be guessed and no personal data is shown")
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
