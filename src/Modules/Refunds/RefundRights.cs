namespace Refunds;

/// <summary>The functions of this module, one right each.</summary>
internal static class RefundRights
{
    public static readonly Right CloseCustomer = New("close-customer", "Close customers", "客户清户");
    public static readonly Right Refund = New("refund", "Refund after closing", "客户清户退款");
    public static readonly Right SpecialRefund = New("special-refund", "Special refunds", "客户特殊退款");
    public static readonly Right SpecialRefundWithCard = New(
        "special-refund-with-card",
        "Special refunds, main card present",
        "客户主卡特殊退款"
    );
    public static readonly Right SmallRefund = New("small-refund", "Small refunds", "客户小额退款");
    public static readonly Right RefundDeposits = New("refund-deposits", "Refund deposits", "客户退押金");
    public static readonly Right Confirm = New("confirm-refund", "Confirm and return refunds", "退款到账与退回登记");
    public static readonly Right Cancel = New("cancel-refund", "Cancel refunds", "退款撤销");
    public static readonly Right IssueInvoice = New("issue-invoice", "Issue invoices after a refund", "退款后补开发票");
    public static readonly Right PayCredit = New("pay-credit", "Payments of credit debts", "赊销收款");
    public static readonly Right See = New("see", "See closings and refunds", "清户与退款查询");

    public static readonly IReadOnlyList<Right> All =
    [
        CloseCustomer,
        Refund,
        SpecialRefund,
        SpecialRefundWithCard,
        SmallRefund,
        RefundDeposits,
        Confirm,
        Cancel,
        IssueInvoice,
        PayCredit,
        See,
    ];

    private static Right New(string function, string en, string zh) => new($"refunds.{function}", "refunds", en, zh);
}
