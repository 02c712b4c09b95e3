using Billing.Electricity.Numbers;

namespace Billing.Electricity.Merchants;

/// <summary>A supply company's agreement, accounts and rules (4692).</summary>
/// <param name="Name" example="示范市供电公司">Its name.</param>
/// <param name="BusinessKind" example="electricity">业务种类.</param>
/// <param name="CustomerNumber" example="8000012345">客户编号 of the company at the bank.</param>
/// <param name="ContractNumber" example="DS-2026-001">签约合同号.</param>
/// <param name="UnionCode" example="10100000">签约机构: the union that serves the company, 8 digits. A company is served by one union only.</param>
/// <param name="SignedOn" example="2026-01-05">签约日期.</param>
/// <param name="Mode" example="both">业务方式.</param>
/// <param name="BatchMode" example="collect">批量方式.</param>
/// <param name="TransitAccount" example="2610100001">过渡户账号, 5 to 32 digits, used by one unit only.</param>
/// <param name="SettlementAccount" example="6223201234567890123">商户结算账号: a usable cheque account, used by one unit only.</param>
/// <param name="SettlementName" example="示范市供电公司">商户结算账号名称, as the account bears it.</param>
/// <param name="CustomerNumberLengths">Lengths that electricity customer numbers of this company have, 1 to 4 of 6 to 13.</param>
/// <param name="CustomerNumberCheck" example="none">The check digit that they carry.</param>
/// <param name="DebitTries" example="2">How often in a day a line is tried that failed for funds, 1 to 9.</param>
/// <param name="Fee">The collection fee.</param>
public sealed record UnitRequest(
    string Name,
    string BusinessKind,
    string CustomerNumber,
    string ContractNumber,
    string UnionCode,
    DateOnly SignedOn,
    BusinessMode Mode,
    BatchMode BatchMode,
    string TransitAccount,
    string SettlementAccount,
    string SettlementName,
    IReadOnlyList<int> CustomerNumberLengths,
    CustomerNumberCheck CustomerNumberCheck,
    int DebitTries,
    CollectionFeeBody Fee
);

/// <summary>A collection fee. Amounts are in fen; 0 is none.</summary>
/// <param name="PerItem" example="30">For each payment.</param>
/// <param name="Rate" example="0">On the amount, in ten-thousandths.</param>
/// <param name="LeastPerItem" example="0">At least so much for each payment.</param>
/// <param name="MostPerItem" example="0">At most so much for each payment.</param>
/// <param name="LeastPerPeriod" example="30000">At least so much for each period.</param>
/// <param name="MostPerPeriod" example="0">At most so much for each period.</param>
public sealed record CollectionFeeBody(
    long PerItem,
    int Rate,
    long LeastPerItem,
    long MostPerItem,
    long LeastPerPeriod,
    long MostPerPeriod
);

/// <summary>An accounting unit.</summary>
/// <param name="UnitCode" example="37010">核算单位, 5 to 9 digits.</param>
/// <param name="MerchantCode" example="0006">商户编码.</param>
/// <param name="SettlementInstitution" example="10100001">商户结算账号开户机构.</param>
/// <param name="Data">What can be changed.</param>
/// <param name="Version" example="1">Also the ETag.</param>
public sealed record UnitResponse(string UnitCode, string MerchantCode, string SettlementInstitution, UnitRequest Data, int Version)
    : IVersionedResponse
{
    internal static UnitResponse Of(AccountingUnit unit, string unionCode, int version) =>
        new(
            unit.Code,
            unit.MerchantCode,
            unit.SettlementInstitution,
            new UnitRequest(
                unit.Name,
                unit.BusinessKind,
                unit.CustomerNumber,
                unit.ContractNumber,
                unionCode,
                unit.SignedOn,
                unit.Mode,
                unit.BatchMode,
                unit.TransitAccount,
                unit.SettlementAccount,
                unit.SettlementName,
                unit.Lengths,
                unit.CustomerCheck,
                unit.DebitTries,
                new CollectionFeeBody(
                    unit.FeePerItem,
                    unit.FeeRate,
                    unit.FeeLeastPerItem,
                    unit.FeeMostPerItem,
                    unit.FeeLeastPerPeriod,
                    unit.FeeMostPerPeriod
                )
            ),
            version
        );
}

