using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Ledger.Requests;
using Platform.Settings;

namespace Platform.Documents;

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

    public string ApiDescription => "Printed documents: shown, printed under a number, and verified by their QR code.";

    public IReadOnlyList<Setting> Settings =>
        [
            new(
                DocumentVerification.Setting,
                "made once and kept in the database",
                DocumentVerification.Form,
                "Keys of 32 characters or more for the QR codes on documents, separated by spaces: the first makes codes, all are believed.",
                "单据二维码的密钥，每个至少 32 个字符，以空格分隔：第一个用于生成，全部用于核验。"
            ),
            new(
                PdfMaker.Setting,
                "weasyprint",
                SettingForm.Text,
                "The program that makes PDF, by name or path; empty: no PDF.",
                "生成 PDF 的程序名或路径；留空则不提供 PDF。"
            ),
            new(
                DocumentPaper.SandboxSetting,
                "true in the environment Sandbox, else false",
                SettingForm.OneOf("true", "false"),
                "Marks every document as a test, and says so when one is verified.",
                "将所有单据标为测试，核验时亦予说明。"
            ),
        ];

    public IReadOnlyList<ApiWord> ApiWords =>
        [
            new("genuine") { True = true },
            new("kind", ApiPlace.Path)
            {
                Meaning = "The kind of document, from the list of the transaction's documents.",
                Text = "advance-receipt",
            },
            new("number", ApiPlace.Path) { Meaning = "The number of the printing: 1, 2, 3, …" },
            new("titleEn") { Text = "Receipt" },
            new("titleZh") { Text = "收据" },
            new("token", ApiPlace.Path) { Meaning = "The token from the document's QR code." },
            new("verificationAddress") { Text = "https://localhost/v1/verify/" + PlatformApiWords.Token },
        ];

    public IReadOnlyList<ICarterModule> Endpoints =>
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
        services.AddHostedService(s => s.GetRequiredService<DocumentKinds>());
        services.AddSingleton<DocumentVerification>();
        services.AddSingleton<DocumentPaper>();
        services.AddSingleton<PdfMaker>();
        services.AddScoped<DocumentDesk>();
        services.AddScoped<PersonalDataReads>();
    }
}
