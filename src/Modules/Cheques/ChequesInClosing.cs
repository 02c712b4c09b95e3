using Issuance;
using Issuance.Closings;
using Microsoft.EntityFrameworkCore;

namespace Cheques;

/// <summary>Cheques that are not cleared or not used up, and debts for bounced ones (FC-25.2, FC-25.8).</summary>
internal sealed class ChequesInClosing : IClosingPart
{
    private const int Most = 100;

    public async Task<IReadOnlyList<ClosingObstacle>> Obstacles(AppDb db, Customer customer, CancellationToken ct)
    {
        var left = db.Set<Account>().Where(a => a.Kind == IssuanceAccounts.Cheque.Number && a.Balance > 0);
        var open = await db.Set<Cheque>()
            .Where(c => c.CustomerId == customer.Id)
            .Where(c =>
                c.State == ChequeState.Received
                || (c.State == ChequeState.Cleared && left.Any(a => a.Owner == c.Id))
                || (c.State == ChequeState.Bounced && c.Owed > 0)
            )
            .OrderBy(c => c.Id)
            .Take(Most)
            .ToListAsync(ct);
        return open.ConvertAll(Obstacle);
    }

    private static ClosingObstacle Obstacle(Cheque cheque) =>
        cheque.State switch
        {
            ChequeState.Received => new(
                "cheque-not-cleared",
                $"Cheque {cheque.Number} is not cleared. Clear it or bounce it.",
                $"支票 {cheque.Number} 尚未到账，请先办理到账或退票。",
                "POST",
                $"{ChequeHead.Location(cheque)}/clearing"
            ),
            ChequeState.Cleared => new(
                "cheque-not-used-up",
                $"Cheque {cheque.Number} is not used up. Collect the rest by it.",
                $"支票 {cheque.Number} 尚有余额，请先收款用完。",
                "POST",
                "/v1/cards/{cardNumber}/collections"
            ),
            _ => new(
                "claim-open",
                $"The customer owes for bounced cheque {cheque.Number}.",
                $"客户有退票 {cheque.Number} 的欠款未清。",
                "POST",
                $"{ChequeHead.Location(cheque)}/claim-payments"
            ),
        };
}
