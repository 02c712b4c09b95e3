namespace Funding.Contracts;

/// <summary>A discount contract to create.</summary>
/// <param name="Code" example="AUTUMN-2026">Unique; at most 20 characters.</param>
/// <param name="Name" example="Autumn recharge bonus">At most 100 characters.</param>
/// <param name="ValidFrom" example="2026-11-01">The first business date of the contract.</param>
/// <param name="ValidTo" example="2026-12-31">The last business date of the contract, at most ten years after the first.</param>
/// <param name="Tiers">1 to 20 tiers in ascending order of amount.</param>
/// <param name="CustomerCodes" example="[]">The customers of the contract, at most 100. Empty or null means all.</param>
/// <param name="CardTypes" example="[]">The card types of the contract. Empty or null means all.</param>
/// <param name="BonusCap" example="10000">The maximum bonus of one payment in fen, 1 to 100,000,000; null means no maximum.</param>
public sealed record CreateContractRequest(
    string Code,
    string Name,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    IReadOnlyList<ContractTier> Tiers,
    IReadOnlyList<string>? CustomerCodes = null,
    IReadOnlyList<CardType>? CardTypes = null,
    long? BonusCap = null
);

/// <summary>A discount contract.</summary>
/// <param name="Code" example="AUTUMN-2026">Its code.</param>
/// <param name="Name" example="Autumn recharge bonus">Its name.</param>
/// <param name="ValidFrom" example="2026-11-01">The first business date of the contract.</param>
/// <param name="ValidTo" example="2026-12-31">The last business date of the contract.</param>
/// <param name="EndedAt" example="2026-12-01T02:15:30Z">When the contract was ended early; null if it was not.</param>
/// <param name="Tiers">The tiers in ascending order of amount.</param>
/// <param name="CustomerCodes" example="[]">The customers of the contract. Empty means all.</param>
/// <param name="CardTypes" example="[]">The card types of the contract. Empty means all.</param>
/// <param name="BonusCap" example="10000">The maximum bonus of one payment in fen; null means no maximum.</param>
public sealed record ContractResponse(
    string Code,
    string Name,
    DateOnly ValidFrom,
    DateOnly ValidTo,
    DateTime? EndedAt,
    IReadOnlyList<ContractTier> Tiers,
    IReadOnlyList<string> CustomerCodes,
    IReadOnlyList<CardType> CardTypes,
    long? BonusCap
)
{
    internal static ContractResponse Of(DiscountContract contract, IReadOnlyDictionary<long, string> customerCodes) =>
        new(
            contract.Code,
            contract.Name,
            contract.ValidFrom,
            contract.ValidTo,
            contract.EndedAt,
            contract.Terms.Tiers,
            [.. contract.Terms.CustomerIds.Select(id => customerCodes[id])],
            contract.Terms.CardTypes,
            contract.Terms.BonusCap
        );
}

/// <summary>Only headquarters keeps contracts (FC-38.1).</summary>
public sealed record OnlyHeadquarters()
    : Refusal("only-headquarters", 403, "Only headquarters can edit discount contracts.", "优惠合约只能由总部维护。");

public sealed record ContractCodeUsed(string ContractCode)
    : Refusal("contract-code-used", 409, "A contract with this code already exists.", "优惠合约编码已存在。");

public sealed record ContractEnded() : Refusal("contract-ended", 409, "The contract has already ended.", "该优惠合约已终止。");

/// <summary>Some customers of the contract do not exist.</summary>
public sealed record ContractCustomersUnknown(IReadOnlyList<string> CustomerCodes)
    : Refusal("contract-customers-unknown", 422, "Some customers do not exist.", "部分客户编码不存在。");
