using Microsoft.AspNetCore.Components;

namespace Platform;

/// <summary>What stands around a document's own fields: title, serial number, print mark, QR code, who and when.</summary>
/// <param name="Mark">预览, 重打 第n次, 副本, or empty on an original.</param>
/// <param name="VerificationAddress">Where the paper can be verified (PL-05.4).</param>
/// <param name="QrCode">That address as SVG.</param>
/// <param name="Printed">When and by whom this printing was made; null on a preview.</param>
public sealed record DocumentFrame(
    DocumentKind Kind,
    Transaction Transaction,
    DocumentHead Head,
    string Mark,
    string VerificationAddress,
    string QrCode,
    string? Printed
)
{
    public string SerialNumber => Platform.SerialNumber.Of(Transaction.Id);
}

/// <summary>The base of every document's component.</summary>
public abstract class DocumentComponent<TData> : ComponentBase
    where TData : DocumentData
{
    [Parameter, EditorRequired]
    public required TData Data { get; set; }

    [Parameter, EditorRequired]
    public required DocumentFrame Frame { get; set; }
}
