using Platform.Approvals;
using Platform.Cards.Operations;

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
    /// <summary>The action of the approval that fees other than the set ones need.</summary>
    public static readonly ApprovalAction FeeApproval = IssueDesk.FeeApproval;

    /// <summary>The kind of card operation that issues.</summary>
    public const string OperationKind = IssueFlow.Name;

    private const string NoHolder = "不记名";

    private readonly IssueOrders _orders;
    private readonly IssueDesk _desk;

    internal BearerCards(IssueOrders orders, IssueDesk desk) => (_orders, _desk) = (orders, desk);

    /// <summary>The card number of a running number.</summary>
    public string CardNumber(long running) => _orders.CardNumber(running);

    /// <summary>Do the received amounts differ from the set ones?</summary>
    public Task<bool> FeesDiffer(IssueFees fees, CancellationToken ct) => _desk.Differ(CardType.Bearer, fees, ct);

    /// <summary>What an approver is told of them.</summary>
    public Task<ApprovalSubject> Subject(IssueFees fees, CancellationToken ct) => _desk.Subject(CardType.Bearer, fees, ct);

    /// <summary>A card as it will be when its first recharge is taken.</summary>
    public static CardView ToBe(long branchId)
    {
        var customer = Customer.Opening(
            0,
            "",
            CustomerUse.SingleUser,
            branchId,
            new HolderDetails(CustomerKind.Person, "", CertificateType.Other, "", ""),
            default
        );
        customer.State = CustomerState.Active;
        var card = new Card
        {
            Number = "",
            Type = CardType.Bearer,
            State = CardState.Active,
            BranchId = branchId,
            IssuerCode = "",
            Profile = "",
        };
        return new CardView(card, customer);
    }

    /// <summary>The issue of one card.</summary>
    public async Task<BearerIssue> Issue(string cardNumber, IssueFees fees, CancellationToken ct)
    {
        var nobody = new PersonDetails(NoHolder, CertificateType.Other, "", "");
        var customer = new NewCustomer(await _orders.CustomerCode(ct), CustomerUse.SingleUser, nobody, null);
        var order = await _desk.Order(CardType.Bearer, Ids.Next(), cardNumber, fees, plate: null, ct);
        order = order with { NewCustomer = customer };
        return new BearerIssue(
            order.CardId,
            order.CustomerId,
            customer.Code,
            cardNumber,
            order.IssuerCode,
            order.ServiceFee,
            _desk.Operation(order)
        );
    }
}
