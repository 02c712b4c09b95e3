using Access.Documents;
using Counter.Payments;
using Issuance;
using Microsoft.EntityFrameworkCore;
using Platform.Documents;
using Platform.Languages;
using Refunds.Closing;

namespace Refunds.Documents;

/// <summary>A card on the papers of a closing.</summary>
/// <param name="CardNumber">16 digits.</param>
/// <param name="Type">The card type.</param>
/// <param name="State">The state before the customer was closed.</param>
/// <param name="Reserve">备付金账, fen.</param>
/// <param name="Purse">卡账, fen.</param>
/// <param name="Deposit">押金, fen.</param>
/// <param name="Taken">Whether it was taken back.</param>
public sealed record ClosingPaperCard(
    string CardNumber,
    CardType Type,
    CardState State,
    long Reserve,
    long Purse,
    long Deposit,
    bool Taken
);

/// <summary>清户申请表 (FC-25.1).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen in the quota account.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="CertificateNumber">证件号码, masked.</param>
/// <param name="Phone">联系电话, masked.</param>
/// <param name="Cards">Every card, oldest first; at most 1,000.</param>
public sealed record ClosingApplicationData(
    DocumentHead Head,
    long Amount,
    string CustomerCode,
    string CustomerName,
    string CertificateNumber,
    string Phone,
    IReadOnlyList<ClosingPaperCard> Cards
) : DocumentData(Head, Amount);

/// <summary>清户申请表: what the customer signs, with the list of its cards as they are when it is printed.</summary>
internal static class ClosingApplication
{
    public const string Name = "closing-application";

    public static readonly DocumentKind Kind = new(
        Name,
        "清户申请表",
        "Application to close an account",
        Paper.Form,
        typeof(ClosingApplicationPaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var closing = await db.Set<CustomerClosing>().SingleAsync(c => c.Id == transaction.Id, ct);
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == closing.CustomerId, ct);
        return new ClosingApplicationData(
            await db.DocumentHead(transaction, ct),
            await db.Balance(customer.Quota, ct),
            customer.Code,
            customer.Name,
            Mask.Certificate(customer.CertificateNumber),
            Mask.Phone(customer.Phone),
            await ClosingPaperCards.Read(db, closing, ct)
        );
    }
}

/// <summary>Reads the cards of a closing for its papers.</summary>
internal static class ClosingPaperCards
{
    public static async Task<IReadOnlyList<ClosingPaperCard>> Read(AppDb db, CustomerClosing closing, CancellationToken ct)
    {
        var cards = await db.Set<Card>()
            .Where(c => c.CustomerId == closing.CustomerId && c.State != CardState.Released)
            .OrderBy(c => c.Id)
            .Take(Limits.Cards)
            .ToListAsync(ct);
        var owners = cards.Select(c => c.Id).ToArray();
        var balances = (await db.Set<Account>().Where(a => owners.Contains(a.Owner)).ToListAsync(ct)).ToDictionary(
            a => a.Key,
            a => a.Balance
        );
        var rows = await db.Set<ClosingCard>().Where(c => c.ClosingId == closing.Id).ToDictionaryAsync(c => c.CardId, ct);
        return cards.ConvertAll(c =>
        {
            var row = rows.GetValueOrDefault(c.Id);
            return new ClosingPaperCard(
                c.Number,
                c.Type,
                row?.StateBefore ?? c.State,
                balances.GetValueOrDefault(c.Reserve.Key),
                closing.ClosedById is null ? balances.GetValueOrDefault(c.Purse.Key) : row?.PurseAtClosing ?? 0,
                balances.GetValueOrDefault(c.Deposit.Key),
                row?.TakenAt is not null
            );
        });
    }
}

/// <summary>清户通知单 (FC-25.5).</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen in the quota account after the closing.</param>
/// <param name="CustomerCode">客户编码.</param>
/// <param name="CustomerName">客户名称.</param>
/// <param name="ReserveSwept">Fen from reserve accounts.</param>
/// <param name="BonusLapsed">Fen of bonus that lapsed at the closing.</param>
/// <param name="PointsLapsed">Points that lapsed.</param>
/// <param name="Fee">Fen of the handling fee.</param>
/// <param name="FeeWaived">Whether it was waived.</param>
/// <param name="FeePaidBy">How it was paid.</param>
/// <param name="FeeInvoice">Its invoice.</param>
/// <param name="RefundableFrom">From when refunds are possible.</param>
/// <param name="Remark">备注.</param>
/// <param name="Cards">Every card, oldest first; at most 1,000.</param>
public sealed record ClosingNoticeData(
    DocumentHead Head,
    long Amount,
    string CustomerCode,
    string CustomerName,
    long ReserveSwept,
    long BonusLapsed,
    long PointsLapsed,
    long Fee,
    bool FeeWaived,
    PaymentMethod? FeePaidBy,
    string? FeeInvoice,
    DateTimeOffset RefundableFrom,
    string? Remark,
    IReadOnlyList<ClosingPaperCard> Cards
) : DocumentData(Head, Amount);

/// <summary>清户通知单: what the customer gets when it is closed.</summary>
internal static class ClosingNotice
{
    public const string Name = "closing-notice";

    public static readonly DocumentKind Kind = new(
        Name,
        "清户通知单",
        "Notice of a closed account",
        Paper.Form,
        typeof(ClosingNoticePaper),
        Load
    );

    private static async Task<DocumentData?> Load(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var closing = await db.Set<CustomerClosing>()
            .SingleAsync(c => c.ClosedById == transaction.Id && c.CustomerId == transaction.CustomerId, ct);
        var customer = await db.Set<Customer>().SingleAsync(c => c.Id == closing.CustomerId, ct);
        var quota = await db.Set<Entry>()
            .Where(e => e.Kind == IssuanceAccounts.Quota.Number && e.Owner == customer.Id && e.TransactionId <= transaction.Id)
            .OrderByDescending(e => e.Sequence)
            .Select(e => e.BalanceAfter)
            .FirstOrDefaultAsync(ct);
        return new ClosingNoticeData(
            await db.DocumentHead(transaction, ct),
            quota ?? 0,
            customer.Code,
            customer.Name,
            closing.ReserveSwept,
            transaction.Bonus,
            closing.PointsLapsed,
            closing.Fee,
            closing.FeeWaived,
            closing.FeePaidBy,
            closing.FeeInvoice,
            closing.RefundableFrom!.Value.AtUtc(),
            transaction.Remark,
            await ClosingPaperCards.Read(db, closing, ct)
        );
    }
}
