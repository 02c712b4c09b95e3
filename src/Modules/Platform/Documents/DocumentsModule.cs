using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Platform;

/// <summary>Rights of the printed documents.</summary>
public static class DocumentRights
{
    public static readonly Right Print = new(
        "documents.print",
        "Documents",
        "See and print documents of the own branch",
        "查看和打印本网点单据"
    );

    public static readonly Right PrintAnyBranch = new(
        "documents.print-any-branch",
        "Documents",
        "See and print documents of every branch",
        "查看和打印所有网点单据"
    );
}

/// <summary>Printed documents (PL-05): found by serial number, shown as HTML, PDF or JSON, printed under a number, verified by QR code.</summary>
public sealed class DocumentsModule : IModule
{
    public IReadOnlyList<Right> Rights => [DocumentRights.Print, DocumentRights.PrintAnyBranch];

    public IReadOnlyList<IEndpointModule> Endpoints =>
        [
            new ListDocuments.Endpoint(),
            new GetDocument.Endpoint(),
            new PrintDocument.Endpoint(),
            new GetPrinting.Endpoint(),
            new VerifyDocument.Endpoint(),
        ];

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        // Chinese stays Chinese in the pages, instead of a number per character.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddSingleton<DocumentKinds>();
        services.AddSingleton<DocumentVerification>();
        services.AddSingleton<DocumentPaper>();
        services.AddSingleton<PdfMaker>();
        services.AddScoped<DocumentDesk>();
    }
}
