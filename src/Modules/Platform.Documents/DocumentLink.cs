namespace Platform.Documents;

/// <summary>A document that can be printed for a transaction.</summary>
/// <param name="Kind" example="advance-receipt">The stable name of the kind.</param>
/// <param name="Href" example="/v1/transactions/00030150224112025607/documents/advance-receipt">The URL of the document.</param>
public sealed record DocumentLink(string Kind, string Href)
{
    /// <summary>The transaction's document of this kind.</summary>
    public static DocumentLink To(string kind, string serialNumber) => new(kind, $"/v1/transactions/{serialNumber}/documents/{kind}");
}
