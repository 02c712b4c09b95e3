using System.Globalization;
using System.Text;
using Counter.Payments;

namespace Refunds.Refundable;

/// <summary>退款方式: by which a payment goes back.</summary>
public enum RefundWay
{
    /// <summary>现金.</summary>
    Cash,

    /// <summary>银行卡.</summary>
    BankCard,

    /// <summary>支票.</summary>
    Cheque,

    /// <summary>转账.</summary>
    Transfer,

    /// <summary>充值券: a recharge voucher is issued.</summary>
    Voucher,

    /// <summary>冲减赊销: the customer owes less for collections on credit.</summary>
    Credit,

    /// <summary>退回单位额度账: to the quota account of the unit whose recharge list brought the money.</summary>
    Unit,
}

/// <summary>One line of the table: by which ways a payment of this kind may go back.</summary>
/// <param name="PaidBy">How it was paid; null for money that a unit's recharge list brought.</param>
/// <param name="Person">The ways for a person.</param>
/// <param name="Organisation">The ways for an organisation.</param>
public sealed record RefundWayRule(PaymentMethod? PaidBy, IReadOnlyList<RefundWay> Person, IReadOnlyList<RefundWay> Organisation);

/// <summary>By which ways payments may go back (FC-26.6): the only place that says so. docs/refunds.md shows it.</summary>
public static class RefundWays
{
    private static readonly RefundWay[] s_organisation = [RefundWay.Transfer, RefundWay.Credit];

    /// <summary>The table.</summary>
    public static readonly IReadOnlyList<RefundWayRule> Table =
    [
        new(PaymentMethod.Cash, [RefundWay.Cash, RefundWay.BankCard], s_organisation),
        new(PaymentMethod.BankCard, [RefundWay.BankCard], s_organisation),
        new(PaymentMethod.Cheque, [RefundWay.Cheque, RefundWay.Transfer], s_organisation),
        new(PaymentMethod.Transfer, [RefundWay.Transfer], s_organisation),
        new(PaymentMethod.Voucher, [RefundWay.Voucher], s_organisation),
        // By transfer only what is not owed any more (RefundableMoney.Carries).
        new(PaymentMethod.Credit, [RefundWay.Credit, RefundWay.Transfer], [RefundWay.Credit, RefundWay.Transfer]),
        new(null, [RefundWay.Unit], [RefundWay.Unit]),
    ];

    /// <summary>The ways of one payment.</summary>
    public static IReadOnlyList<RefundWay> Of(PaymentMethod? paidBy, CustomerKind customer)
    {
        var rule = Table.Single(r => r.PaidBy == paidBy);
        return customer == CustomerKind.Organisation ? rule.Organisation : rule.Person;
    }

    /// <summary>Does the money wait between the books and the bank until the branch confirms it (FC-26.7)?</summary>
    public static bool IsSent(this RefundWay way) => way is RefundWay.BankCard or RefundWay.Cheque or RefundWay.Transfer;

    /// <summary>The way as totals and papers know it; null for one that passes no counter.</summary>
    public static PaymentMethod? Method(this RefundWay way) =>
        way switch
        {
            RefundWay.Cash => PaymentMethod.Cash,
            RefundWay.BankCard => PaymentMethod.BankCard,
            RefundWay.Cheque => PaymentMethod.Cheque,
            RefundWay.Transfer => PaymentMethod.Transfer,
            RefundWay.Voucher => PaymentMethod.Voucher,
            RefundWay.Credit => PaymentMethod.Credit,
            _ => null,
        };

    /// <summary>The Chinese word that papers print.</summary>
    public static string Zh(this RefundWay way) =>
        way switch
        {
            RefundWay.Cash => "现金",
            RefundWay.BankCard => "银行卡",
            RefundWay.Cheque => "支票",
            RefundWay.Transfer => "转账",
            RefundWay.Voucher => "充值券",
            RefundWay.Credit => "冲减赊销",
            RefundWay.Unit => "退回单位额度账",
            _ => throw new ArgumentOutOfRangeException(nameof(way), way, "No word for it."),
        };

    /// <summary>The table as docs/refunds.md shows it; a test holds the file against this.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder("| paid by | a person gets it by | an organisation gets it by |\n| --- | --- | --- |\n");
        foreach (var rule in Table)
        {
            var paid = rule.PaidBy is { } method ? Json.Name(method) : "a unit's recharge list";
            text.Append(CultureInfo.InvariantCulture, $"| {paid} | {Names(rule.Person)} | {Names(rule.Organisation)} |\n");
        }

        return text.ToString();
    }

    private static string Names(IReadOnlyList<RefundWay> ways) => string.Join(", ", ways.Select(w => Json.Name(w)));
}
