using System.Text.Json;
using Access.SystemParameters;
using Customers.Reach;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Approvals;
using Platform.Cards.Operations;

namespace Issuance.Issuing;

/// <summary>
/// What all issuing functions do alike: the received amounts against the set ones, service fee, numbers, and the card operation that writes the chip.
/// </summary>
internal sealed class IssueDesk(
    AppDb db,
    IssueOrders orders,
    ChipNames names,
    CustomerReach reach,
    Parameters parameters,
    CardOperationEngine engine,
    RequestContext request
)
{
    public static readonly ApprovalAction FeeApproval = new(
        "issue-fee-differs",
        "Issue a card with fees that differ from the standard",
        "发卡收费与标准不一致"
    );

    /// <summary>Opens a customer with its first card (FC-01, FC-02, FC-05, FC-06).</summary>
    public async Task<Outcome<Booking<IssuanceStarted>>> Open(
        string action,
        CardType type,
        Func<string, NewCustomer> opened,
        IssueFees fees,
        CancellationToken ct
    )
    {
        // Before an approver is asked, and before a number is given: the name is the same under every code.
        var holder = await names.OnChip(Holder.Of(opened("")), ct);
        if (holder.Refusal is { } refusal)
        {
            return refusal;
        }

        if (await Differ(type, fees, ct) && !request.IsApproved(FeeApproval))
        {
            // The name is all that is needed of a customer who has no code yet.
            var name = opened("").Name;
            return request.ApprovalRequired(FeeApproval, await Subject(type, fees, ct) with { CustomerName = name });
        }

        var customer = opened(await orders.CustomerCode(ct));
        var known = await KnownHolders.Read(db, reach, customer.CertificateType, customer.CertificateNumber, ct);
        var order = await Order(type, Ids.Next(), fees, customer.Plate, ct);
        order = order with { NewCustomer = customer, Holder = holder.Value };
        return Start(order, customer.Code, request.ApprovedActor(FeeApproval), action, known);
    }

    /// <summary>Do the received amounts differ from the set ones?</summary>
    public async Task<bool> Differ(CardType type, IssueFees fees, CancellationToken ct)
    {
        var terms = await IssueTerms.Read(parameters, type, request.Caller.BranchId, ct);
        return fees.CardFee != terms.CardFee || fees.Deposit != terms.Deposit;
    }

    /// <summary>What an approver is told of amounts that differ.</summary>
    public async Task<ApprovalSubject> Subject(CardType type, IssueFees fees, CancellationToken ct)
    {
        var terms = await IssueTerms.Read(parameters, type, request.Caller.BranchId, ct);
        return new ApprovalSubject
        {
            Amount = checked(fees.CardFee + fees.Deposit),
            Facts =
            [
                new ApprovalFact("Kind of card", "卡种", Name(type)),
                CardSubject.Fee("Card fee", "工本费", fees.CardFee, terms.CardFee),
                CardSubject.Fee("Deposit", "押金", fees.Deposit, terms.Deposit),
            ],
        };
    }

    /// <summary>An order for a new card of a customer, which the caller completes with its holder.</summary>
    public async Task<IssueCardOrder> Order(CardType type, long customerId, IssueFees fees, string? plate, CancellationToken ct) =>
        await Order(type, customerId, await orders.CardNumber(ct), fees, plate, ct);

    /// <summary>The same for a card whose number is given already.</summary>
    public async Task<IssueCardOrder> Order(
        CardType type,
        long customerId,
        string cardNumber,
        IssueFees fees,
        string? plate,
        CancellationToken ct
    )
    {
        var terms = await IssueTerms.Read(parameters, type, request.Caller.BranchId, ct);
        return new IssueCardOrder(
            Ids.Next(),
            type,
            customerId,
            null,
            Holder.None,
            cardNumber,
            orders.IssuerCode,
            orders.Profile,
            orders.Today,
            orders.Today.AddYears(terms.ValidYears),
            plate,
            fees,
            terms.ServiceFeeOf(fees.ServiceFeeWaived)
        );
    }

    /// <summary>The booking that creates the card operation; customer, card and money follow as the chip is written.</summary>
    public Booking<IssuanceStarted> Start(
        IssueCardOrder order,
        string customerCode,
        Actor actor,
        string action,
        IReadOnlyList<KnownHolder> known
    )
    {
        CardOperationTicket? ticket = null;
        var booking = new Booking<IssuanceStarted>(
            Ids.Next(),
            actor,
            new AuditNote(action, $"card:{order.CardId}"),
            _ =>
                Answer.Accepted(
                    $"/v1/card-operations/{ticket!.OperationId}",
                    new IssuanceStarted(ticket, customerCode, order.CardNumber, order.ServiceFee, known)
                )
        );
        ticket = engine.Create(booking, Operation(order));
        return booking;
    }

    /// <summary>The card operation that writes the order's chip.</summary>
    public NewCardOperation Operation(IssueCardOrder order) =>
        new(IssueFlow.Name, order.CardId, order.CustomerId, order.CardNumber, order.Total, order, orders.Script(order));

    /// <summary>A kind of card as parameters name it: <c>personal-single</c>.</summary>
    public static string Name(CardType type) => JsonNamingPolicy.KebabCaseLower.ConvertName(type.ToString());
}

/// <summary>What the routes of all functions that open a customer say alike.</summary>
internal static class IssueRoutes
{
    public static RouteHandlerBuilder Issues(this RouteHandlerBuilder route, Right right, string what) =>
        route
            .WithDescription(
                $"{what} Returns the ticket of a card operation. The card is issued when the operation is confirmed. "
                    + "Needs a blank chip. Fees that differ from the standard need an approval (action issue-fee-differs)."
            )
            .RequireRight(right)
            .Books<IssuanceStarted>(StatusCodes.Status202Accepted)
            .TakesApproval()
            .Refuses(typeof(NameNotEncodable));
}
