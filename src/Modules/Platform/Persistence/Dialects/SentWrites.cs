using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Platform.Requests;

namespace Platform.Persistence.Dialects;

/// <summary>
/// Marks failures after which nobody knows whether a write outside of the books was done: the answer to its commit was lost.
/// </summary>
internal sealed class SentWrites : DbTransactionInterceptor
{
    private const string Sent = "Platform.Sent";

    public static bool Marked(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e.Data.Contains(Sent))
            {
                return true;
            }
        }

        return false;
    }

    public static void Mark(Exception exception) => exception.Data[Sent] = true;

    public override void TransactionFailed(DbTransaction transaction, TransactionErrorEventData eventData) => Mark(eventData);

    public override Task TransactionFailedAsync(
        DbTransaction transaction,
        TransactionErrorEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Mark(eventData);
        return Task.CompletedTask;
    }

    private static void Mark(TransactionErrorEventData eventData)
    {
        if (eventData.Action == "Commit")
        {
            Mark(eventData.Exception);
        }
    }
}
