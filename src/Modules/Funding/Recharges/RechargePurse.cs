using Counter.Documents;
using Customers;
using FluentValidation;
using Funding.Collections;
using Funding.Contracts;
using Funding.Documents;
using Funding.Loads;
using Issuance.Functions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Cards.Operations;
using Platform.Documents;

namespace Funding.Recharges;

/// <summary>A payment is booked and ready to load onto the card. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="SerialNumber" example="00030150224112025607">The serial number on the receipt. The load has its own.</param>
/// <param name="CardNumber" example="0000019000000000">The card that must be in the reader.</param>
/// <param name="CustomerCode" example="1900000009">The card's customer.</param>
/// <param name="Amount" example="50000">The received amount in fen.</param>
/// <param name="Bonus" example="500">The bonus of the contract in fen, loaded with the payment.</param>
/// <param name="Points" example="500">The points of the contract, loaded after the money.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When it was booked.</param>
/// <param name="Documents">The printable documents. The load slip belongs to the load's transaction.</param>
public sealed record RechargeStarted(
    CardOperationTicket Operation,
    string SerialNumber,
    string CardNumber,
    string CustomerCode,
    long Amount,
    long Bonus,
    long Points,
    DateOnly BusinessDate,
    DateTime BookedAt,
    IReadOnlyList<DocumentLink> Documents
);

/// <summary>
/// 单用户卡充值 (FC-16, FC-09.7): receives a payment and writes it into the purse in one operation, card present. The payment is booked into the card's
/// reserve account with the operation itself, so that it is never lost: what the chip does not take waits there.
/// </summary>
internal static class RechargePurse
{
    internal sealed record Command(string CardNumber, CollectPaymentRequest Body) : IBookingCommand<RechargeStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/purse-recharges",
                    (string cardNumber, CollectPaymentRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(RechargePurse))
                .WithOperation("RechargePurse")
                .WithSummary("Recharge a card's purse")
                .ForCards(
                    FundingFunctions.RechargePurse,
                    "Books a payment and returns the ticket to load it onto the card. If the load fails, the amount is in the "
                        + "reserve account."
                )
                .Books<RechargeStarted>(StatusCodes.Status202Accepted)
                .RefusesAsPaidLoad();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body).SetValidator(new CollectPaymentBodyValidator());
        }
    }

    internal sealed class Handler(AppDb db, PaidLoadDesk desk, CardOperationEngine engine, LoadOrders orders, RequestContext request)
        : BookingHandler<Command, RechargeStarted>
    {
        protected override async Task<Outcome<Booking<RechargeStarted>>> Decide(Command command, CancellationToken ct)
        {
            var found = await db.CardView(command.CardNumber, ct);
            var paid = await desk.Check(FundingFunctions.RechargePurse, found, command.Body, amount: null, ct);
            return paid.Refusal is { } refusal ? refusal : Booking(paid.Value);
        }

        private Booking<RechargeStarted> Booking(Payment paid)
        {
            CardOperationTicket? ticket = null;
            var card = paid.Found.Card;
            var note = new AuditNote(FundingFunctions.RechargePurse.Action, $"card:{card.Id}");
            var booking = new Booking<RechargeStarted>(Ids.Next(), request.Actor, note, p => Answered(p, ticket!, paid));
            paid.AddTo(booking, RechargeFlow.Into(card));
            ticket = engine.Create(booking, orders.Recharge(LoadOrders.Of(card, paid.Brings)));
            return booking;
        }

        private static Answer<RechargeStarted> Answered(Posted posted, CardOperationTicket ticket, Payment paid) =>
            Answer.Accepted(
                $"/v1/card-operations/{ticket.OperationId}",
                new RechargeStarted(
                    ticket,
                    posted.SerialNumber,
                    paid.Found.Card.Number,
                    paid.Found.Customer.Code,
                    paid.Body.Amount,
                    paid.Gift.Bonus,
                    paid.Gift.Points,
                    posted.BusinessDate,
                    posted.BookedAt,
                    FundingPapers.AdvanceReceipt(posted.SerialNumber)
                )
            );
    }
}

/// <summary>Only single-user and bearer cards are recharged into the purse (FC-09.3, FC-16.1).</summary>
public sealed record CardTakesNoPurseRecharge(string CardType)
    : Refusal(
        "card-takes-no-purse-recharge",
        409,
        "Only single-user and bearer cards accept a recharge into the purse.",
        "仅单用户卡和不记名卡可充值到卡钱包。"
    );
