namespace Funding.Contracts;

public sealed record ContractNotFound() : Refusal("contract-not-found", 404, "There is no such discount contract.", "优惠合约不存在。");

/// <summary>The contract is not for this payment.</summary>
/// <param name="ContractCode">The contract that was asked for.</param>
public sealed record ContractNotApplicable(string ContractCode)
    : Refusal(
        "contract-not-applicable",
        409,
        "The discount contract is not for this customer, card type or date, or has ended.",
        "该优惠合约不适用于此客户、卡类型或日期，或已终止。"
    );
