using Meters.Accounts;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Prices;
using Meters.Sales;
using Meters.Users;

namespace Meters.Supplies;

/// <summary>Who takes the meters of a card over.</summary>
/// <param name="CardNumber" example="9900000000000010">The card; all its accounts go with it.</param>
/// <param name="NewUserId" example="126437891174400009">A registered user without a card of this area.</param>
public sealed record TransferMeterUserRequest(string CardNumber, string NewUserId);

/// <summary>The meters have another user.</summary>
/// <param name="SerialNumber">The transaction.</param>
/// <param name="SupplyIds">The new user's supplies.</param>
public sealed record MeterUserTransferred(string SerialNumber, IReadOnlyList<string> SupplyIds);

/// <summary>
/// 过户 (PM-06.2): the meters and the card stay, the user is another from today on. The old user's history stays with the old user; the new user's
/// tiers start at zero. The user number on the card and in the meter stays as it is.
/// </summary>
internal static class TransferMeterUser
{
    internal sealed record Command(long UserId, TransferMeterUserRequest Body) : IBookingCommand<MeterUserTransferred>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-users/{userId:long}/transfers",
                    (long userId, TransferMeterUserRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(userId, body), ct)
                )
                .WithName(nameof(TransferMeterUser))
                .WithOperation("TransferMeterUser")
                .WithSummary("Give a user's meters to another user")
                .WithDescription(
                    "Closes the accounts of the card for the old user and opens them for the new one, with the same meters and the same card. "
                        + "Sales, readings and documents stay with the user who had them."
                )
                .RequireRight(MeterRights.GiveBack)
                .Books<MeterUserTransferred>()
                .Refuses(
                    typeof(MeterUserNotFound),
                    typeof(MeterCardNotOfUser),
                    typeof(MeterUserOpenedBefore),
                    typeof(MeterUserHasCard),
                    typeof(Platform.Cards.Operations.CardBusy)
                );
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UserId).GreaterThan(0);
            RuleFor(c => c.Body.CardNumber).CardNumber();
            this.ReadId(c => c.Body.NewUserId);
        }
    }

    internal sealed class Handler(AppDb db, CardsOnCounter cards, SaleDesk desk, RequestContext request)
        : BookingHandler<Command, MeterUserTransferred>
    {
        protected override async Task<Outcome<Booking<MeterUserTransferred>>> Decide(Command command, CancellationToken ct)
        {
            var (userId, newId, number) = (command.UserId, IdText.Parse(command.Body.NewUserId) ?? 0, command.Body.CardNumber);
            var users = await db.Set<MeterUser>().Where(u => u.Id == userId || u.Id == newId).ToListAsync(ct);
            if (users.Find(u => u.Id == userId) is not { } old || users.Find(u => u.Id == newId) is not { } taker || old.Id == taker.Id)
            {
                return new MeterUserNotFound();
            }

            var card = await db.Set<MeterCard>().SingleOrDefaultAsync(c => c.Number == number, ct);
            if (card is not { Kind: MeterCardKind.User } || card.UserId != userId)
            {
                return new MeterCardNotOfUser();
            }

            if (await db.Set<MeterCard>().AnyAsync(c => c.UserId == newId && c.Kind == MeterCardKind.User && c.Domain == card.Domain, ct))
            {
                return new MeterUserHasCard();
            }

            var supplies = await ReplacedCards.Supplies(db, card.Id, ct);
            foreach (var (supply, _) in supplies)
            {
                if (await cards.IsHeld(supply, ct))
                {
                    return new Platform.Cards.Operations.CardBusy();
                }
            }

            var staying = await db.Set<MeterSupply>()
                .AnyAsync(s => s.UserId == userId && s.CardId != card.Id && s.State != SupplyState.Closed, ct);
            return await Booking(old, taker, card, supplies, staying, ct);
        }

        private async Task<Booking<MeterUserTransferred>> Booking(
            MeterUser old,
            MeterUser taker,
            MeterCard card,
            IReadOnlyList<(MeterSupply Supply, MeterAccount Account)> supplies,
            bool staying,
            CancellationToken ct
        )
        {
            var today = await desk.Today(ct);
            var opened = new List<MeterSupply>();
            var booking = new Booking<MeterUserTransferred>(
                Ids.Next(),
                request.Actor,
                new AuditNote("transfer-meter-user", $"meter-user:{old.Id}", new { to = taker.Id, card.Number }),
                p =>
                    Answer.Created(
                        $"/v1/meter-users/{taker.Id}",
                        new MeterUserTransferred(p.SerialNumber, [.. opened.Select(s => IdText.Of(s.Id))])
                    )
            );
            booking
                .WithHead(new Transaction(booking.Id, MeterTransactions.Transfer, booking.Actor) { Details = card.Number })
                .IfDuplicate(MeterSupply.OnceIndex, new MeterUserOpenedBefore());
            foreach (var (supply, _) in supplies)
            {
                var price = await db.Set<MeterPrice>().SingleAsync(p => p.Id == supply.PriceId, ct);
                var next = Continued(supply, taker, price.YearOf(today), today);
                opened.Add(next);
                (supply.State, supply.ClosedOn) = (SupplyState.Closed, today);
                supply.SetOpen(false);
                booking.Update(supply).Insert(next);
            }

            (card.UserId, taker.State) = (taker.Id, MeterUserState.Opened);
            old.State = staying ? old.State : MeterUserState.Closed;
            return booking.Update(card).Update(old).Update(taker);
        }

        private MeterSupply Continued(MeterSupply supply, MeterUser taker, DateOnly year, DateOnly today)
        {
            var next = new MeterSupply
            {
                Id = Ids.Next(),
                UserId = taker.Id,
                AccountId = supply.AccountId,
                PriceId = supply.PriceId,
                State = SupplyState.Opened,
                MeterNumber = supply.MeterNumber,
                CardId = supply.CardId,
                Seq = supply.Seq,
                Revision = supply.Revision,
                OnCard = supply.OnCard,
                Owed = supply.Owed,
                YearStart = year,
                Swiped = supply.Swiped,
                Remaining = supply.Remaining,
                TotalUse = supply.TotalUse,
                TotalUseBefore = supply.TotalUseBefore,
                Baseline = supply.TotalSold + supply.Baseline,
                Flags = supply.Flags,
                MeterTime = supply.MeterTime,
                SeenAt = supply.SeenAt,
                BranchId = request.Caller.BranchId,
                OpenedOn = today,
                ContinuesId = supply.Id,
            };
            next.SetOpen(true);
            return next;
        }
    }
}
