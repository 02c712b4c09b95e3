using Customers;
using FluentValidation;
using Issuance;
using Issuance.CardSessions;
using Issuance.Functions;
using Issuance.Holders;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Funding.Allocations;

/// <summary>The amount and points to return from a card's reserve account; at least one of them.</summary>
/// <param name="Amount" example="20000">Fen, 0 to 100,000,000.</param>
/// <param name="Points" example="0">Points, 0 to 1,000,000,000.</param>
/// <param name="Remark" example="for the void of yesterday's payment">At most 200 characters.</param>
/// <param name="CardSessionId">A card's session, for a customer of another branch.</param>
public sealed record ReturnReserveRequest(long Amount = 0, long Points = 0, string? Remark = null, string? CardSessionId = null);

/// <summary>A booked return.</summary>
/// <param name="SerialNumber" example="00030150224112025607">Its serial number.</param>
/// <param name="CardNumber" example="0000019000000000">The card.</param>
/// <param name="CustomerCode" example="1900000009">The card's customer.</param>
/// <param name="Amount" example="20000">The returned amount in fen.</param>
/// <param name="Points" example="0">The returned points.</param>
/// <param name="QuotaBalance" example="150500">The new quota balance in fen; null if no money moved.</param>
/// <param name="ReserveBalance" example="0">The card's new reserve balance in fen; null if no money moved.</param>
/// <param name="BusinessDate" example="2026-11-22">The branch's business date of the booking.</param>
/// <param name="BookedAt" example="2026-11-22T02:15:30.1234567Z">When it was booked.</param>
public sealed record ReturnReserveResponse(
    string SerialNumber,
    string CardNumber,
    string CustomerCode,
    long Amount,
    long Points,
    long? QuotaBalance,
    long? ReserveBalance,
    DateOnly BusinessDate,
    DateTime BookedAt
);

/// <summary>The amount exceeds the card's reserve balance.</summary>
/// <param name="ReserveBalance">Fen in the card's reserve account.</param>
public sealed record ReserveTooSmall(long ReserveBalance)
    : Refusal("reserve-too-small", 409, "The amount exceeds the card's reserve balance.", "该卡备付金账余额不足。");

/// <summary>The points exceed the card's reserve points.</summary>
public sealed record ReservePointsTooFew(long ReservePointsBalance)
    : Refusal("reserve-points-too-few", 409, "The points exceed the card's reserve points.", "该卡备付积分不足。");

/// <summary>
/// Moves money or points back from a card's reserve account to the customer's quota account (FC-17.7). The card may be in any state in which it still
/// belongs to the customer: the money comes back to its own owner, and a lost card's should.
/// </summary>
internal static class ReturnReserve
{
    internal sealed record Command(string CardNumber, ReturnReserveRequest Body) : IBookingCommand<ReturnReserveResponse>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/returns",
                    (string cardNumber, ReturnReserveRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(ReturnReserve))
                .WithOperation("ReturnReserve")
                .WithSummary("Return reserve to the quota account")
                .ForCards(
                    FundingFunctions.ReturnReserve,
                    "Returns money or points from a card's reserve account to the quota account, for example before a void."
                )
                .Books<ReturnReserveResponse>()
                .Refuses(typeof(ReserveTooSmall), typeof(ReservePointsTooFew), typeof(CardSessionNotFound), typeof(CardSessionExpired));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).CardNumber();
            RuleFor(c => c.Body.Amount).InclusiveBetween(0, Limits.CollectionFen);
            RuleFor(c => c.Body.Points).InclusiveBetween(0, Limits.Points);
            RuleFor(c => c.Body.Amount)
                .GreaterThan(0)
                .When(c => c.Body.Points == 0)
                .WithMessage("Give an amount or points.", "请输入金额或积分。");
            RuleFor(c => c.Body.Remark).PlainText(Limits.Remark);
            RuleFor(c => c.Body.CardSessionId).IdText();
        }
    }

    internal static Outcome<Booking<ReturnReserveResponse>> Decide(long id, Actor actor, ReturnReserveRequest body, CardView? found)
    {
        if (FundingFunctions.ReturnReserve.Check(found) is { } unusable)
        {
            return unusable;
        }

        var (card, customer) = found!;

        return new Booking<ReturnReserveResponse>(
            id,
            actor,
            new AuditNote(FundingFunctions.ReturnReserve.Action, $"card:{card.Id}"),
            p => Answered(p, body, found)
        )
            .WithHead(
                new Transaction(id, FundingTransactions.Return, actor)
                {
                    CustomerId = customer.Id,
                    CardId = card.Id,
                    Amount = body.Amount,
                    Points = body.Points,
                    Remark = body.Remark,
                }
            )
            .Move(card.Reserve, customer.Quota, body.Amount)
            .Move(card.ReservePoints, customer.QuotaPoints, body.Points)
            .IfShort(card.Reserve, balance => new ReserveTooSmall(balance))
            .IfShort(card.ReservePoints, balance => new ReservePointsTooFew(balance));
    }

    private static Answer<ReturnReserveResponse> Answered(Posted posted, ReturnReserveRequest body, CardView found) =>
        Answer.Created(
            $"/v1/transactions/{posted.SerialNumber}",
            new ReturnReserveResponse(
                posted.SerialNumber,
                found.Card.Number,
                found.Customer.Code,
                body.Amount,
                body.Points,
                body.Amount == 0 ? null : posted.Balance(IssuanceAccounts.Quota, found.Customer.Id),
                body.Amount == 0 ? null : posted.Balance(IssuanceAccounts.Reserve, found.Card.Id),
                posted.BusinessDate,
                posted.BookedAt
            )
        );

    internal sealed class Handler(AppDb db, MoneyReach reach, RequestContext request) : BookingHandler<Command, ReturnReserveResponse>
    {
        protected override async Task<Outcome<Booking<ReturnReserveResponse>>> Decide(Command command, CancellationToken ct)
        {
            var view = await db.CardView(command.CardNumber, ct);
            return view is not null && await reach.Change(view.Customer, command.Body.CardSessionId, ct) is { } outOfReach
                ? outOfReach
                : ReturnReserve.Decide(Ids.Next(), request.Actor, command.Body, view);
        }
    }
}
