using System.Text.Json;
using Meters.Accounts;
using Meters.Carriers.Cards;
using Meters.Sales;
using Meters.Supplies;
using Meters.Users;
using Platform.Cards.Operations;
using Platform.Cards.Scripts;

namespace Meters.Cards;

/// <summary>The card that takes the place of a lost or damaged one.</summary>
/// <param name="ReadId" example="126437891174400003">The reading of the new card, at most ten minutes old.</param>
/// <param name="OldCardNumber" example="9900000000000010">The user's card that was lost or damaged.</param>
public sealed record ReplaceMeterCardRequest(string ReadId, string OldCardNumber);

/// <summary>A replacement is ready. Hand the ticket to the agent.</summary>
/// <param name="Operation">The card operation and its ticket.</param>
/// <param name="CardNumber" example="9900000000000028">The new card.</param>
/// <param name="SubMeters">The accounts that the new card carries.</param>
public sealed record MeterCardReplacementStarted(CardOperationTicket Operation, string CardNumber, IReadOnlyList<int> SubMeters);

/// <summary>The user has no such card.</summary>
public sealed record MeterCardNotOfUser()
    : Refusal("meter-card-not-of-user", 409, "The user has no such card in use.", "该用户没有此在用卡片。");

/// <summary>
/// 补卡 (PM-07.1): a new card carries the last purchase of each account. The old one is void; the meter takes each purchase at most once, by its
/// counter. The card must be swiped before the next sale, whether or not the old one was.
/// </summary>
internal static class ReplaceMeterCard
{
    public const string OperationKind = "meter-replacement";

    internal sealed record Command(long UserId, ReplaceMeterCardRequest Body) : IBookingCommand<MeterCardReplacementStarted>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost(
                    "/meter-users/{userId:long}/card-replacements",
                    (long userId, ReplaceMeterCardRequest body, Sender send, CancellationToken ct) =>
                        send.Book(new Command(userId, body), ct)
                )
                .WithName(nameof(ReplaceMeterCard))
                .WithOperation("ReplaceMeterCard")
                .WithSummary("Replace a user's card")
                .WithDescription(
                    "Writes the last purchase of each account to a new card, and voids the old one. The user must swipe the new card before the "
                        + "next sale. A meter takes a purchase at most once."
                )
                .RequireRight(MeterRights.ReplaceCard)
                .Books<MeterCardReplacementStarted>(StatusCodes.Status202Accepted)
                .RefusesCards()
                .Refuses(typeof(MeterUserNotFound), typeof(MeterCardNotOfUser));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            RuleFor(c => c.UserId).GreaterThan(0);
            this.ReadId(c => c.Body.ReadId);
            RuleFor(c => c.Body.OldCardNumber).CardNumber();
        }
    }

    internal sealed class Handler(AppDb db, CardsOnCounter cards, SaleDesk desk, CardOperationEngine engine, RequestContext request)
        : BookingHandler<Command, MeterCardReplacementStarted>
    {
        protected override async Task<Outcome<Booking<MeterCardReplacementStarted>>> Decide(Command command, CancellationToken ct)
        {
            var (userId, number) = (command.UserId, command.Body.OldCardNumber);
            if (!await db.Set<MeterUser>().AnyAsync(u => u.Id == userId, ct))
            {
                return new MeterUserNotFound();
            }

            var old = await db.Set<MeterCard>().SingleOrDefaultAsync(c => c.Number == number, ct);
            if (old is not { Kind: MeterCardKind.User } || old.UserId != userId)
            {
                return new MeterCardNotOfUser();
            }

            var read = await cards.OfRead(command.Body.ReadId, ct);
            if (read.Refusal is { } notRead)
            {
                return notRead;
            }

            if (RefuseNew(read.Value) is { } refusal)
            {
                return refusal;
            }

            var supplies = await ReplacedCards.Supplies(db, old.Id, ct);
            foreach (var (supply, _) in supplies)
            {
                if (await cards.IsHeld(supply, ct))
                {
                    return new CardBusy();
                }
            }

            // An opening onto the old card is under way.
            return await db.Set<CardOperation>().AnyAsync(o => o.OpenCard == old.Id, ct)
                ? new CardBusy()
                : Booking(old, read.Value.Card!, supplies, await desk.Today(ct));
        }

        private static Refusal? RefuseNew(CardOnCounter card) =>
            card.Header is not { } header || card.Card is null ? new MeterCardUnknown()
            : header.Kind != MeterCardKind.New || card.Card.Kind != MeterCardKind.New ? new MeterCardWrongKind(Json.Name(header.Kind))
            : card.Card.SecretRefused ? new MeterCardSecretRefused()
            : null;

        private Booking<MeterCardReplacementStarted> Booking(
            MeterCard old,
            MeterCard made,
            IReadOnlyList<(MeterSupply Supply, MeterAccount Account)> supplies,
            DateOnly today
        )
        {
            CardOperationTicket? ticket = null;
            var booking = new Booking<MeterCardReplacementStarted>(
                Ids.Next(),
                request.Actor,
                new AuditNote("replace-meter-card", $"meter-card:{old.Id}", new { old.Number, by = made.Number }),
                _ =>
                    Answer.Accepted(
                        $"/v1/card-operations/{ticket!.OperationId}",
                        new MeterCardReplacementStarted(ticket, made.Number, [.. supplies.Select(s => s.Account.SubMeter)])
                    )
            );
            var order = new ReplacementOrder(old.Id, made.Id, [.. supplies.Select(s => s.Supply.Id)]);
            ticket = engine.Create(
                booking,
                new NewCardOperation(
                    OperationKind,
                    made.Id,
                    null,
                    made.Number,
                    0,
                    order,
                    MeterCardScript.Start(Task(old, made, supplies, today))
                )
            );
            foreach (var (supply, _) in supplies)
            {
                supply.OperationId = IdText.Parse(ticket.OperationId);
                booking.Update(supply);
            }

            return booking;
        }

        private static MeterCardTask Task(
            MeterCard old,
            MeterCard made,
            IReadOnlyList<(MeterSupply Supply, MeterAccount Account)> supplies,
            DateOnly today
        ) =>
            new((uint)made.Serial)
            {
                Header = new MeterCardHeader(MeterCardKind.User, Convert.ToUInt32(old.Domain, 16), (uint)made.Serial, old.UserNumber!),
                Sections =
                [
                    .. supplies.Select(s => new SectionTask(
                        s.Account.SubMeter,
                        s.Supply.MeterNumber,
                        new MeterPurchase(
                            (ushort)s.Supply.Seq,
                            (byte)s.Supply.Revision,
                            PurchaseKind.Replacement,
                            (uint)s.Supply.OnCard,
                            today
                        )
                    )),
                ],
            };
    }
}

