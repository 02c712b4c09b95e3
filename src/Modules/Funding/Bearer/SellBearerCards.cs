using Access.Operators;
using Counter.Payments;
using Customers;
using FluentValidation;
using Funding.Collections;
using Funding.Contracts;
using Funding.Loads;
using Issuance.Functions;
using Issuance.Issuing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform.Approvals;

namespace Funding.Bearer;

/// <summary>
/// 不记名卡发售 (FC-37.1): opens a sale of one card or of a range, fees approved once for all of them (FC-01.3). Money is booked card by card.
/// </summary>
internal static class SellBearerCards
{
    internal sealed record Command(SellBearerCardsRequest Body) : IBookingCommand<BearerSaleView>;

    internal sealed record BearerNumbersUsedUp()
        : Refusal("bearer-numbers-used-up", 409, "There are not enough bearer card numbers left.", "不记名卡号段不足。");

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/bearer-sales",
                    (SellBearerCardsRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct)
                )
                .WithName(nameof(SellBearerCards))
                .WithOperation("SellBearerCards")
                .WithSummary("Sell bearer cards")
                .ForCards(
                    FundingFunctions.SellBearerCards,
                    "Reserves a range of card numbers. A separate request then issues each card, and its first recharge runs "
                        + "under the same ticket."
                )
                .TakesApproval()
                .Books<BearerSaleView>()
                .Refuses(
                    typeof(PaymentMethodNotAvailable),
                    typeof(OilTypeRequired),
                    typeof(ContractNotFound),
                    typeof(ContractNotApplicable)
                )
                .Refuses(typeof(OverPurseLimit), typeof(BearerNumbersUsedUp));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator() => RuleFor(c => c.Body).SetValidator(new SellBearerCardsRequestValidator());
    }

    internal sealed class Handler(AppDb db, BearerCards bearer, PurseLimits limits, RequestContext request, TimeProvider clock)
        : BookingHandler<Command, BearerSaleView>
    {
        protected override async Task<Outcome<Booking<BearerSaleView>>> Decide(Command command, CancellationToken ct)
        {
            var (body, branch) = (command.Body, request.Caller.BranchId);
            var contract = await db.Contract(body.FirstRecharge.ContractCode, ct);
            if (Payment.Check(request.Actor, body.FirstRecharge, BearerCards.ToBe(branch), contract).Refusal is { } refusal)
            {
                return refusal;
            }

            var amount = contract.WithBonus(body.FirstRecharge.Amount);
            if (new PurseRoom(await limits.Limit(branch, ct), 0, 0, 0).Refuse(amount) is { } tooMuch)
            {
                return tooMuch;
            }

            if (await bearer.FeesDiffer(body.Fees, ct) && !request.IsApproved(BearerCards.FeeApproval))
            {
                var subject = await bearer.Subject(body.Fees, ct);
                return request.ApprovalRequired(
                    BearerCards.FeeApproval,
                    subject with
                    {
                        Facts = [new ApprovalFact("Cards", "张数", $"{body.Count}"), .. subject.Facts],
                    }
                );
            }

            var numbers = await db.Set<BearerNumbers>().SingleOrDefaultAsync(n => n.Id == BearerNumbers.TheRow, ct);
            return (numbers?.Next ?? BearerNumbers.First) + body.Count - 1 > BearerNumbers.Last
                ? new BearerNumbersUsedUp()
                : Booking(body, numbers);
        }

        private Booking<BearerSaleView> Booking(SellBearerCardsRequest body, BearerNumbers? numbers)
        {
            var actor = request.ApprovedActor(BearerCards.FeeApproval);
            var sale = new BearerSale
            {
                Id = Ids.Next(),
                BranchId = actor.BranchId,
                OperatorId = actor.OperatorId,
                ApproverId = actor.ApproverId,
                Count = body.Count,
                FirstRunning = numbers?.Next ?? BearerNumbers.First,
                Fees = body.Fees,
                FirstRecharge = body.FirstRecharge,
                CreatedAt = clock.GetUtcNow().UtcDateTime,
            };
            var booking = new Booking<BearerSaleView>(
                Ids.Next(),
                actor,
                new AuditNote(FundingFunctions.SellBearerCards.Action, $"bearer-sale:{sale.Id}", new { body.Count }),
                _ => Answer.Created($"/v1/bearer-sales/{IdText.Of(sale.Id)}", GetBearerSale.Show(sale, [], bearer))
            ).Insert(sale);
            if (numbers is null)
            {
                return booking.Insert(new BearerNumbers { Id = BearerNumbers.TheRow, Next = BearerNumbers.First + body.Count });
            }

            numbers.Next += body.Count;
            return booking.Update(numbers);
        }
    }
}
