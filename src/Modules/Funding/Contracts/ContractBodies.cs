using Issuance;
using Platform;

namespace Funding;

/// <summary>A discount contract to be kept.</summary>
/// <param name="Code" example="AUTUMN-2026">Unique; at most 20 characters.</param>
/// <param name="Name" example="Autumn recharge bonus">At most 100 characters.</param>
/// <param name="ValidFrom" example="2026-11-01">The first business date it is for.</param>
/// <param name="ValidTo" example="2026-12-31">The last business date it is for; at most ten years after the first.</param>
/// <param name="Tiers">1 to 20 steps by amount, rising.</param>
/// <param name="CustomerCodes" example="[]">The customers it is for, at most 100; empty or null: all.</param>
/// <param name="CardTypes" example="[]">The card types it is for; empty or null: all.</param>
/// <param name="BonusCap" example="10000">Fen: the most bonus one payment earns, 1 to 100,000,000; null: no cap.</param>
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
/// <param name="ValidFrom" example="2026-11-01">The first business date it is for.</param>
/// <param name="ValidTo" example="2026-12-31">The last business date it is for.</param>
/// <param name="EndedAt" example="2026-12-01T02:15:30Z">When it was ended before its time; null: it was not.</param>
/// <param name="Tiers">Steps by amount, rising.</param>
/// <param name="CustomerCodes" example="[]">The customers it is for; empty: all.</param>
/// <param name="CardTypes" example="[]">The card types it is for; empty: all.</param>
/// <param name="BonusCap" example="10000">Fen: the most bonus one payment earns; null: no cap.</param>
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
    : Refusal("only-headquarters", 403, "Only headquarters keeps discount contracts.", "优惠合约只能由总部维护。");

public sealed record ContractCodeUsed(string ContractCode)
    : Refusal("contract-code-used", 409, "There is a contract with this code.", "优惠合约编码已存在。");

public sealed record ContractEnded() : Refusal("contract-ended", 409, "The contract has already ended.", "该优惠合约已终止。");

/// <summary>Some customers of the contract do not exist.</summary>
public sealed record ContractCustomersUnknown(IReadOnlyList<string> CustomerCodes)
    : Refusal("contract-customers-unknown", 422, "Some customers do not exist.", "部分客户编码不存在。");