/// <summary>What a replacement remembers.</summary>
internal sealed record ReplacementOrder(long OldCardId, long NewCardId, IReadOnlyList<long> SupplyIds);

/// <summary>What a replaced card carried.</summary>
internal static class ReplacedCards
{
    public static async Task<IReadOnlyList<(MeterSupply Supply, MeterAccount Account)>> Supplies(
        AppDb db,
        long cardId,
        CancellationToken ct
    )
    {
        var rows = await db.Set<MeterSupply>()
            .Where(s => s.CardId == cardId && s.State == SupplyState.Opened)
            .Join(db.Set<MeterAccount>(), s => s.AccountId, a => a.Id, (supply, account) => new { supply, account })
            .ToListAsync(ct);
        return [.. rows.OrderBy(r => r.account.SubMeter).Select(r => (r.supply, r.account))];
    }
}

/// <summary>Books a replacement when the new card has confirmed the write.</summary>
internal sealed class ReplaceMeterCardFlow(AppDb db, CardsOnCounter cards) : CardOperationFlow
{
    public override string Kind => ReplaceMeterCard.OperationKind;

    public override async Task<Refusal?> Book(CardOperation operation, BookingPoint point, Booking booking, CancellationToken ct)
    {
        var order = JsonSerializer.Deserialize<ReplacementOrder>(operation.Order, Json.Options)!;
        switch (point)
        {
            case MeterCardScript.Seen seen:
                var card = await cards.Of(seen.Image, ct);
                return card is { Header.Kind: MeterCardKind.New, Card.Kind: MeterCardKind.New }
                    ? null
                    : new MeterCardWrongKind(MeterCardFaults.KindOf(card));
            case BookingPoint.Confirmed:
                await Confirm(order, booking, ct);
                return null;
            case MeterCardScript.SecretRefused:
                var refused = await db.Set<MeterCard>().SingleAsync(c => c.Id == order.NewCardId, ct);
                refused.SecretRefused = true;
                booking.Update(refused);
                return null;
            default:
                return null;
        }
    }

    private async Task Confirm(ReplacementOrder order, Booking booking, CancellationToken ct)
    {
        var old = await db.Set<MeterCard>().SingleAsync(c => c.Id == order.OldCardId, ct);
        var made = await db.Set<MeterCard>().SingleAsync(c => c.Id == order.NewCardId, ct);
        (made.Kind, made.UserId, made.UserNumber, made.Domain) = (MeterCardKind.User, old.UserId, old.UserNumber, old.Domain);
        old.Kind = MeterCardKind.Void;
        booking.Update(made).Update(old);
        var ids = order.SupplyIds;
        foreach (var supply in await db.Set<MeterSupply>().Where(s => ids.Contains(s.Id)).ToListAsync(ct))
        {
            (supply.CardId, supply.Swiped) = (made.Id, false);
            booking.Update(supply);
        }

        booking.WithHead(new Transaction(booking.Id, MeterTransactions.Replacement, booking.Actor) { Details = made.Number });
        booking.Raise(MeterEvents.CardReplaced.Of(made.UserId ?? 0, new MeterCardReplaced(old.Number, made.Number)));
    }
}
