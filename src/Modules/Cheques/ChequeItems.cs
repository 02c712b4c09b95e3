using Access.Branches;
using Issuance;
using Issuance.Cards;
using Microsoft.EntityFrameworkCore;

namespace Cheques;

/// <summary>A cheque with what lists show beside it.</summary>
internal sealed record ChequeRow(Cheque Cheque, string CardNumber, string CustomerCode, string BranchCode, long? Left);

/// <summary>Reads cheques for lists.</summary>
internal static class ChequeItems
{
    public static IQueryable<ChequeRow> Rows(this AppDb db, IQueryable<Cheque> cheques) =>
        cheques
            .Join(db.Set<Card>(), c => c.CardId, k => k.Id, (cheque, card) => new { cheque, card.Number })
            .Join(
                db.Set<Customer>(),
                r => r.cheque.CustomerId,
                c => c.Id,
                (r, c) =>
                    new
                    {
                        r.cheque,
                        r.Number,
                        c.Code,
                    }
            )
            .Join(
                db.Set<Branch>(),
                r => r.cheque.BranchId,
                b => b.Id,
                (r, b) =>
                    new
                    {
                        r.cheque,
                        r.Number,
                        r.Code,
                        Branch = b.Code,
                    }
            )
            .Select(r => new ChequeRow(
                r.cheque,
                r.Number,
                r.Code,
                r.Branch,
                db.Set<Account>()
                    .Where(a => a.Kind == IssuanceAccounts.Cheque.Number && a.Owner == r.cheque.Id)
                    .Select(a => (long?)a.Balance)
                    .FirstOrDefault()
            ));

    public static ChequeItem Item(ChequeRow row)
    {
        var (cheque, left) = (row.Cheque, row.Cheque.IsUsable ? row.Left ?? 0 : 0);
        return new ChequeItem(
            IdText.Of(cheque.Id),
            cheque.Bank,
            cheque.Number,
            cheque.Amount,
            left,
            cheque.Owed,
            cheque.AccountNumber,
            cheque.ReceiptNumber,
            Standing(cheque, row.Left),
            cheque.OnSight,
            row.CardNumber,
            row.CustomerCode,
            row.BranchCode,
            cheque.ReceivedOn
        );
    }

    /// <summary>The cheques of a standing: used is one that may be paid with and of which nothing is left.</summary>
    public static IQueryable<Cheque> Of(this IQueryable<Cheque> cheques, AppDb db, ChequeStanding standing)
    {
        var empty = db.Set<Account>().Where(a => a.Kind == IssuanceAccounts.Cheque.Number && a.Balance == 0);
        return standing switch
        {
            ChequeStanding.Received => cheques.Where(c =>
                c.State == ChequeState.Received && !(c.OnSight && empty.Any(a => a.Owner == c.Id))
            ),
            ChequeStanding.Cleared => cheques.Where(c => c.State == ChequeState.Cleared && !empty.Any(a => a.Owner == c.Id)),
            ChequeStanding.Used => cheques.Where(Cheque.Usable).Where(c => empty.Any(a => a.Owner == c.Id)),
            _ => cheques.Where(c => c.State == ChequeState.Bounced),
        };
    }

    private static ChequeStanding Standing(Cheque cheque, long? left) =>
        cheque.State == ChequeState.Bounced ? ChequeStanding.Bounced
        : cheque.IsUsable && left == 0 ? ChequeStanding.Used
        : cheque.State == ChequeState.Cleared ? ChequeStanding.Cleared
        : ChequeStanding.Received;
}
