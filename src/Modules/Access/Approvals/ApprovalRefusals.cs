namespace Access.Approvals;

public sealed record OwnApproval()
    : Refusal("own-approval", 403, "Another operator must approve your request.", "不能复核本人发起的业务。");

/// <param name="TriesLeft">As with signing in.</param>
public sealed record ApproverRefused(int? TriesLeft)
    : Refusal(
        "approver-refused",
        403,
        "The approver's login or password is wrong, or the password is locked.",
        "复核人登录名或密码错误，或密码已被锁定。"
    );

public sealed record ApproverPasswordExpired()
    : Refusal(
        "approver-password-expired",
        403,
        "The approver's password has expired. The approver must change it first.",
        "复核人密码已过期，请先修改密码。"
    );

/// <summary>Without the right to approve, or without a right that the request concerns.</summary>
public sealed record ApproverRightMissing()
    : Refusal("approver-right-missing", 403, "This operator may not approve this.", "该操作员没有相应的复核权限。");
