using System.Globalization;
using Billing.Electricity.Contracts;
using Billing.Electricity.Deposits;
using Billing.Electricity.Fees;
using Billing.Electricity.Invoices;
using Billing.Electricity.Merchants;
using Billing.Electricity.PayerAccounts;
using Billing.Electricity.Payments;

namespace Billing.Electricity.Documents;

/// <summary>What stands on a paper of this business.</summary>
/// <param name="Head">Branch, operator, approver.</param>
/// <param name="Amount">Fen.</param>
/// <param name="Fields">The fields, two in a row.</param>
/// <param name="Back">The money went back.</param>
/// <param name="Stamp">重打, 补打, 作废 and such; null on an ordinary paper.</param>
/// <param name="Note">A sentence at the foot; null without one.</param>
public sealed record ElectricityPaperData(
    DocumentHead Head,
    long Amount,
    IReadOnlyList<PaperField> Fields,
    bool Back = false,
    DocumentMark? Stamp = null,
    string? Note = null
) : DocumentData(Head, Amount);

/// <summary>The papers of collection of electricity bills (EB-03.4, EB-03.6, EB-05.2, EB-06.3, EB-07.3, EB-10.2).</summary>
internal static class ElectricityPapers
{
    public const string Invoice = "electricity-invoice";
    public const string Voucher = "electricity-voucher";
    public const string Person = "electricity-person-voucher";
    public const string Passbook = "electricity-passbook-voucher";
    public const string Reversal = "electricity-reversal-voucher";
    public const string DepositCash = "power-deposit-cash";
    public const string DepositTransfer = "power-deposit-transfer";
    public const string Acceptance = "cheque-acceptance";
    public const string Contract = "debit-contract-voucher";
    public const string Fee = "electricity-fee-voucher";

    public static readonly IReadOnlyList<DocumentKind> All =
    [
        Kind(Invoice, "电费发票", "Electricity invoice", LoadInvoice),
        Kind(Voucher, "记账凭证", "Accounting voucher", (r, ct) => LoadVoucher(r, k => k is null or PayerAccountKind.Cheque, ct)),
        Kind(Person, "个人业务转账凭证", "Personal transfer voucher", (r, ct) => LoadVoucher(r, k => k is PayerAccountKind.Personal, ct)),
        Kind(Passbook, "结算转账凭证", "Settlement transfer voucher", (r, ct) => LoadVoucher(r, k => k is PayerAccountKind.Passbook, ct)),
        Kind(Reversal, "冲正记账凭证", "Reversal voucher", LoadReversal),
        Kind(DepositCash, "电力方现金缴费记账凭证", "Power-side cash deposit voucher", (r, ct) => LoadDeposit(r, true, ct)),
        Kind(DepositTransfer, "电力方转账缴费记账凭证", "Power-side transfer deposit voucher", (r, ct) => LoadDeposit(r, false, ct)),
        Kind(Acceptance, "支票受理回单", "Cheque acceptance slip", LoadAcceptance),
        Kind(Contract, "电费代扣签约信息维护凭证", "Debit contract voucher", LoadContract),
        Kind(Fee, "收费凭证", "Fee voucher", LoadFee),
    ];

    private static DocumentKind Kind(string name, string zh, string en, DocumentLoader load) =>
        new(name, zh, en, Paper.Slip, typeof(ElectricityPaper), load);

    private static async Task<DocumentData?> LoadInvoice(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.Id;
        var payment = await db.Set<ElectricityPayment>().SingleAsync(p => p.Id == id, ct);
        var last = await db.Set<ElectricityInvoice>().Where(i => i.PaymentId == id).OrderByDescending(i => i.Id).FirstOrDefaultAsync(ct);
        if (last is null)
        {
            return null;
        }

        var unit = await db.Set<AccountingUnit>().SingleAsync(u => u.Id == payment.UnitId, ct);
        var stamp =
            payment.State == PaymentState.Reversed ? new DocumentMark("作废 附件", "Void, attachment")
            : last.Kind == InvoicePrintKind.Reprint ? new DocumentMark("重打", "Reprint")
            : last.Kind == InvoicePrintKind.Later ? new DocumentMark("补打", "Printed later")
            : null;
        return new ElectricityPaperData(
            await db.DocumentHead(transaction, ct),
            payment.Total,
            [
                new("发票代码", "Invoice code", last.Code),
                new("发票号码", "Invoice number", last.Number),
                .. Bill(payment, unit),
                .. payment
                    .AllItems.Take(MostLines)
                    .SelectMany(i =>
                        new PaperField[]
                        {
                            new("电费年月", "Month", $"{i.Month}  {i.Receivable}"),
                            new("电费＋违约金", "Principal and late fee", $"{Figures.Yuan(i.Principal)} + {Figures.Yuan(i.LateFee)}"),
                        }
                    ),
                .. Rest(payment),
            ],
            Stamp: stamp,
            Note: Pending(payment)
        );
    }

