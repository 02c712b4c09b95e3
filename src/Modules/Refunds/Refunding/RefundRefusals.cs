using Refunds.Refundable;

namespace Refunds.Refunding;

/// <summary>An open bounced-cheque debt blocks every refund (FC-33.1).</summary>
/// <param name="Claim">The debt in fen.</param>
public sealed record RefundBlockedByClaim(long Claim)
    : Refusal(
        "refund-blocked-by-claim",
        409,
        "The customer owes for a bounced cheque. Record the payment of the debt first.",
        "客户有支票欠款未清，须先收取欠款。"
    );

/// <summary>No recharge of which something is left may go back by this way (FC-26.2).</summary>
/// <param name="Allowed">The ways that can carry something.</param>
public sealed record RefundWayNotAllowed(IReadOnlyList<RefundWay> Allowed)
    : Refusal(
        "refund-way-not-allowed",
        409,
        "The money cannot go back by this way. The problem lists the ways that are allowed.",
        "该退款方式不适用于剩余款项，允许的方式见 allowed。"
    );

/// <summary>The amount exceeds what the way can carry (FC-27.5).</summary>
/// <param name="Carries">Fen that it can carry.</param>
/// <param name="Refundable">The refundable balance in fen.</param>
public sealed record RefundExceedsWay(long Carries, long Refundable)
    : Refusal("refund-exceeds-way", 409, "The amount exceeds what can go back by this way.", "金额超过该退款方式可退的金额。");

/// <summary>After closing, the debt for collections on credit is set off before anything is paid out (FC-25.8).</summary>
/// <param name="SetOff">Fen to set off first, by the way credit.</param>
public sealed record RefundDebtFirst(long SetOff)
    : Refusal(
        "refund-debt-first",
        409,
        "The customer owes for collections on credit. Refund by the way credit first.",
        "客户有赊销欠款，须先以冲减赊销方式退款。"
    );

/// <summary>An invoiced recharge is refunded only against its invoices (FC-26.3).</summary>
/// <param name="RechargeSerialNumber">The recharge.</param>
/// <param name="Missing">Fen that the returned invoices do not cover.</param>
public sealed record ReturnedInvoicesRequired(string RechargeSerialNumber, long Missing)
    : Refusal(
        "returned-invoices-required",
        409,
        "The recharge was invoiced. The returned invoices must cover the refund.",
        "该笔充值已开发票，缴回发票的金额须不少于退款金额。"
    );

/// <summary>The invoice is not one of a refunded recharge, or came back before.</summary>
/// <param name="Number">The number of the invoice.</param>
public sealed record ReturnedInvoiceUnknown(string Number)
    : Refusal("returned-invoice-unknown", 409, "No refunded recharge has this invoice outstanding.", "所退款项没有该号码的未缴回发票。");

/// <summary>A refund of an invoiced recharge names its refund invoice, or says that there is none (FC-26.3).</summary>
public sealed record RefundInvoiceRequired()
    : Refusal("refund-invoice-required", 422, "Give the refund invoice's number, or noInvoice.", "请填写退款发票号，或选择不开发票。");

/// <summary>A customer with VAT invoices gives neither oil type nor refund invoice (FC-27.3).</summary>
public sealed record VatCustomerGivesNoRefundInvoice()
    : Refusal(
        "vat-customer-gives-no-refund-invoice",
        422,
        "A customer with VAT invoices gives neither oil type nor refund invoice nor returned invoices.",
        "开增值税发票的客户不选油品类型，也不填退款发票。"
    );

/// <summary>There is no such refund.</summary>
public sealed record RefundNotFound() : Refusal("refund-not-found", 404, "There is no such refund.", "退款不存在。");

/// <summary>The refund's state does not allow this.</summary>
/// <param name="State">Where it stands.</param>
public sealed record RefundStateForbids(RefundState State)
    : Refusal("refund-state-forbids", 409, "The refund's state does not allow this.", "该退款的状态不允许此操作。");

/// <summary>The refund was booked at a branch that is not below the caller's.</summary>
public sealed record RefundOfOtherBranch()
    : Refusal(
        "refund-of-other-branch",
        403,
        "Only the branch that booked the refund, or a branch above it, may do this.",
        "只能由办理退款的网点或其上级机构办理。"
    );

/// <summary>A refund is cancelled by the operator who booked it, on its business date (FC-27.6).</summary>
public sealed record RefundCancelledByOthers()
    : Refusal(
        "refund-cancelled-by-others",
        403,
        "Only the operator who booked the refund can cancel it, and only on its business date.",
        "只能由办理退款的同一操作员在当日营业日撤销。"
    );

/// <summary>What came back may have been invoiced anew; then the refund's invoices cannot be as before.</summary>
public sealed record RefundReinvoiced()
    : Refusal(
        "refund-reinvoiced",
        409,
        "The recharge was invoiced anew since the refund. The refund can no longer be cancelled.",
        "退款后已补开发票，不能撤销。"
    );

/// <summary>What went to a unit has been spent there.</summary>
public sealed record RefundSpentByUnit()
    : Refusal(
        "refund-spent-by-unit",
        409,
        "The unit has spent the money since. The refund can no longer be cancelled.",
        "单位已使用该款项，不能撤销。"
    );

/// <summary>The handling fee of a refund is not paid yet (FC-27.1).</summary>
/// <param name="RefundSerialNumber">The refund.</param>
/// <param name="Fee">The fee in fen.</param>
public sealed record RefundFeeDue(string RefundSerialNumber, long Fee)
    : Refusal(
        "refund-fee-due",
        409,
        "The handling fee of a refund is not paid. Record its payment first, by POST /v1/refunds/{serialNumber}/fee.",
        "退款手续费尚未收取，请先收取。"
    );

/// <summary>The handling fee of the refund was paid, and has to be given back before the refund is cancelled.</summary>
/// <param name="FeeSerialNumber">The transaction of the fee's payment.</param>
public sealed record RefundFeePaid(string FeeSerialNumber)
    : Refusal(
        "refund-fee-paid",
        409,
        "The handling fee of the refund was paid. Void the payment first, by POST /v1/refunds/{serialNumber}/fee/void.",
        "退款手续费已收取，请先撤销手续费收款。"
    );
