using FluentValidation;
using Funding.Loads;
using Issuance;
using Issuance.Replacing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.CardOperations;

namespace Funding.Recharges;

/// <summary>A payment is booked and about to be written onto the card: hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="SerialNumber" example="00030150224112025607">The number on the receipt; the load gets one of its own.</param>
/// <param name="CardNumber" example="0000019000000000">The card that must be in the reader.</param>
/// <param name="CustomerCode" example="1900000009">The card's customer.</param>
/// <param name="Amount" example="50000">Fen that were received.</param>
/// <param name="Bonus" example="500">Fen that the contract gives on top; they are loaded with it.</param>
/// <param name="Points" example="500">Points that the contract gives; they are loaded after the money.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's date it was booked on.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When it was booked.</param>
/// <param name="Documents">What can be printed now; the load slip belongs to the load's transaction.</param>
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

    /// <summary>Only single-user and bearer cards are recharged into the purse (FC-09.3, FC-16.1).</summary>
    internal sealed record CardTakesNoPurseRecharge(string CardType)
        : Refusal(
            "card-takes-no-purse-recharge",
            409,
            "Only single-user and bearer cards are recharged into the purse.",
            "仅单用户卡和不记名卡可充值到卡钱包。"
        );

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/purse-recharges",
                    (string cardNumber, CollectPaymentRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(RechargePurse))
                .WithSummary("Recharge a card's purse")
                .WithDescription(
                    "Books a payment and answers with the ticket that writes it onto the card. If the card does not take it, it is in the reserve account."
                )
                .RequireRight(FundingRights.RechargePurse)
                .Books<RechargeStarted>(StatusCodes.Status202Accepted)
                .Refuses(typeof(CardNotFound), typeof(CardNotUsable), typeof(CustomerNotUsable), typeof(CardTakesNoPurseRecharge))
                .Refuses(typeof(PaymentMethodNotAvailable), typeof(OilTypeRequired), typeof(VatCustomerGivesNoOilType))
                .Refuses(typeof(ContractNotFound), typeof(ContractNotApplicable), typeof(InvoiceNumberUsed))
                .Refuses(typeof(OverPurseLimit), typeof(ReplacementLoadWaits), typeof(CardBusy));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body).SetValidator(new CollectPaymentBodyValidator());
        }
    }

    internal sealed class Handler(
        AppDb db,
        PurseLimits limits,
        CardOperationEngine engine,
        LoadOrders orders,
        RequestContext request,
        TimeProvider clock
    ) : BookingHandler<Command, RechargeStarted>
    {
        protected override async Task<Outcome<Booking>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            if (await db.CardView(command.CardNumber, ct) is not { } found)
            {
                return new CardNotFound();
            }

            if (found.Card.Type is not (CardType.PersonalSingle or CardType.OrganisationSingle or CardType.Bearer))
            {
                return new CardTakesNoPurseRecharge(Json.Name(found.Card.Type));
            }

            var contract = await db.Contract(body.ContractCode, ct);
            if (CollectPaymentDecision.Refuse(request.Actor, body, found, contract) is { } refusal)
            {
                return refusal;
            }

            if (await db.LoadWaits(found.Card.Id, clock.GetUtcNow().UtcDateTime, ct) is { } waits)
            {
                return waits;
            }

            var gift = contract?.GiftFor(body.Amount) ?? default;
            var room = await limits.Of(found.Card, request.Caller.BranchId, ct);
            return room.Refuse(checked(body.Amount + gift.Bonus)) is { } tooMuch ? tooMuch : Booking(body, found, contract, gift);
        }

        private Booking Booking(CollectPaymentRequest body, CardView found, DiscountContract? contract, Gift gift)
        {
            CardOperationTicket? ticket = null;
            var note = new AuditNote("recharge-purse", $"card:{found.Card.Id}");
            var booking = new Booking(Ids.Next(), request.Actor, note, p => Answered(p, ticket!, body, found, gift));
            CollectPaymentDecision.Add(booking, body, found, contract, RechargeFlow.Into(found.Card));
            var order = LoadOrders.Of(found.Card, checked(body.Amount + gift.Bonus));
            ticket = engine.Create(booking, orders.Recharge(order));
            return booking;
        }

        private static Answer Answered(Posted posted, CardOperationTicket ticket, CollectPaymentRequest body, CardView found, Gift gift) =>
            Answer.Accepted(
                $"/v1/card-operations/{ticket.OperationId}",
                new RechargeStarted(
                    ticket,
                    posted.SerialNumber,
                    found.Card.Number,
                    found.Customer.Code,
                    body.Amount,
                    gift.Bonus,
                    gift.Points,
                    posted.BusinessDate,
                    posted.BookedAt,
                    DocumentLink.AdvanceReceipt(posted.SerialNumber)
                )
            );
    }
}
