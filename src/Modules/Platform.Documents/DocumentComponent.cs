using Microsoft.AspNetCore.Components;

namespace Platform.Documents;

/// <summary>What stands around a document's own fields: title, serial number, print mark, QR code, who and when.</summary>
/// <param name="Mark">预览, 重打 第n次, 副本; null on an original.</param>
/// <param name="Sandbox">The paper is of an environment for trials: it is marked 测试.</param>
/// <param name="VerificationAddress">Where the paper can be verified (PL-05.4).</param>
/// <param name="QrCode">That address as SVG.</param>
/// <param name="Printed">When and by whom this printing was made; null on a preview.</param>
public sealed record DocumentFrame(
    DocumentKind Kind,
    Transaction Transaction,
    DocumentHead Head,
    DocumentMark? Mark,
    bool Sandbox,
    string VerificationAddress,
    string QrCode,
    string? Printed
)
{
    public string SerialNumber => Platform.Persistence.SerialNumber.Of(Transaction.Id);
}

/// <summary>A word that stands large and light across the paper, and small above the fields.</summary>
public sealed record DocumentMark(string Zh, string En);

/// <summary>The base of every document's component.</summary>
public abstract class DocumentComponent<TData> : ComponentBase
    where TData : DocumentData
{
    [Parameter, EditorRequired]
    public required TData Data { get; set; }

    [Parameter, EditorRequired]
    public required DocumentFrame Frame { get; set; }
}
