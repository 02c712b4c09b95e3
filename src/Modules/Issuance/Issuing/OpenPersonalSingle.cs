using Access;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform;
using Platform.CardOperations;

namespace Issuance.Issuing;

/// <summary>Opens a personal customer and issues its one card onto a blank chip (FC-01).</summary>
/// <param name="Person">The holder.</param>
/// <param name="Fees">What is received.</param>
public sealed record OpenPersonalSingleRequest(PersonDetails Person, IssueFees Fees);

/// <summary>个人单用户开户发卡 (FC-01): creates the card operation; customer, card and money are booked as the chip is written.</summary>
internal static class OpenPersonalSingle
{
    public const string FeeApproval = "issue-fee-differs";
    private const string CardTypeName = "personal-single";

    internal sealed record Command(OpenPersonalSingleRequest Body) : IBookingCommand<IssuanceStarted>;

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/issuances/personal-single",
                    (OpenPersonalSingleRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(OpenPersonalSingle))
                .WithSummary("Open an account and issue: personal single-user card")
                .WithDescription(
                    "Answers with a card operation's ticket; the card is issued when the operation is confirmed. Needs a blank chip."
                )
                .RequireRight(IssuanceRights.OpenPersonalSingle)
                .Books<IssuanceStarted>(StatusCodes.Status202Accepted)
                .ProducesRefusals<ApprovalRequired, ApprovalInvalid, ApprovalExpired, ApprovalUsed>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator(TimeProvider clock)
        {
            RuleFor(c => c.Body.Person).SetValidator(new PersonDetailsValidator(clock));
            RuleFor(c => c.Body.Fees).SetValidator(new IssueFeesValidator());
        }
    }

    internal sealed class Handler(IssueOrders orders, Parameters parameters, CardOperationEngine engine, RequestContext request)
        : BookingHandler<Command, IssuanceStarted>
    {
        protected override async Task<Outcome<Booking>> Decide(Command command, CancellationToken ct)
        {
            var (person, fees) = (command.Body.Person, command.Body.Fees);
            var branch = request.Caller.BranchId;
            var setFee = await parameters.Number(Parameter.CardFee(CardTypeName), branch, ct);
            var setDeposit = await parameters.Number(Parameter.Deposit(CardTypeName), branch, ct);
            if ((fees.CardFee != setFee || fees.Deposit != setDeposit) && !request.IsApproved(FeeApproval))
            {
                return request.ApprovalRequired(FeeApproval);
            }

            var serviceFee = fees.ServiceFeeWaived ? 0 : await parameters.Number(Parameter.ServiceFee, branch, ct);
            var years = (int)await parameters.Number(Parameter.CardValidYears, branch, ct);
            var order = new IssueCardOrder(
                Ids.Next(),
                CardType.PersonalSingle,
                Ids.Next(),
                new NewCustomer(await orders.CustomerCode(ct), CustomerKind.Person, CustomerUse.SingleUser, person),
                await orders.CardNumber(ct),
                orders.IssuerCode,
                orders.Profile,
                orders.Today,
                orders.Today.AddYears(years),
                person.Plate,
                fees,
                serviceFee
            );
            return Booking(order);
        }

        private Booking Booking(IssueCardOrder order)
        {
            CardOperationTicket? ticket = null;
            var note = new AuditNote("open-personal-single", $"card:{order.CardId}");
            var booking = new Booking(
                Ids.Next(),
                request.ApprovedActor(FeeApproval),
                note,
                _ =>
                    Answer.Accepted(
                        $"/v1/card-operations/{ticket!.OperationId}",
                        new IssuanceStarted(ticket, order.NewCustomer!.Code, order.CardNumber, order.ServiceFee)
                    )
            );
            var amount = order.Fees.CardFee + order.ServiceFee + order.Fees.Deposit;
            ticket = engine.Create(
                booking,
                new NewCardOperation(IssueFlow.Name, order.CardId, order.CustomerId, order.CardNumber, amount, order, orders.Script(order))
            );
            return booking;
        }
    }
}
