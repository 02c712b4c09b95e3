using System.Globalization;

namespace Billing.Electricity.PayerAccounts;

/// <summary>An account to open.</summary>
/// <param name="AccountNumber" example="6223201234567890123">19 digits.</param>
/// <param name="Holder" example="张敏">户名.</param>
/// <param name="CertificateNumber" example="11010519491231002X">证件号码 of the holder.</param>
/// <param name="Kind" example="personal">The kind of account.</param>
public sealed record OpenPayerAccountRequest(string AccountNumber, string Holder, string CertificateNumber, PayerAccountKind Kind);

/// <summary>A payer's account.</summary>
/// <param name="AccountNumber" example="6223201234567890123">19 digits.</param>
/// <param name="Holder" example="张敏">户名.</param>
/// <param name="Kind" example="personal">The kind of account.</param>
/// <param name="State" example="usable">Its state.</param>
/// <param name="BranchCode" example="10100001">开户机构.</param>
/// <param name="Balance" example="100000">Fen.</param>
/// <param name="Version" example="0">Also the ETag.</param>
public sealed record PayerAccountResponse(
    string AccountNumber,
    string Holder,
    PayerAccountKind Kind,
    PayerAccountState State,
    string BranchCode,
    long Balance,
    int Version
) : IVersionedResponse;

/// <summary>The number is taken.</summary>
public sealed record PayerAccountKnown() : Refusal("payer-account-known", 409, "The account number is taken.", "该账号已存在。");

/// <summary>Money is left in the account.</summary>
/// <param name="Balance">Fen in the account.</param>
public sealed record PayerAccountNotEmpty(long Balance)
    : Refusal("payer-account-not-empty", 409, "Money is left in the account.", "账户尚有余额，不能销户。");

internal static class PayerAccountAnswers
{
    public static string Location(string number) => string.Create(CultureInfo.InvariantCulture, $"/v1/electricity/payer-accounts/{number}");
}

/// <summary>Cash to pay into or out of an account.</summary>
/// <param name="Amount" example="100000">Fen, 1 to 10,000,000,000.</param>
public sealed record PayerCashRequest(long Amount);

/// <summary>What was paid in or out.</summary>
/// <param name="SerialNumber" example="00150224112025602057">Of the transaction.</param>
/// <param name="AccountNumber" example="6223201234567890123">The account.</param>
/// <param name="Amount" example="100000">Fen.</param>
/// <param name="Balance" example="100000">Fen in the account after it.</param>
public sealed record PayerCashResponse(string SerialNumber, string AccountNumber, long Amount, long Balance);

/// <summary>A new state of an account.</summary>
/// <param name="State" example="frozen">usable, frozen or closed. A closed account stays closed.</param>
public sealed record SetPayerAccountStateRequest(PayerAccountState State);
