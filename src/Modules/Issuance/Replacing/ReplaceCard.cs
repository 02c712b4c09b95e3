using Access.SystemParameters;
using Counter.Payments;
using FluentValidation;
using Issuance.CardSessions;
using Issuance.Holders;
using Issuance.Issuing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;
using Platform.Cards.Operations;

namespace Issuance.Replacing;

/// <summary>The fees for a replacement card. A card fee that differs from the standard needs an approval.</summary>
/// <param name="CardFee" example="2000">工本费 received, fen, 0 to 1,000,000.</param>
/// <param name="ServiceFeeWaived">Whether the service fee is waived.</param>
/// <param name="FeeInvoice">Whether the customer wants an invoice for the fees.</param>
/// <param name="PaymentMethod">How the fees are paid; not by cheque.</param>
/// <param name="ReferenceNumber">The reference of the payment, optional, at most 40 characters.</param>
/// <param name="CardSessionId" example="126437891174400000">The session of the old card, if it is present.</param>
/// <param name="Holder">The certificate of the card's holder, without the old card.</param>
/// <param name="SaleSerialNumber">The serial number on the sale receipt, for a bearer card.</param>
public sealed record ReplaceCardRequest(
    long CardFee,
    bool ServiceFeeWaived,
    bool FeeInvoice,
    PaymentMethod PaymentMethod,
    string? ReferenceNumber = null,
    string? CardSessionId = null,
    HolderCertificate? Holder = null,
    string? SaleSerialNumber = null
) : ICardProof;

/// <summary>A replacement is ready to be written. Put a blank chip into the reader and hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="OldCardNumber">The old card. It closes when the new card is confirmed.</param>
/// <param name="CardNumber">The future number of the new card.</param>
/// <param name="ServiceFee">The service fee that is charged with it, fen.</param>
public sealed record ReplacementStarted(CardOperationTicket Operation, string OldCardNumber, string CardNumber, long ServiceFee);

/// <summary>补换卡 (FC-36.3): a new chip with a new number in the place of a lost, damaged or expired card.</summary>
internal static class ReplaceCard
{
    public static readonly ApprovalAction FeeApproval = new(
        "replacement-fee-differs",
        "Replace a card with a fee that differs from the standard",
        "补换卡收费与标准不一致"
    );
    public static readonly ApprovalAction ProofApproval = new("replace-card", "Replace a card by the holder's certificate", "凭证件补换卡");
    public static readonly ApprovalAction BothApproval = new(
        "replace-card-and-fee-differs",
        "Replace a card by the holder's certificate, for another fee than the set one",
        "凭证件补换卡且收费与标准不一致"
    );

