using System.Runtime.CompilerServices;
using Counter.Payments;
using Issuance;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tables;

namespace Funding.Statements;

/// <summary>A statement as a file (FC-43.2): read and written page by page on its way out, so that its length costs time but no memory.</summary>
internal sealed record StatementExport(StatementReader Statements, StatementRows Rows, string Name, string Format) : IResult
{
    private static readonly TableColumn[] s_columns =
    [
        new("业务流水号", 24),
        new("营业日", 12),
        new("类型", 22),
        new("网点", 10),
        new("操作员", 14),
        new("客户编码", 12),
        new("卡号", 18),
        new("金额（元）", 14),
        new("赠送（元）", 12),
        new("积分", 10),
        new("费用（元）", 10),
        new("押金（元）", 10),
        new("收款方式", 12),
        new("凭证号", 20),
        new("额度变动（元）", 14),
        new("额度余额（元）", 14),
        new("备付金变动（元）", 14),
        new("备付金余额（元）", 14),
        new("卡账变动（元）", 14),
        new("卡账余额（元）", 14),
        new("备注", 30),
    ];

    /// <summary>Refuses what is too long before the first byte is out.</summary>
    public async Task<Outcome<StatementExport>> Checked(CancellationToken ct) =>
        await TableExport.Refuse(Rows.Transactions.After(StatementPlace.Start), ct) is { } tooLarge ? tooLarge : this;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var types = httpContext.RequestServices.GetRequiredService<TransactionTypes>();
        return TableExport.Send(httpContext, Name, "交易明细", Format, s_columns, Lines().Select(l => Cells(l, types)));
    }

    private async IAsyncEnumerable<StatementLine> Lines([EnumeratorCancellation] CancellationToken ct = default)
    {
        string? after = null;
        do
        {
            var page = (await Statements.Page(Rows, PageRequest.MaxLimit, after, ct)).Value;
            foreach (var line in page.Items)
            {
                yield return line;
            }

            after = page.Next;
        } while (after is not null);
    }

    private static TableCell[] Cells(StatementLine line, TransactionTypes types) =>
        [
            TableCell.Text(line.SerialNumber),
            TableCell.Date(line.BusinessDate),
            TableCell.Text(types.Zh(line.Type)),
            TableCell.Text(line.BranchCode),
            TableCell.Text(line.RequestedBy),
            TableCell.Text(line.CustomerCode),
            TableCell.Text(line.CardNumber),
            TableCell.Yuan(line.Amount),
            TableCell.Yuan(line.Bonus),
            TableCell.Number(line.Points),
            TableCell.Yuan(line.Fee),
            TableCell.Yuan(line.Deposit),
            TableCell.Text(line.PaymentMethod is { } method ? PaymentWords.Of(method) : null),
            TableCell.Text(line.ReferenceNumber),
            Change(line, IssuanceAccounts.Quota),
            line.QuotaBalance is { } quota ? TableCell.Yuan(quota) : TableCell.Text(null),
            Change(line, IssuanceAccounts.Reserve),
            After(line, IssuanceAccounts.Reserve),
            Change(line, IssuanceAccounts.Card),
            After(line, IssuanceAccounts.Card),
            TableCell.Text(line.Remark),
        ];

    private static TableCell Change(StatementLine line, AccountType type) =>
        line.Balances.FirstOrDefault(b => b.Account == type.Name) is { } balance ? TableCell.Yuan(balance.Amount) : TableCell.Text(null);

    private static TableCell After(StatementLine line, AccountType type) =>
        line.Balances.FirstOrDefault(b => b.Account == type.Name) is { } balance
            ? TableCell.Yuan(balance.BalanceAfter)
            : TableCell.Text(null);
}

/// <summary>What the routes that export statements have in common.</summary>
internal static class ExportRules
{
    public const string Description =
        "Exports the lines of the list with the same filter as a file. `format` is csv or xlsx. csv is UTF-8 with a byte order mark. In "
        + "csv, an apostrophe precedes text that looks like a formula, and a tab follows long numbers. Titles, types and payment methods "
        + "are in Chinese. At most 500,000 lines. A transaction booked during the export appears at most once.";
}
