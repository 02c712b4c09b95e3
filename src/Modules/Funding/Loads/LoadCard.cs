using Access;
using FluentValidation;
using Issuance;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Platform;
using Platform.CardCryptography.Profiles;
using Platform.CardOperations;

namespace Funding.Loads;

/// <summary>Moves money from a card's reserve account onto its chip (FC-15).</summary>
/// <param name="Amount">Fen, 1 to the card's purse limit. <example>20000</example></param>
public sealed record LoadCardRequest(long Amount);

/// <summary>A load is about to run: hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="CardNumber">The card that must be in the reader.</param>
/// <param name="Amount">Fen that will be loaded.</param>
/// <param name="Points">Reserve points that will be loaded with it.</param>
public sealed record LoadStarted(CardOperationTicket Operation, string CardNumber, long Amount, long Points);

/// <summary>圈存 (FC-15): creates the card operation; money moves as the chip says so.</summary>
internal static class LoadCard
{
    internal sealed record Command(string CardNumber, LoadCardRequest Body) : IBookingCommand<LoadStarted>;

    /// <summary>The purse would hold more than the card may (FC-15.6).</summary>
    internal sealed record OverPurseLimit(long Limit, long Balance)
        : Refusal("over-purse-limit", 409, "The purse would hold more than the card's limit.", "圈存后超过卡钱包限额。");

    internal sealed class Endpoint : IEndpointModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/cards/{cardNumber}/loads",
                    (string cardNumber, LoadCardRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(cardNumber, body), ct)
                )
                .WithName(nameof(LoadCard))
                .WithSummary("Load a card's purse from its reserve account")
                .ForCards(
                    FundingFunctions.LoadCard,
                    "Answers with a card operation's ticket. All reserve points are loaded with the money."
                )
                .Books<LoadStarted>(StatusCodes.Status202Accepted)
                .Refuses(typeof(ReserveTooSmall), typeof(OverPurseLimit), typeof(CardBusy));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.CardNumber).Length(16).Matches("^[0-9]{16}$");
            RuleFor(c => c.Body.Amount).InclusiveBetween(1, 100_000_000);
        }
    }

    internal sealed class Handler(AppDb db, Parameters parameters, CardOperationEngine engine, LoadOrders orders, RequestContext request)
        : BookingHandler<Command, LoadStarted>
    {
        protected override async Task<Outcome<Booking>> Decide(Command command, CancellationToken ct)
        {
            var view = await db.CardView(command.CardNumber, ct);
            if (FundingFunctions.LoadCard.Check(view) is { } unusable)
            {
                return unusable;
            }

            var (card, amount) = (view!.Card, command.Body.Amount);
            var balances = await db.Set<Account>().Where(a => a.Owner == card.Id).ToDictionaryAsync(a => a.Kind, a => a.Balance, ct);
            var limit = Math.Min(
                await parameters.Number(Parameter.PurseLimit, request.Caller.BranchId, ct),
                orders.Maximum(CardApplication.Money)
            );
            if (Refusal(amount, balances, limit) is { } refusal)
            {
                return refusal;
            }

            return Booking(card, amount, balances.GetValueOrDefault(AccountKind.ReservePoints));
        }

        private static Refusal? Refusal(long amount, Dictionary<AccountKind, long> balances, long limit)
        {
            var purse = balances.GetValueOrDefault(AccountKind.Card);
            var reserve = balances.GetValueOrDefault(AccountKind.Reserve);
            return amount > reserve ? new ReserveTooSmall(reserve, amount)
                : purse + amount > limit ? new OverPurseLimit(limit, purse)
                : null;
        }

        private Booking Booking(Card card, long amount, long points)
        {
            CardOperationTicket? ticket = null;
            var booking = new Booking(
                Ids.Next(),
                request.Actor,
                new AuditNote("load-card", $"card:{card.Id}", new { amount }),
                _ => Answer.Accepted($"/v1/card-operations/{ticket!.OperationId}", new LoadStarted(ticket, card.Number, amount, points))
            );
            ticket = engine.Create(booking, orders.Money(card, amount));
            return booking;
        }
    }
}

/// <summary>The reserve account holds less than the load (FC-15.6).</summary>
public sealed record ReserveTooSmall(long Balance, long Amount)
    : Refusal("reserve-too-small", 409, "The card's reserve account holds less than this amount.", "备付金账余额不足。");

/// <summary>The rights of loading.</summary>
public static class LoadRights
{
    public static readonly Right LoadCard = new("funding.load-card", "funding", "Load a card", "圈存");
}
