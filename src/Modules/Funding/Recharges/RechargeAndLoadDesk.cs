using Counter.Documents;
using Customers;
using Funding.Allocations;
using Funding.Collections;
using Funding.Contracts;
using Funding.Documents;
using Funding.Loads;
using Issuance;
using Issuance.CardSessions;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Cards.Operations;

namespace Funding.Recharges;

/// <summary>
/// What both functions do alike that recharge the quota account and load at once; they differ in how the card is found (FC-09, FC-10).
/// </summary>
internal sealed class RechargeAndLoadDesk(
    AppDb db,
    PaidLoadDesk payments,
    CardPresence presence,
    CardOperationEngine engine,
    LoadOrders orders,
    RequestContext request
)
{
    public async Task<Outcome<Booking<RechargeAndLoadStarted>>> ByNumber(
        string cardNumber,
        RechargeAndLoadRequest body,
        CancellationToken ct
    ) => await Decide(FundingFunctions.RechargeAndLoad, await db.CardView(cardNumber, ct), body, ct);

    public async Task<Outcome<Booking<RechargeAndLoadStarted>>> ByCard(long sessionId, RechargeAndLoadRequest body, CancellationToken ct)
    {
        var found = await presence.Find(sessionId, ct);
        return found.Refusal is { } refusal ? refusal : await Decide(FundingFunctions.RechargeAndLoadWithCard, found.Value, body, ct);
    }

    private async Task<Outcome<Booking<RechargeAndLoadStarted>>> Decide(
        CardFunction function,
        CardView? found,
        RechargeAndLoadRequest body,
        CancellationToken ct
    )
    {
        var checkedPayment = await payments.Check(function, found, body.Payment, body.Load?.Amount, ct);
        if (checkedPayment.Refusal is { } refusal)
        {
            return refusal;
        }

        var paid = checkedPayment.Value;
        var load = body.Load ?? new LoadShare(paid.Brings, paid.Gift.Points);
        load = orders.TakesPoints(paid.Found.Card.IssuerCode) ? load : load with { Points = 0 };
        return await Exceeds(paid, load, ct) is { } exceeds ? exceeds : Booking(function, paid, load);
    }

    /// <summary>For a word in time: the books hold the allocation against the balance when it is booked.</summary>
    private async Task<Refusal?> Exceeds(Payment paid, LoadShare load, CancellationToken ct)
    {
        var customer = paid.Found.Customer;
        var own = await db.BalancesOf(customer.Id, ct);
        var quota = checked(own.Of(IssuanceAccounts.Quota) + paid.Brings);
        var points = checked(own.Of(IssuanceAccounts.QuotaPoints) + paid.Gift.Points);
        return load.Amount > quota ? new AllocationExceedsQuota(load.Amount, quota)
            : load.Points > points ? new AllocationExceedsPoints(load.Points, points)
            : null;
    }

    private Booking<RechargeAndLoadStarted> Booking(CardFunction function, Payment paid, LoadShare load)
    {
        CardOperationTicket? ticket = null;
        var (card, customer) = paid.Found;
        var note = new AuditNote(function.Action, $"card:{card.Id}", new { load = load.Amount });
        var booking = new Booking<RechargeAndLoadStarted>(Ids.Next(), request.Actor, note, p => Answered(p, ticket!, paid, load));
        var into = new PaymentTarget(FundingTransactions.Collection, customer.Quota, customer.QuotaPoints);
        paid.AddTo(booking, into);
        var order = LoadOrders.Of(card, load.Amount) with { FromQuota = new QuotaShare(booking.Id, load.Points) };
        ticket = engine.Create(booking, orders.RechargeAndLoad(order));
        return booking;
    }

    private static Answer<RechargeAndLoadStarted> Answered(Posted posted, CardOperationTicket ticket, Payment paid, LoadShare load) =>
        Answer.Accepted(
            $"/v1/card-operations/{ticket.OperationId}",
            new RechargeAndLoadStarted(
                ticket,
                posted.SerialNumber,
                paid.Found.Card.Number,
                paid.Found.Customer.Code,
                paid.Body.Amount,
                paid.Gift.Bonus,
                paid.Gift.Points,
                posted.Balance(IssuanceAccounts.Quota, paid.Found.Customer.Id),
                load,
                posted.BusinessDate,
                posted.BookedAt,
                FundingPapers.AdvanceReceipt(posted.SerialNumber)
            )
        );
}

/// <summary>What the routes of both say alike.</summary>
internal static class RechargeAndLoadRoutes
{
    public static RouteHandlerBuilder RechargesAndLoads(this RouteHandlerBuilder route, CardFunction function) =>
        route
            .ForCards(
                function,
                "Books a payment into the quota account and returns a ticket. The ticket allocates a part of the payment to this card "
                    + "and loads it, each as a separate transaction. If the load fails, the amount is in the card's reserve account. Load "
                    + "it later or return it."
            )
            .Books<RechargeAndLoadStarted>(StatusCodes.Status202Accepted)
            .RefusesAsPaidLoad()
            .Refuses(typeof(AllocationExceedsQuota), typeof(AllocationExceedsPoints));
}
