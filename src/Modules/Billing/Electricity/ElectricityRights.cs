namespace Billing.Electricity;

/// <summary>The functions of this business, one right each.</summary>
internal static class ElectricityRights
{
    public static readonly Right KeepMerchant = New("keep-merchant", "Maintain power groups and admissions' data", "中间业务商户信息维护");
    public static readonly Right KeepUnits = New("keep-units", "Maintain accounting units (4692)", "中间业务商户账户维护（4692）");
    public static readonly Right Apply = New("apply-admission", "Apply for admission (4690)", "中间业务准入申请（4690）");
    public static readonly Right Agree = New("agree-admission", "Agree to admissions (4690)", "中间业务准入审批（4690）");
    public static readonly Right OpenAdmission = New("open-admission", "Open and close admissions (4690)", "中间业务准入开通（4690）");
    public static readonly Right KeepAccounts = New("keep-payer-accounts", "Maintain payers' accounts", "缴费人账户维护");
    public static readonly Right PayIn = New("pay-in", "Pay into and out of payers' accounts", "缴费人账户存取款");
    public static readonly Right See = New("see", "See customers, bills and payments", "用电客户及电费查询");
    public static readonly Right Collect = New("collect", "Collect bills (4623)", "电费代收（4623）");
    public static readonly Right Reverse = New("reverse", "Reverse collections of the day (4625)", "当日电费冲正（4625）");
    public static readonly Right PayOwed = New("pay-owed", "Pay out what is owed to payers", "应退电费支付");
    public static readonly Right Print = New("print-invoice", "Print electricity invoices (4627)", "发票打印（4627）");
    public static readonly Right Deposit = New("deposit", "Take power-side deposits (4628)", "电力方缴费（4628）");
    public static readonly Right ReverseDeposit = New("reverse-deposit", "Reverse power-side deposits (4629)", "电力方缴费冲正（4629）");
    public static readonly Right KeepContracts = New("keep-contracts", "Maintain debit contracts (4621)", "电费代扣签约信息维护（4621）");
    public static readonly Right RunDebits = New("run-debits", "Submit, stop and continue batch debits", "批量代扣处理");
    public static readonly Right RunDays = New("run-days", "Sign on, sign off and close work dates", "工作日签到签退与日终处理");
    public static readonly Right Settle = New("settle-differences", "Settle reconciliation differences", "对账差错处理");
    public static readonly Right ChargeFee = New("charge-fee", "Charge collection fees (1078)", "单位客户服务收费（1078）");

    public static readonly IReadOnlyList<Right> All =
    [
        KeepMerchant,
        KeepUnits,
        Apply,
        Agree,
        OpenAdmission,
        KeepAccounts,
        PayIn,
        See,
        Collect,
        Reverse,
        PayOwed,
        Print,
        Deposit,
        ReverseDeposit,
        KeepContracts,
        RunDebits,
        RunDays,
        Settle,
        ChargeFee,
    ];

    private static Right New(string function, string en, string zh) => new($"electricity.{function}", "electricity", en, zh);
}
