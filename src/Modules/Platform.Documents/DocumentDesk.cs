using Microsoft.EntityFrameworkCore;

namespace Platform.Documents;

/// <summary>A document found: its kind, the transaction it is of, and what stands on it.</summary>
internal sealed record FoundDocument(DocumentKind Kind, Transaction Transaction, DocumentData Data);

/// <summary>Finds transactions and their documents for a caller.</summary>
internal sealed class DocumentDesk(AppDb db, DocumentKinds kinds, TransactionReach reach, RequestContext request)
{
    /// <summary>The transaction, where the caller may see it.</summary>
    public async Task<Outcome<Transaction>> Transaction(string serialNumber, CancellationToken ct)
    {
        if (
            SerialNumber.Parse(serialNumber) is not { } id
            || await db.Set<Transaction>().SingleOrDefaultAsync(t => t.Id == id, ct) is not { } transaction
        )
        {
            return new NotFound("transaction");
        }

        return await reach.Whole(transaction, ct) is { } refusal ? refusal : transaction;
    }

    /// <summary>All documents of a transaction.</summary>
    public async Task<IReadOnlyList<FoundDocument>> All(Transaction transaction, CancellationToken ct)
    {
        var found = new List<FoundDocument>();
        foreach (var kind in kinds.Of(transaction))
        {
            if (await kind.Load(new DocumentRequest(db, transaction, request.Caller), ct) is { } data)
            {
                found.Add(new FoundDocument(kind, transaction, data));
            }
        }

        return found;
    }

    /// <summary>One document; refused when there is no such transaction or it has no such document.</summary>
    public async Task<Outcome<FoundDocument>> One(string serialNumber, string kindName, CancellationToken ct)
    {
        var transaction = await Transaction(serialNumber, ct);
        return transaction.Refusal is { } refusal ? refusal
            : await Load(transaction.Value, kindName, request.Caller, ct) is { } found ? found
            : new NotFound("document");
    }

    /// <summary>The document for the public verification page: any branch, no reader, no personal data.</summary>
    public async Task<FoundDocument?> ForVerification(long transactionId, string kindName, CancellationToken ct)
    {
        var transaction = await db.Set<Transaction>().SingleOrDefaultAsync(t => t.Id == transactionId, ct);
        return transaction is null ? null : await Load(transaction, kindName, null, ct);
    }

    private async Task<FoundDocument?> Load(Transaction transaction, string kindName, Caller? reader, CancellationToken ct)
    {
        if (kinds.Of(transaction).FirstOrDefault(k => k.Name == kindName) is not { } kind)
        {
            return null;
        }

        var data = await kind.Load(new DocumentRequest(db, transaction, reader), ct);
        return data is null ? null : new FoundDocument(kind, transaction, data);
    }
}
