namespace Cheques;

/// <summary>The pair of bank and number is taken once (FC-31.1).</summary>
public sealed record ChequeKnown()
    : Refusal("cheque-known", 409, "A cheque of this bank and number was received before.", "该银行的此支票编号已收取过。");

/// <summary>There is no such cheque, or it is another customer's.</summary>
public sealed record ChequeNotFound() : Refusal("cheque-not-found", 404, "There is no such cheque.", "支票不存在。");

/// <summary>The cheque is not cleared, and its customer is not credited on sight (FC-09.5).</summary>
public sealed record ChequeNotCleared() : Refusal("cheque-not-cleared", 409, "The cheque is not cleared yet.", "支票尚未到账，不能使用。");

public sealed record ChequeBounced() : Refusal("cheque-bounced", 409, "The cheque was bounced.", "该支票已退票。");

public sealed record ChequeCleared() : Refusal("cheque-cleared", 409, "The cheque is cleared.", "该支票已到账。");

/// <summary>The amount exceeds the cheque's remaining amount (FC-09.5).</summary>
/// <param name="Left">Fen that are left of it.</param>
public sealed record ChequeTooSmall(long Left)
    : Refusal("cheque-too-small", 409, "The amount exceeds the cheque's remaining amount.", "支票剩余金额不足。");

/// <summary>The cheque was received by a branch that is not below the caller's.</summary>
public sealed record ChequeOfOtherBranch()
    : Refusal(
        "cheque-of-other-branch",
        403,
        "Only the branch that received the cheque, or a branch above it, may do this.",
        "只能由收取网点或其上级机构办理。"
    );

/// <summary>A payment by cheque names the cheque, and no other payment does.</summary>
public sealed record ChequeIdRequired() : Refusal("cheque-id-required", 422, "Choose the cheque.", "请选择支票。");
