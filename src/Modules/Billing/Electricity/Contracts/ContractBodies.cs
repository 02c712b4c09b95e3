namespace Billing.Electricity.Contracts;

/// <summary>A contract to make.</summary>
/// <param name="AgreementNumber" example="XY20100001">协议编号, 1 to 32 letters and digits; used once.</param>
/// <param name="CustomerNumber" example="0123456789">用电客户编号.</param>
/// <param name="AccountNumber" example="6223201234567890123">The account to debit.</param>
/// <param name="Holder" example="张敏">户名, as the account bears it.</param>
/// <param name="CertificateNumber" example="11010519491231002X">证件号码 of the holder.</param>
public sealed record AddDebitContractRequest(
    string AgreementNumber,
    string CustomerNumber,
    string AccountNumber,
    string Holder,
    string CertificateNumber
);

/// <summary>Another account for the same customer, by a new agreement.</summary>
/// <param name="CertificateNumber" example="11010519491231002X">证件号码 of the contract's holder.</param>
/// <param name="NewAgreementNumber" example="XY20100002">The new agreement's number.</param>
/// <param name="AccountNumber" example="6223201234567890131">The new account.</param>
/// <param name="Holder" example="张敏">户名 of the new account.</param>
/// <param name="NewCertificateNumber" example="11010519491231002X">证件号码 of the new account's holder.</param>
public sealed record ChangeDebitContractRequest(
    string CertificateNumber,
    string NewAgreementNumber,
    string AccountNumber,
    string Holder,
    string NewCertificateNumber
);

/// <summary>The holder, who proves himself.</summary>
/// <param name="CertificateNumber" example="11010519491231002X">证件号码.</param>
public sealed record DebitContractHolderRequest(string CertificateNumber);

/// <summary>A debit contract.</summary>
/// <param name="AgreementNumber" example="XY20100001">协议编号.</param>
/// <param name="State" example="inForce">Its state.</param>
/// <param name="UnitCode" example="37010">核算单位.</param>
/// <param name="CustomerNumber" example="0123456789">用电客户编号.</param>
/// <param name="CustomerName" example="*敏">The customer's name, masked.</param>
/// <param name="AccountNumber" example="***************0123">The account, masked.</param>
/// <param name="Holder" example="*敏">户名, masked.</param>
/// <param name="CertificateNumber" example="110105********002X">证件号码, masked.</param>
/// <param name="SerialNumber" example="00150224112025602057">Of this step; its document is the voucher. Null when shown.</param>
public sealed record DebitContractResponse(
    string AgreementNumber,
    DebitContractState State,
    string UnitCode,
    string CustomerNumber,
    string CustomerName,
    string AccountNumber,
    string Holder,
    string CertificateNumber,
    string? SerialNumber
)
{
    internal static DebitContractResponse Of(DebitContract c, string unitCode, string? serialNumber) =>
        new(
            c.AgreementNumber,
            c.State,
            unitCode,
            c.Customer,
            Mask.Name(c.CustomerName),
            Mask.Account(c.AccountNumber),
            Mask.Name(c.Holder),
            Mask.Certificate(c.CertificateNumber),
            serialNumber
        );
}