    /// <summary>Lines that a slip has room for; the voucher names all months together.</summary>
    private const int MostLines = 4;

    /// <summary>What the lines leave out, so that they add up to the total.</summary>
    private static IEnumerable<PaperField> Rest(ElectricityPayment payment)
    {
        var rest = payment.AllItems.Skip(MostLines).ToList();
        if (rest.Count > 0)
        {
            yield return new("其余月份", "Other months", $"{rest.Count} 笔  {Figures.Yuan(rest.Sum(i => i.Total))}", "");
        }

        if (payment.Prepaid > 0)
        {
            yield return new("预存", "Paid over", Figures.Yuan(payment.Prepaid));
        }
    }

    private static async Task<DocumentData?> LoadVoucher(DocumentRequest request, Func<PayerAccountKind?, bool> isOf, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.Id;
        var payment = await db.Set<ElectricityPayment>().SingleAsync(p => p.Id == id, ct);
        var account = await Account(db, payment.PayerAccountId, ct);
        if (!isOf(account?.Kind))
        {
            return null;
        }

        var unit = await db.Set<AccountingUnit>().SingleAsync(u => u.Id == payment.UnitId, ct);
        return new ElectricityPaperData(
            await db.DocumentHead(transaction, ct),
            payment.Total,
            [
                new("功能号", "Function", "4623 电费代收"),
                .. Bill(payment, unit),
                .. Payer(payment, account),
                new("过渡户账号", "Transit account", unit.TransitAccount),
                new("电费年月", "Months", string.Join(' ', payment.AllItems.Select(i => i.Month).Distinct())),
            ],
            Stamp: payment.State switch
            {
                PaymentState.Refused => new DocumentMark("已退回", "Refused"),
                PaymentState.Reversed => new DocumentMark("已冲正", "Reversed"),
                _ => null,
            },
            Note: Pending(payment)
        );
    }

    private static async Task<DocumentData?> LoadReversal(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.Id;
        if (await db.Set<ElectricityPayment>().SingleOrDefaultAsync(p => p.ReversalId == id, ct) is { } payment)
        {
            if (payment.Kind == PaymentKind.Deposit)
            {
                return await Deposit(db, transaction, payment, "4629 电力方缴费冲正", true, ct);
            }

            var unit = await db.Set<AccountingUnit>().SingleAsync(u => u.Id == payment.UnitId, ct);
            return new ElectricityPaperData(
                await db.DocumentHead(transaction, ct),
                payment.Total,
                [
                    new("功能号", "Function", "4625 当日电费冲正"),
                    .. Bill(payment, unit),
                    .. Payer(payment, await Account(db, payment.PayerAccountId, ct)),
                    new("冲正原因", "Reason", payment.ReversalReason, "remark"),
                ],
                Back: true,
                Note: "收回的电费发票加盖作废及附件章，作本凭证附件。"
            );
        }

        return null;
    }

    private static async Task<DocumentData?> LoadDeposit(DocumentRequest request, bool cash, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.Id;
        var deposit = await db.Set<ElectricityPayment>().SingleAsync(d => d.Id == id, ct);
        return cash == (deposit.Method == CollectionMethod.Cash)
            ? await Deposit(db, transaction, deposit, "4628 电力方缴费", false, ct)
            : null;
    }

    private static async Task<ElectricityPaperData> Deposit(
        AppDb db,
        Transaction transaction,
        ElectricityPayment deposit,
        string function,
        bool back,
        CancellationToken ct
    )
    {
        var unit = await db.Set<AccountingUnit>().SingleAsync(u => u.Id == deposit.UnitId, ct);
        var account = await Account(db, deposit.PayerAccountId, ct);
        return new ElectricityPaperData(
            await db.DocumentHead(transaction, ct),
            deposit.Total,
            [
                new("功能号", "Function", function),
                new("核算单位", "Unit", $"{unit.Code} {unit.Name}", ""),
                new("缴款编号", "Payment number", deposit.Reference),
                new("付款账号", "From account", account is null ? null : Mask.Account(account.Number)),
                new("内部账户", "Internal account", deposit.Method == CollectionMethod.OtherTransfers ? "其他应解汇款" : null, ""),
                new("支票号码", "Cheque", deposit.ChequeNumber),
                new("过渡户账号", "Transit account", unit.TransitAccount),
                new("冲正原因", "Reason", back ? deposit.ReversalReason : null, "remark"),
            ],
            Back: back,
            Stamp: !back && deposit.State == PaymentState.Reversed ? new DocumentMark("已冲正", "Reversed") : null,
            Note: Pending(deposit)
        );
    }

