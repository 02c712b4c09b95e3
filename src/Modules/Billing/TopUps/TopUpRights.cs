namespace Billing.TopUps;

/// <summary>The functions of this business, one right each: of tills, of the service desk, of the cash office.</summary>
internal static class TopUpRights
{
    public static readonly Right KeepCarriers = New("keep-carriers", "Maintain carriers and prefixes", "运营商与号段维护");
    public static readonly Right PayCredit = New("pay-credit", "Pay credit to carriers", "预存运营商充值款");
    public static readonly Right Sell = New("sell", "Sell top-ups at a till", "收银台移动充值");
    public static readonly Right See = New("see", "See top-ups and reports", "充值查询与报表");
    public static readonly Right LookUp = New("look-up", "Look up top-ups at the service desk", "总服务台充值状态查询");
    public static readonly Right Refund = New("refund", "Refund failed top-ups at the service desk", "总服务台充值退货");
    public static readonly Right Settle = New("settle", "Settle exceptions and differences", "充值异常与差错处理");
    public static readonly Right KeepPins = New("keep-pins", "Receive prepaid PINs", "充值卡密入库");
    public static readonly Right Redeem = New("redeem", "Redeem points and coupons at a till", "积分与赠券兑换");
    public static readonly Right TakeTills = New("take-tills", "Take in the tills' totals and receipts", "收银汇总数据导入");

    public static readonly IReadOnlyList<Right> All =
    [
        KeepCarriers,
        PayCredit,
        Sell,
        See,
        LookUp,
        Refund,
        Settle,
        KeepPins,
        Redeem,
        TakeTills,
    ];

    private static Right New(string function, string en, string zh) => new($"topups.{function}", "topups", en, zh);
}
