namespace Billing.Electricity.Deposits;

/// <summary>Another bank's cheque.</summary>
/// <param name="BankNumber" example="102100099996">付款行行号, 12 digits with a right check digit.</param>
/// <param name="ChequeNumber" example="31300512">支票号码, 1 to 32 letters and digits.</param>
/// <param name="DrawerAccount" example="0200003419027309871">出票人账号, 5 to 32 digits.</param>
/// <param name="Amount" example="5000000">Fen, 1 to 10,000,000,000.</param>
public sealed record AcceptOtherBankChequeRequest(string BankNumber, string ChequeNumber, string DrawerAccount, long Amount);

/// <summary>Another bank's cheque as it stands.</summary>
/// <param name="SerialNumber" example="00150224112025602057">Of its acceptance.</param>
/// <param name="State" example="accepted">Its state.</param>
/// <param name="Amount" example="5000000">Fen.</param>
/// <param name="Document" example="/v1/transactions/00150224112025602057/documents/cheque-acceptance">支票受理回单.</param>
public sealed record OtherBankChequeResponse(string SerialNumber, OtherBankChequeState State, long Amount, string Document)
{
    internal static OtherBankChequeResponse Of(OtherBankCheque cheque) =>
        new(
            Platform.Persistence.SerialNumber.Of(cheque.Id),
            cheque.State,
            cheque.Amount,
            $"/v1/transactions/{Platform.Persistence.SerialNumber.Of(cheque.Id)}/documents/{Documents.ElectricityPapers.Acceptance}"
        );

    internal static string Location(OtherBankCheque cheque) =>
        $"/v1/electricity/other-bank-cheques/{Platform.Persistence.SerialNumber.Of(cheque.Id)}";
}