/// <summary>The merchant is not maintained yet.</summary>
public sealed record MerchantUnknown() : Refusal("merchant-unknown", 404, "There is no such power group.", "无此商户。");

/// <summary>There is no such accounting unit.</summary>
public sealed record UnitUnknown() : Refusal("unit-unknown", 404, "There is no such accounting unit.", "无此核算单位。");

/// <summary>The unit's code is taken.</summary>
public sealed record UnitKnown()
    : Refusal(
        "unit-known",
        409,
        "The accounting unit exists. A supply company is served by one union only.",
        "该核算单位已存在，同一供电公司只能委托一家县级联社。"
    );

/// <summary>Another unit uses the account.</summary>
public sealed record UnitAccountUsed()
    : Refusal("unit-account-used", 409, "Another accounting unit uses this account.", "该账户已由其他核算单位使用。");

/// <summary>The settlement account is not usable as one.</summary>
public sealed record SettlementAccountUnusable()
    : Refusal(
        "settlement-account-unusable",
        409,
        "The settlement account must be a usable cheque account with the given name.",
        "商户结算账户须为状态正常、户名相符的支票户。"
    );

/// <summary>The branch does not stand above the union.</summary>
public sealed record UnionOutOfReach()
    : Refusal("union-out-of-reach", 403, "The union does not stand below the caller's office.", "该联社不在本机构辖内。");

internal sealed class UnitRequestValidator : AbstractValidator<UnitRequest>
{
    public UnitRequestValidator()
    {
        RuleFor(b => b.Name).NotNull().PlainText(ElectricityLimits.Name);
        RuleFor(b => b.BusinessKind).NotNull().PlainText(ElectricityLimits.Number);
        RuleFor(b => b.CustomerNumber).NotNull().PlainText(ElectricityLimits.Number);
        RuleFor(b => b.ContractNumber).NotNull().PlainText(ElectricityLimits.Number);
        RuleFor(b => b.UnionCode).NotNull().BranchCode();
        RuleFor(b => b.Mode).IsInEnum();
        RuleFor(b => b.BatchMode).IsInEnum();
        RuleFor(b => b.TransitAccount).NotNull().Matches("^[0-9]{5,32}$");
        RuleFor(b => b.SettlementAccount).NotNull().Matches("^[0-9]{19}$");
        RuleFor(b => b.SettlementName).NotNull().PlainText(ElectricityLimits.Name);
        RuleFor(b => b.CustomerNumberLengths).NotNull().Count(1, 4);
        RuleForEach(b => b.CustomerNumberLengths).InclusiveBetween(6, 13);
        RuleFor(b => b.CustomerNumberCheck).IsInEnum();
        RuleFor(b => b.DebitTries).InclusiveBetween(1, 9);
        RuleFor(b => b.Fee).NotNull();
        RuleFor(b => b.Fee.PerItem).InclusiveBetween(0, 100_000).When(b => b.Fee is not null);
        RuleFor(b => b.Fee.Rate).InclusiveBetween(0, 1_000).When(b => b.Fee is not null);
        RuleFor(b => b.Fee.LeastPerItem).InclusiveBetween(0, 100_000).When(b => b.Fee is not null);
        RuleFor(b => b.Fee.MostPerItem).InclusiveBetween(0, 100_000).When(b => b.Fee is not null);
        RuleFor(b => b.Fee.LeastPerPeriod).InclusiveBetween(0, ElectricityLimits.Fen).When(b => b.Fee is not null);
        RuleFor(b => b.Fee.MostPerPeriod).InclusiveBetween(0, ElectricityLimits.Fen).When(b => b.Fee is not null);
    }
}