    private static async Task<DocumentData?> LoadAcceptance(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.Id;
        var cheque = await db.Set<OtherBankCheque>().SingleAsync(c => c.Id == id, ct);
        var unit = await db.Set<AccountingUnit>().SingleAsync(u => u.Id == cheque.UnitId, ct);
        return new ElectricityPaperData(
            await db.DocumentHead(transaction, ct),
            cheque.Amount,
            [
                new("核算单位", "Unit", $"{unit.Code} {unit.Name}", ""),
                new("付款行行号", "Drawee bank", cheque.BankNumber),
                new("支票号码", "Cheque", cheque.ChequeNumber),
                new("出票人账号", "Drawer's account", cheque.DrawerAccount),
            ],
            Note: "本回单仅证明支票已受理，款项收妥后方可入账。"
        );
    }

    private static async Task<DocumentData?> LoadContract(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, reader) = request;
        var id = long.Parse(transaction.Details!, CultureInfo.InvariantCulture);
        var contract = await db.Set<DebitContract>().SingleAsync(c => c.Id == id, ct);
        var unit = await db.Set<AccountingUnit>().SingleAsync(u => u.Id == contract.UnitId, ct);
        return new ElectricityPaperData(
            await db.DocumentHead(transaction, ct),
            0,
            [
                new("功能号", "Function", "4621 电费代扣签约信息维护"),
                new("维护类型", "Change", transaction.Remark, ""),
                new("协议编号", "Agreement", contract.AgreementNumber),
                new("核算单位", "Unit", $"{unit.Code} {unit.Name}", ""),
                new("用电客户编号", "Customer", contract.Customer),
                new("用电客户名称", "Name", Mask.Name(contract.CustomerName), ""),
                new("代扣账号", "Account", Mask.Account(contract.AccountNumber)),
                new("户名", "Holder", Mask.Name(contract.Holder), ""),
                new("证件号码", "Certificate", Mask.Certificate(contract.CertificateNumber)),
            ]
        );
    }

    private static async Task<DocumentData?> LoadFee(DocumentRequest request, CancellationToken ct)
    {
        var (db, transaction, _) = request;
        var id = transaction.Id;
        var fee = await db.Set<ChargedFee>().SingleAsync(f => f.Id == id, ct);
        var unit = await db.Set<AccountingUnit>().SingleAsync(u => u.Id == fee.UnitId, ct);
        return new ElectricityPaperData(
            await db.DocumentHead(transaction, ct),
            fee.Amount,
            [
                new("功能号", "Function", "1078 单位客户服务收费"),
                new("核算单位", "Unit", $"{unit.Code} {unit.Name}", ""),
                new("收费期间", "Period", $"{Figures.Date(fee.From)} 至 {Figures.Date(fee.To)}"),
                new("缴费笔数", "Payments", fee.Payments.ToString(CultureInfo.InvariantCulture)),
                new("缴费金额", "Collected", Figures.Yuan(fee.Collected)),
                new("付款账号", "From account", unit.SettlementAccount),
                new("收入账号", "Income account", "60303002 代收公用事业费业务收入", ""),
            ]
        );
    }

    private static IEnumerable<PaperField> Bill(ElectricityPayment payment, AccountingUnit unit) =>
        [
            new("核算单位", "Unit", $"{unit.Code} {unit.Name}", ""),
            new("用电客户编号", "Customer", payment.Customer),
            new("用电客户名称", "Name", Mask.Name(payment.CustomerName), ""),
            new("电费流水号", "Electricity serial number", payment.SerialNumber),
            new("电力方流水号", "Power company's number", payment.PowerSerial),
            new("电费", "Principal", Figures.Yuan(payment.Principal)),
            new("违约金", "Late fee", Figures.Yuan(payment.LateFee)),
            new("缴费渠道", "Channel", ChannelTable.Zh(payment.Channel), ""),
        ];

    private static IEnumerable<PaperField> Payer(ElectricityPayment payment, PayerAccount? account) =>
        [
            new("缴费方式", "Method", payment.Method == CollectionMethod.Cash ? "现金" : "转账", ""),
            new("付款账号", "From account", account is null ? null : Mask.Account(account.Number)),
            new("付款户名", "Holder", account is null ? null : Mask.Name(account.Holder), ""),
        ];

    private static string? Pending(ElectricityPayment payment) =>
        payment.State is PaymentState.Pending or PaymentState.Sending ? "电力方尚未确认，以电力方确认或日终对账结果为准。"
        : payment.Decision == PaymentDecision.Reconciliation ? "电力方未当时确认，以信用社账务为准入账，由电力方补登。"
        : null;

    private static async Task<PayerAccount?> Account(AppDb db, long? id, CancellationToken ct) =>
        id is { } known ? await db.Set<PayerAccount>().SingleOrDefaultAsync(a => a.Id == known, ct) : null;
}
