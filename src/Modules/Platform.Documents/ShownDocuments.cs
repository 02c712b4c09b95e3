using Platform.Ledger.Requests;

namespace Platform.Documents;

/// <summary>A document with personal data is not shown before the audit trail says so.</summary>
internal static class ShownDocuments
{
    public static Task<Refusal?> RecordShown(this PersonalDataReads reads, FoundDocument document) =>
        document.Data.ShowsPersonalData
            ? reads.Record(
                new AuditNote(PersonalDataReads.Action, $"transaction:{document.Transaction.Id}", new { document = document.Kind.Name })
            )
            : Task.FromResult<Refusal?>(null);
}
