using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Languages;

namespace Platform.Documents;

/// <summary>A document as JSON.</summary>
/// <param name="Kind">The kind's stable name.</param>
/// <param name="TitleZh">The Chinese title.</param>
/// <param name="TitleEn">The title in English.</param>
/// <param name="SerialNumber">业务流水号, 20 digits.</param>
/// <param name="TransactionType">The transaction's type, such as <c>collection</c>.</param>
/// <param name="BusinessDate">营业日.</param>
/// <param name="BookedAt">When it was booked, UTC.</param>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Printing">The number of the printing; null for a preview.</param>
/// <param name="VerificationAddress">The URL in the QR code. The QR code of a preview identifies it as a preview.</param>
/// <param name="Data">The fields of this kind of document. Amounts are in fen.</param>
public sealed record DocumentResponse(
    string Kind,
    string TitleZh,
    string TitleEn,
    string SerialNumber,
    string TransactionType,
    DateOnly BusinessDate,
    DateTime BookedAt,
    DocumentHead Head,
    int? Printing,
    string VerificationAddress,
    object Data
);

/// <summary>A document in the format that the request's Accept prefers: HTML unless it says otherwise.</summary>
internal sealed class DocumentAnswer(FoundDocument found, DocumentPrinting? printing) : IResult
{
    /// <summary>Long enough to print a page again that the printer ate, too short to keep an unmarked copy for later.</summary>
    public static readonly TimeSpan PrintWithin = TimeSpan.FromMinutes(10);

    private string SerialNumber => Platform.Persistence.SerialNumber.Of(found.Transaction.Id);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;
        var services = httpContext.RequestServices;
        var paper = services.GetRequiredService<DocumentPaper>();
        var token = await services.GetRequiredService<DocumentVerification>().Token(SerialNumber, found.Kind.Name, printing?.Number, ct);
        var address = paper.VerificationAddress(httpContext.Request, token);
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers.Vary = "Accept";
        switch (DocumentFormat.Of(httpContext.Request, DocumentFormat.Html))
        {
            case DocumentFormat.Json:
                await Results.Json(Response(address), Json.Options).ExecuteAsync(httpContext);
                break;
            case DocumentFormat.Html:
                await DocumentFormat.WriteHtml(httpContext.Response, await Page(services, paper, address), ct);
                break;
            case DocumentFormat.Pdf:
                await WritePdf(httpContext, await Page(services, paper, address));
                break;
            default:
                await Problem.Of(new NotAcceptable()).ExecuteAsync(httpContext);
                break;
        }
    }

    private Task<string> Page(IServiceProvider services, DocumentPaper paper, string address) =>
        paper.Document(
            found,
            Mark(services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime),
            address,
            printing is null ? null : $"{Figures.Time(printing.PrintedAt)} {printing.OperatorName}（{printing.OperatorLogin}）"
        );

    /// <summary>Only the first printing, and only while it is being printed, is without a mark (PL-05.2).</summary>
    private DocumentMark? Mark(DateTime now) =>
        printing is null ? new("预览", "Preview")
        : now - printing.PrintedAt > PrintWithin ? new($"副本 第{printing.Number}次打印", $"Copy of printing {printing.Number}")
        : printing.Number > 1 ? new($"重打 第{printing.Number}次", $"Printing {printing.Number}")
        : null;

    private DocumentResponse Response(string address) =>
        new(
            found.Kind.Name,
            found.Kind.Zh,
            found.Kind.En,
            SerialNumber,
            found.Transaction.Type,
            found.Transaction.BusinessDate,
            found.Transaction.BookedAt,
            found.Data.Head,
            printing?.Number,
            address,
            found.Data
        );

    private async Task WritePdf(HttpContext context, string html)
    {
        var asker = context.RequestServices.GetRequiredService<RequestContext>().Caller.OperatorId;
        var pdf = await context.RequestServices.GetRequiredService<PdfMaker>().Make(html, asker, context.RequestAborted);
        if (pdf.Refusal is { } refusal)
        {
            await Problem.Of(refusal).ExecuteAsync(context);
            return;
        }

        context.Response.Headers.ContentDisposition = $"inline; filename=\"{found.Kind.Name}-{SerialNumber}.pdf\"";
        await Results.Bytes(pdf.Value, DocumentFormat.Pdf).ExecuteAsync(context);
    }
}

/// <summary>The formats of documents, and which of them a request prefers.</summary>
internal static class DocumentFormat
{
    public const string Html = "text/html";
    public const string Json = "application/json";
    public const string Pdf = "application/pdf";

    /// <summary>The preferred format; the default where the request takes anything; null when it takes none of ours.</summary>
    public static string? Of(HttpRequest request, string whenAny)
    {
        var accepted = request.GetTypedHeaders().Accept;
        if (accepted.Count == 0)
        {
            return whenAny;
        }

        string[] ours = [whenAny, Html, Json, Pdf];
        foreach (var wish in accepted.Where(a => a.Quality is not 0).OrderByDescending(a => a.Quality ?? 1))
        {
            // 'text/*' and '*/*' match by subset; the default comes first.
            if (Array.Find(ours, o => new Microsoft.Net.Http.Headers.MediaTypeHeaderValue(o).IsSubsetOf(WithoutQuality(wish))) is { } match)
            {
                return match;
            }
        }

        return null;
    }

    public static Task WriteHtml(HttpResponse response, string html, CancellationToken ct)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentSecurityPolicy = DocumentPaper.SecurityPolicy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        return response.WriteAsync(html, ct);
    }

    private static Microsoft.Net.Http.Headers.MediaTypeHeaderValue WithoutQuality(Microsoft.Net.Http.Headers.MediaTypeHeaderValue wish) =>
        new(wish.MediaType);
}
