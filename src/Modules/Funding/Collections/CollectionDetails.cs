using System.Text.Json;

namespace Funding.Collections;

/// <summary>What a collection remembers beside its head, in <see cref="Transaction.Details"/>.</summary>
/// <param name="OilType">Null for an organisation with VAT invoices.</param>
/// <param name="ContractCode">The discount contract that gave bonus or points.</param>
/// <param name="InvoiceNumber">The ordinary invoice written on it (FC-41.1).</param>
/// <param name="ChequeId">The cheque it was paid by (FC-09.5); null for other methods.</param>
public sealed record CollectionDetails(OilType? OilType, string? ContractCode, string? InvoiceNumber, string? ChequeId = null)
{
    public string ToJson() => JsonSerializer.Serialize(this, Json.Options);

    public static CollectionDetails Of(Transaction collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        return collection.Details is { } json
            ? JsonSerializer.Deserialize<CollectionDetails>(json, Json.Options)!
            : new CollectionDetails(null, null, null);
    }
}
