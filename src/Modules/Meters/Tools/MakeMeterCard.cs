using Meters.Accounts;
using Meters.Cards;
using Meters.Carriers.Cards;
using Meters.Sales;
using Platform.Cards.Operations;

namespace Meters.Tools;

/// <summary>制作工具卡, 新卡 and 回收 (PM-09).</summary>
internal static class MakeMeterCard
{
    public const string OperationKind = "meter-card-making";
    private const string Series = "meter-card";

    internal sealed record Command(MakeMeterCardRequest Body) : IBookingCommand<MeterCardMaking>;

    internal sealed class Endpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapPost("/meter-cards", (MakeMeterCardRequest body, Sender send, CancellationToken ct) => send.Book(new Command(body), ct))
                .WithName(nameof(MakeMeterCard))
                .WithOperation("MakeMeterCard")
                .WithSummary("Make or recycle a meter card")
                .WithDescription(
                    "new makes a card of a blank one; setting, clear and zero make tool cards of a new one; recycled makes a new card of a used one. "
                        + "A used card is not made into another kind without recycling. Every card names who made it."
                )
                .RequireRight(MeterRights.MakeCards)
                .Books<MeterCardMaking>(StatusCodes.Status202Accepted)
                .RefusesCards()
                .Refuses(typeof(MeterAccountNotFound), typeof(MeterCardUsed), typeof(MeterCardInUse));
    }

    internal sealed class Validator : AbstractValidator<Command>
    {
        public Validator()
        {
            this.ReadId(c => c.Body.ReadId);
            RuleFor(c => c.Body.Kind).IsInEnum();
            RuleFor(c => c.Body.AccountId).Matches("^[0-9]{1,19}$");
            RuleFor(c => c.Body.AccountId)
                .NotNull()
                .When(c => c.Body.Kind is MeterCardToMake.Setting or MeterCardToMake.Clear or MeterCardToMake.Zero)
                .WithMessage("A tool card belongs to an account.", "工具卡须选择账户。");
            RuleFor(c => c.Body.PurchaseLimit).InclusiveBetween(0, Limits.Quantity);
            RuleFor(c => c.Body.PreStored).InclusiveBetween(0, Limits.Quantity);
            RuleFor(c => c.Body.Alarm).InclusiveBetween(0, Limits.Quantity);
            RuleFor(c => c.Body.Overdraft).InclusiveBetween(0, Limits.Quantity);
        }
    }

    internal sealed class Handler(
        AppDb db,
        CardsOnCounter cards,
        Numbers numbers,
        CardOperationEngine engine,
        RequestContext request,
        TimeProvider clock
    ) : BookingHandler<Command, MeterCardMaking>
    {
        protected override async Task<Outcome<Booking<MeterCardMaking>>> Decide(Command command, CancellationToken ct)
        {
            var body = command.Body;
            var read = await cards.OfRead(body.ReadId, ct);
            if (read.Refusal is { } notRead)
            {
                return notRead;
            }

            var card = read.Value;
            switch (body.Kind)
            {
                case MeterCardToMake.New:
                    return card.Image.Serial is null ? await New(ct)
                        : card.Card is null ? new MeterCardUnknown()
                        : new MeterCardUsed(MeterCardFaults.KindOf(card));
                case MeterCardToMake.Recycled:
                    return (Refuse(card) ?? RefuseRecycling(card)) is { } no ? no : Recycle(card.Card!);
                default:
                    if (Refuse(card) is { } refusal)
                    {
                        return refusal;
                    }

                    var id = IdText.Parse(body.AccountId);
                    var account = await db.Set<MeterAccount>().SingleOrDefaultAsync(a => a.Id == id, ct);
                    return account is null ? new MeterAccountNotFound()
                        : card.Header!.Kind != MeterCardKind.New || card.Card!.Kind != MeterCardKind.New
                            ? new MeterCardUsed(MeterCardFaults.KindOf(card))
                        : Tool(card.Card, account, body);
            }
        }

        private static Refusal? Refuse(CardOnCounter card) =>
            card.Image.Serial is null || card.Card is null ? new MeterCardUnknown()
            : card.Card.SecretRefused ? new MeterCardSecretRefused()
            : null;

        private static MeterCardInUse? RefuseRecycling(CardOnCounter card) => card.Supplies.Count > 0 ? new MeterCardInUse() : null;

        /// <summary>The row is made with the operation, so that its serial number is never given twice.</summary>
        private async Task<Outcome<Booking<MeterCardMaking>>> New(CancellationToken ct)
        {
            var serial = await numbers.Next(Series, ct);
            var card = new MeterCard
            {
                Id = Ids.Next(),
                Serial = serial,
                Number = MeterCard.NumberOf(serial),
                // Void until the card was written: what was never made is no card.
                Kind = MeterCardKind.Void,
                MadeBy = request.Caller.OperatorId,
                MadeAt = clock.GetUtcNow().UtcDateTime,
                BranchId = request.Caller.BranchId,
            };
            var task = new MeterCardTask((uint)serial) { MakesNew = true, Header = Header(card, MeterCardKind.New, 0) };
            return Booking(card, MeterCardToMake.New, null, task, isNew: true);
        }

        private Booking<MeterCardMaking> Recycle(MeterCard card) =>
            Booking(
                card,
                MeterCardToMake.Recycled,
                null,
                new MeterCardTask((uint)card.Serial) { Recycles = true, Header = Header(card, MeterCardKind.New, 0) }
            );

        private Booking<MeterCardMaking> Tool(MeterCard card, MeterAccount account, MakeMeterCardRequest body)
        {
            var kind = body.Kind switch
            {
                MeterCardToMake.Setting => MeterCardKind.Setting,
                MeterCardToMake.Clear => MeterCardKind.Clear,
                _ => MeterCardKind.Zero,
            };
            var settings =
                kind == MeterCardKind.Setting
                    ? new MeterSettings(
                        (uint)(body.PurchaseLimit ?? account.PurchaseLimit),
                        (uint)(body.PreStored ?? account.PreStored),
                        (uint)(body.Alarm ?? account.Alarm),
                        (uint)(body.Overdraft ?? account.Overdraft),
                        (byte)account.SubMeter
                    )
                    : new MeterSettings(0, 0, 0, 0, 0);
            var task = new MeterCardTask((uint)card.Serial) { Header = Header(card, kind, account.DomainNumber), Settings = settings };
            return Booking(card, body.Kind, account, task);
        }

        private static MeterCardHeader Header(MeterCard card, MeterCardKind kind, uint domain) =>
            new(kind, domain, (uint)card.Serial, MeterCardHeader.NoUser);

        private Booking<MeterCardMaking> Booking(
            MeterCard card,
            MeterCardToMake kind,
            MeterAccount? account,
            MeterCardTask task,
            bool isNew = false
        )
        {
            CardOperationTicket? ticket = null;
            var booking = new Booking<MeterCardMaking>(
                Ids.Next(),
                request.Actor,
                new AuditNote("make-meter-card", $"meter-card:{card.Id}", new { kind, card.Number }),
                _ => Answer.Accepted($"/v1/card-operations/{ticket!.OperationId}", new MeterCardMaking(ticket, card.Number))
            );
            if (isNew)
            {
                booking.Insert(card);
            }

            var order = new CardMakingOrder(card.Id, kind, account?.Id, account?.Domain);
            ticket = engine.Create(
                booking,
                new NewCardOperation(OperationKind, card.Id, null, card.Number, 0, order, MeterCardScript.Start(task))
            );
            return booking;
        }
    }
}
