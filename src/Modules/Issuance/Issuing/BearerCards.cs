using Access;
using Platform;
using Platform.CardOperations;

namespace Issuance.Issuing;

/// <summary>A bearer card about to be issued.</summary>
/// <param name="ServiceFee">The service fee that is charged with it, fen.</param>
/// <param name="Operation">The card operation that writes the chip.</param>
public sealed record BearerIssue(
    long CardId,
    long CustomerId,
    string CustomerCode,
    string CardNumber,
    string IssuerCode,
    long ServiceFee,
    NewCardOperation Operation
);

/// <summary>
/// 不记名卡: what issuing one needs (FC-37). The sale with its first recharge is Funding's. A bearer card has a customer of its own without any holder
/// data: its quota account is where an unload or a void brings money back to.
/// </summary>
public sealed class BearerCards
{
    /// <summary>The action of the approval that fees other than the set ones need (FC-01.3).</summary>
    public const string FeeApproval = "issue-fee-differs";

    /// <summary>The kind of card operation that issues.</summary>
    public const string OperationKind = IssueFlow.Name;

    private const string CardTypeName = "bearer";
    private const string NoHolder = "不记名";

    private readonly IssueOrders _orders;
    private readonly Parameters _parameters;

    internal BearerCards(IssueOrders orders, Parameters parameters) => (_orders, _parameters) = (orders, parameters);

    /// <summary>The card number of a running number.</summary>
    public string CardNumber(long running) => _orders.CardNumber(running);

    /// <summary>Do the received amounts differ from the set ones?</summary>
    public async Task<bool> FeesDiffer(IssueFees fees, long branchId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(fees);
        return fees.CardFee != await _parameters.Number(Parameter.CardFee(CardTypeName), branchId, ct)
            || fees.Deposit != await _parameters.Number(Parameter.Deposit(CardTypeName), branchId, ct);
    }

    /// <summary>The issue of one card.</summary>
    public async Task<BearerIssue> Issue(string cardNumber, IssueFees fees, long branchId, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(fees);
        var serviceFee = fees.ServiceFeeWaived ? 0 : await _parameters.Number(Parameter.ServiceFee, branchId, ct);
        var years = (int)await _parameters.Number(Parameter.CardValidYears, branchId, ct);
        var nobody = new PersonDetails(NoHolder, CertificateType.Other, "", "");
        var customer = new NewCustomer(await _orders.CustomerCode(ct), CustomerUse.SingleUser, nobody, null);
        var order = new IssueCardOrder(
            Ids.Next(),
            CardType.Bearer,
            Ids.Next(),
            customer,
            Holder.None,
            cardNumber,
            _orders.IssuerCode,
            _orders.Profile,
            _orders.Today,
            _orders.Today.AddYears(years),
            null,
            fees,
            serviceFee
        );
        var amount = checked(fees.CardFee + serviceFee + fees.Deposit);
        var operation = new NewCardOperation(
            OperationKind,
            order.CardId,
            order.CustomerId,
            cardNumber,
            amount,
            order,
            _orders.Script(order)
        );
        return new BearerIssue(order.CardId, order.CustomerId, customer.Code, cardNumber, order.IssuerCode, serviceFee, operation);
    }
}
