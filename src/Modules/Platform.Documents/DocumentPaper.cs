using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Settings;
using QRCoder;

namespace Platform.Documents;

/// <summary>
/// Renders Razor components to whole pages, with their styles inside: nothing is fetched, so that a saved or piped page prints the same.
/// </summary>
internal sealed class DocumentPaper(
    IServiceProvider services,
    IConfiguration configuration,
    IHostEnvironment environment,
    ILoggerFactory logs
)
{
    public const string SandboxSetting = "Documents:Sandbox";

    /// <summary>The style sheet of every page, and the policy that lets in nothing else.</summary>
    public static readonly string Styles = ReadStyles();
    public static readonly string SecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Styles)))}'; "
        + "img-src data:; frame-ancestors 'self'";

    /// <summary>
    /// Papers of trials are marked, so that none is taken for a receipt (PL-05.5): in the environment Sandbox, and where the setting
    /// <c>Documents:Sandbox</c> is true.
    /// </summary>
    public bool Sandbox { get; } = environment.IsEnvironment(KnownEnvironments.Sandbox) || configuration.GetValue<bool>(SandboxSetting);

    /// <summary>
    /// The address in the QR code: where <see cref="PublicAddress"/> says that customers reach this API; else as the request came, which no
    /// production does (PL-06.34).
    /// </summary>
    public string VerificationAddress(HttpRequest request, string token)
    {
        var at = configuration[PublicAddress.Setting] is { Length: > 0 } set ? set.TrimEnd('/') : $"{request.Scheme}://{request.Host}";
        return $"{at}/v1/verify/{token}";
    }

    public Task<string> Document(FoundDocument found, DocumentMark? mark, string address, string? printed) =>
        Render(
            found.Kind.Component,
            new Dictionary<string, object?>
            {
                ["Data"] = found.Data,
                ["Frame"] = new DocumentFrame(
                    found.Kind,
                    found.Transaction,
                    found.Data.Head,
                    mark,
                    Sandbox,
                    address,
                    QrCode(address),
                    printed
                ),
            }
        );

    public Task<string> Verification(DocumentVerificationResponse verification) =>
        Render(typeof(VerificationPage), new Dictionary<string, object?> { ["Verification"] = verification });

    private async Task<string> Render(Type component, Dictionary<string, object?> parameters)
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters));
            return page.ToHtmlString();
        });
    }

    private static string QrCode(string address)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    private static string ReadStyles()
    {
        using var stream = typeof(DocumentPaper).Assembly.GetManifestResourceStream("Platform.Documents.document.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
