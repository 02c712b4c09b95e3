using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Cheques;

/// <summary>What an approver is told about a cheque (PL-02.6).</summary>
internal static class ChequeSubject
{
    public static async Task<ApprovalSubject> Of(AppDb db, Cheque cheque, long amount, CancellationToken ct)
    {
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == cheque.CustomerId, ct);
        return new ApprovalSubject
        {
            CustomerCode = customer.Code,
            CustomerName = customer.Name,
            Amount = amount,
            Facts = [new ApprovalFact("Bank", "银行", cheque.Bank), new ApprovalFact("Cheque number", "支票号", cheque.Number)],
        };
    }
}
