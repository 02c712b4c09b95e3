using System.Text.Json;
using Issuance.Issuing;

namespace Issuance.Documents;

/// <summary>What was received at issuing, as the transaction remembers it. Fen.</summary>
/// <param name="CardFee">工本费.</param>
/// <param name="Deposit">押金.</param>
/// <param name="ServiceFee">服务费; zero when waived.</param>
/// <param name="ServiceFeeWaived">Whether the service fee was waived (FC-01.4).</param>
/// <param name="FeeInvoice">Whether the customer wants an invoice for the fees.</param>
public sealed record IssueCharges(long CardFee, long Deposit, long ServiceFee, bool ServiceFeeWaived, bool FeeInvoice)
{
    public long Total => checked(CardFee + Deposit + ServiceFee);

    internal static IssueCharges Of(Transaction issue)
    {
        var details =
            JsonSerializer.Deserialize<IssueDetails>(issue.Details ?? "null", Json.Options)
            ?? throw new InvalidOperationException($"The issue {issue.Id} has no details.");
        return new IssueCharges(details.CardFee, details.Deposit, details.ServiceFee, details.ServiceFeeWaived, details.FeeInvoice);
    }
}
