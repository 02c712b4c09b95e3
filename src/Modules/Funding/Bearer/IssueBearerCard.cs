using FluentValidation;
using Funding.Contracts;
using Issuance.Functions;
using Issuance.Issuing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Cards.Operations;

namespace Funding.Bearer;

/// <summary>
/// Issues the next card of a sale and writes its first recharge, one card after another. A chip that cannot be written costs a number; the
/// sale goes on with a number after its range.
/// </summary>
internal static class IssueBearerCard
{
    internal sealed record Command(long SaleId) : IBookingCommand<BearerCardStarted>;

    internal sealed record BearerSaleOver()
        : Refusal("bearer-sale-over", 409, "All cards of this sale are issued.", "本次发售的卡片已全部发出。");

    /// <summary>One card after another.</summary>
    internal sealed record BearerCardUnderWay(string CardNumber)
        : Refusal(
            "bearer-card-under-way",
            409,
            "The previous card is not settled yet. Read it again first.",
            "上一张卡尚未处理完毕，请先重新读卡处理。"
        );

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/bearer-sales/{saleId:long}/cards",
                    (long saleId, Sender send, CancellationToken ct) => send.Book(new Command(saleId), ct)
                )
                .WithName(nameof(IssueBearerCard))
                .WithOperation("IssueBearerCard")
                .WithSummary("Issue the next bearer card of a sale")
                .ForCards(
                    FundingFunctions.IssueBearerCard,
                    "Returns the ticket of a card operation. Needs a blank chip. The first recharge follows under the same ticket."
                )
                .Books<BearerCardStarted>(StatusCodes.Status202Accepted)
                .ProducesRefusals<NotFound, BearerSaleOver, BearerCardUnderWay, SellBearerCards.BearerNumbersUsedUp>();
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.SaleId).GreaterThan(0);
    }

    internal sealed class Handler(AppDb db, BearerCards bearer, CardOperationEngine engine, RequestContext request)
        : BookingHandler<Command, BearerCardStarted>
    {
        protected override async Task<Outcome<Booking<BearerCardStarted>>> Decide(Command command, CancellationToken ct)
        {
            var branch = request.Caller.BranchId;
            var sale = await db.Set<BearerSale>().SingleOrDefaultAsync(s => s.Id == command.SaleId && s.BranchId == branch, ct);
            if (sale is null)
            {
                return new NotFound("bearer sale");
            }

            var cards = await BegunBearerCard.Read(db, sale.Id, ct);
            if (cards.Count(c => c.State == CardOperationState.Confirmed) >= sale.Count)
            {
                return new BearerSaleOver();
            }

            if (
                cards.Find(c =>
                    c.State is not (CardOperationState.Confirmed or CardOperationState.Rejected or CardOperationState.NotDone)
                ) is
                { } open
            )
            {
                return new BearerCardUnderWay(open.Card.CardNumber);
            }

            return sale.Given < sale.Count ? await Booking(sale, sale.FirstRunning + sale.Given, null, ct) : await Extra(sale, ct);
        }

        /// <summary>The range is used up and cards are missing: another number, after all ranges.</summary>
        private async Task<Outcome<Booking<BearerCardStarted>>> Extra(BearerSale sale, CancellationToken ct)
        {
            var numbers = await db.Set<BearerNumbers>().SingleAsync(n => n.Id == BearerNumbers.TheRow, ct);
            if (numbers.Next > BearerNumbers.Last)
            {
                return new SellBearerCards.BearerNumbersUsedUp();
            }

            var running = numbers.Next++;
            return await Booking(sale, running, numbers, ct);
        }

        private async Task<Booking<BearerCardStarted>> Booking(BearerSale sale, long running, BearerNumbers? numbers, CancellationToken ct)
        {
            var issue = await bearer.Issue(bearer.CardNumber(running), sale.Fees, ct);
            var contract = await db.Contract(sale.FirstRecharge.ContractCode, ct);
            var amount = contract.WithBonus(sale.FirstRecharge.Amount);
            sale.Given++;
            CardOperationTicket? ticket = null;
            var booking = new Booking<BearerCardStarted>(
                Ids.Next(),
                request.Actor with
                {
                    ApproverId = sale.ApproverId,
                },
                new AuditNote(FundingFunctions.IssueBearerCard.Action, $"card:{issue.CardId}"),
                _ => Answered(ticket!, sale, issue, amount)
            ).Update(sale);
            ticket = engine.Create(booking, issue.Operation);
            if (numbers is not null)
            {
                booking.Update(numbers);
            }

            return booking.Insert(
                new BearerSaleCard
                {
                    SaleId = sale.Id,
                    Number = sale.Given,
                    CardId = issue.CardId,
                    CustomerId = issue.CustomerId,
                    CardNumber = issue.CardNumber,
                    IssuerCode = issue.IssuerCode,
                    OperationId = IdText.Parse(ticket.OperationId)!.Value,
                    LoadAmount = amount,
                }
            );
        }

        private static Answer<BearerCardStarted> Answered(CardOperationTicket ticket, BearerSale sale, BearerIssue issue, long amount) =>
            Answer.Accepted(
                $"/v1/card-operations/{ticket.OperationId}",
                new BearerCardStarted(
                    ticket,
                    IdText.Of(sale.Id),
                    sale.Given,
                    issue.CardNumber,
                    issue.CustomerCode,
                    issue.ServiceFee,
                    amount
                )
            );
    }
}