    internal sealed record Command(string CardNumber, ReplaceCardRequest Body) : IBookingCommand<ReplacementStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/replacements",
                    (string cardNumber, ReplaceCardRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(ReplaceCard))
                .WithOperation("ReplaceCard")
                .WithSummary("Replace a lost, damaged or expired card")
                .WithDescription(
                    "Returns the ticket of a card operation. Needs a blank chip. Reserve money, points, deposit and restrictions move "
                        + "immediately. The old purse, minus late consumption, moves after the waiting time. The new card cannot load "
                        + "before that. "
                        + CardProofRoutes.Description
                        + " Its action is replace-card, replacement-fee-differs, or replace-card-and-fee-differs."
                )
                .RequireRight(CardLifeRights.Replace)
                .Books<ReplacementStarted>(StatusCodes.Status202Accepted)
                .AsksForProof()
                .Refuses(typeof(CardNotFound), typeof(CardNotUsable), typeof(CardIsActive), typeof(CardBeingReplaced))
                .Refuses(typeof(CustomerNotUsable), typeof(CardBusy), typeof(NameNotEncodable));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body.CardFee).InclusiveBetween(0, IssueFeesValidator.MaxFen);
            RuleFor(c => c.Body.PaymentMethod).IsInEnum().NotEqual(PaymentMethod.Cheque).WithErrorCode("payment-method-not-available");
            RuleFor(c => c.Body.ReferenceNumber).PlainText(40);
            RuleFor(c => c.Body).SetValidator(new ProofValidator());
        }
    }

    internal sealed class ProofValidator : AbstractValidator<ReplaceCardRequest>
    {
        public ProofValidator() => this.ProofRules();
    }

    internal sealed class Handler(
        AppDb db,
        CardProofs proofs,
        ReplaceOrders orders,
        Parameters parameters,
        CardOperationEngine engine,
        RequestContext request
    ) : BookingHandler<Command, ReplacementStarted>
    {
        protected override async Task<Outcome<Booking<ReplacementStarted>>> Decide(Command command, CancellationToken ct)
        {
            if (await db.CardView(command.CardNumber, ct) is not { } view)
            {
                return new CardNotFound();
            }

            if (await Refusal(view, ct) is { } refusal)
            {
                return refusal;
            }

            var proved = await proofs.Check(view, command.Body, ct);
            if (proved.Refusal is { } unproved)
            {
                return unproved;
            }

            var (old, fees, branch) = (view.Card, ReplacementFees.Of(command.Body), request.Caller.BranchId);
            var terms = await IssueTerms.Read(parameters, old.Type, branch, ct);
            var action = Approval(proved.Value, differs: fees.CardFee != terms.CardFee);
            if (action is not null && !request.IsApproved(action))
            {
                return request.ApprovalRequired(
                    action,
                    CardSubject.Of(view) with
                    {
                        Amount = fees.CardFee,
                        Facts = [CardSubject.Fee("Card fee", "工本费", fees.CardFee, terms.CardFee)],
                    }
                );
            }

            var order = await orders.Make(old, fees, terms.ServiceFeeOf(fees.ServiceFeeWaived), terms.ValidYears, ct);
            return await Booking(order, view.Customer, action is null ? request.Actor : request.ApprovedActor(action), proved.Value, ct);
        }

        private static ApprovalAction? Approval(ProvedBy proved, bool differs) =>
            (proved == ProvedBy.CardSession, differs) switch
            {
                (true, false) => null,
                (true, true) => FeeApproval,
                (false, false) => ProofApproval,
                (false, true) => BothApproval,
            };

        private async Task<Refusal?> Refusal(CardView view, CancellationToken ct) =>
            view.Card.State == CardState.Active ? new CardIsActive()
            : !CardStates.Allows(CardChange.Replace, view.Card.State) ? new CardNotUsable(Json.Name(view.Card.State))
            : view.Customer.State != CustomerState.Active ? new CustomerNotUsable(Json.Name(view.Customer.State))
            : await db.Set<CardReplacement>().AnyAsync(r => r.OldCardId == view.Card.Id, ct) ? new CardBeingReplaced()
            : null;

        private async Task<Outcome<Booking<ReplacementStarted>>> Booking(
            ReplaceOrder order,
            Customer customer,
            Actor actor,
            ProvedBy proved,
            CancellationToken ct
        )
        {
            var script = await orders.Script(order, customer, ct);
            if (script.Refusal is { } refusal)
            {
                return refusal;
            }

            CardOperationTicket? ticket = null;
            var booking = new Booking<ReplacementStarted>(
                Ids.Next(),
                actor,
                new AuditNote("replace-card", $"card:{order.OldCardId}", new { order.NewCardId, proved }),
                _ =>
                    Answer.Accepted(
                        $"/v1/card-operations/{ticket!.OperationId}",
                        new ReplacementStarted(ticket, order.OldCardNumber, order.CardNumber, order.ServiceFee)
                    )
            );
            var amount = checked(order.Fees.CardFee + order.ServiceFee);
            var operation = new NewCardOperation(
                ReplaceFlow.Name,
                order.NewCardId,
                order.CustomerId,
                order.CardNumber,
                amount,
                order,
                script.Value
            );
            ticket = engine.Create(booking, operation);
            return booking;
        }
    }
}
