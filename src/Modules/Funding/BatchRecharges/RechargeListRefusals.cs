namespace Funding.BatchRecharges;

public sealed record RechargeListNotFound()
    : Refusal(
        "recharge-list-not-found",
        404,
        "There is no such recharge list at your branch or below it.",
        "本网点及下级网点没有此批量充值清单。"
    );

/// <summary>The list's state does not allow it.</summary>
/// <param name="State">What the list is now.</param>
public sealed record RechargeListStateForbids(RechargeListState State)
    : Refusal("recharge-list-state-forbids", 409, $"The list is {Json.Name(State)}.", $"该清单{RechargeListWords.Of(State)}，不能办理。");

/// <summary>The same file was submitted before (FC-20.4); with <c>repeat=true</c> it is taken again.</summary>
/// <param name="SerialNumber">The earlier list, where it is known.</param>
public sealed record FileSubmittedBefore(string? SerialNumber)
    : Refusal(
        "file-submitted-before",
        409,
        "An identical file was already submitted. Set repeat=true to submit it again.",
        "相同内容的文件已提交过；如确需再次提交，请注明 repeat=true。"
    );

/// <summary>Only an organisation hands in recharge lists (FC-20.1).</summary>
public sealed record UnitMustBeOrganisation()
    : Refusal("unit-must-be-organisation", 409, "The recharging unit must be an organisation.", "充值单位须为单位客户。");

public sealed record FileEmpty() : Refusal("file-empty", 400, "Send the file as the body.", "请以请求体上传文件。");

/// <summary>Who submitted a list does not review it (FC-22.1).</summary>
public sealed record OwnRechargeList()
    : Refusal("own-recharge-list", 403, "Another operator must review your submission.", "不能复核本人提交的清单。");

/// <summary>Only the submitting branch voids a list and takes its result (FC-21.1, FC-23.1).</summary>
public sealed record RechargeListOfOtherBranch()
    : Refusal("recharge-list-of-other-branch", 403, "Only the branch that submitted the list may do this.", "仅提交网点可以办理。");

/// <summary>The unit's quota account does not cover the list with paid money (FC-22.1): bonus is not passed on to other customers.</summary>
/// <param name="Needed">Fen of the list.</param>
/// <param name="QuotaBalance">Fen in the unit's quota account.</param>
/// <param name="Bonus">The part of it that is bonus.</param>
public sealed record QuotaDoesNotCoverList(long Needed, long QuotaBalance, long Bonus)
    : Refusal(
        "quota-does-not-cover-list",
        409,
        "The paid money in the unit's quota account does not cover the list. A bonus is not transferable.",
        "单位额度账中的实缴资金不足以支付该清单（赠送金额不能转出）。"
    );

/// <summary>The unit owes for a bounced cheque.</summary>
/// <param name="Claim">Fen.</param>
public sealed record UnitHasClaim(long Claim)
    : Refusal("unit-has-claim", 409, "The unit has a bounced-cheque debt. Settle it first.", "该单位有退票欠款，请先结清。");

public sealed record ResultNotRetrieved()
    : Refusal(
        "result-not-retrieved",
        409,
        "Retrieve the result first: POST …/retrieval, by the submitting branch.",
        "请先由提交网点办理结果取回。"
    );

public sealed record TooManyStreams()
    : Refusal("too-many-streams", 429, "Too many open event streams; poll the list instead.", "跟踪连接过多，请改为定时查询。")
{
    public override bool Retryable => true;

    public override int? RetryAfterSeconds => 10;
}

/// <summary>The states in Chinese, as documents and refusals say them.</summary>
internal static class RechargeListWords
{
    public static string Of(RechargeListState state) =>
        state switch
        {
            RechargeListState.Checking => "校验中",
            RechargeListState.Rejected => "校验未通过",
            RechargeListState.Submitted => "待复核",
            RechargeListState.Voided => "已撤销",
            RechargeListState.Released => "已复核",
            RechargeListState.Posting => "入账中",
            RechargeListState.Finished => "已完成",
            RechargeListState.Retrieved => "结果已取回",
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No word for it."),
        };
}
